import io
from pathlib import Path

import pytest
from rich.console import Console

from skill.audio.files import read_recording
from skill.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence
from skill.cli.hearing import show_hearing
from skill.cli.shown import hearing_now
from skill.content.loader import load_content
from skill.ear import Ear, SpeechModel, open_ear
from tests.cli.conftest import CHECKOUT

COMMANDS = frozenset(load_content().commands)


@pytest.fixture
def ear(built_in_model: Path) -> Ear:
    return open_ear(SpeechModel(built_in_model), load_content())


@pytest.fixture
def blocks() -> list[Pcm]:
    recording = read_recording(CHECKOUT / "tests/recordings/anna/weiter.ogg")
    cuts = range(0, recording.size - EAR_BLOCK_SAMPLES, EAR_BLOCK_SAMPLES)
    return [
        *(recording[cut : cut + EAR_BLOCK_SAMPLES] for cut in cuts),
        *[silence(EAR_BLOCK_SAMPLES)] * round(2 * EAR_RATE_HZ / EAR_BLOCK_SAMPLES),
    ]


def _shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_in_a_pipe_every_utterance_is_one_line(ear: Ear, blocks: list[Pcm]) -> None:
    console = Console(file=io.StringIO(), width=20)
    show_hearing(blocks, ear, COMMANDS, console)
    (line,) = _shown(console).splitlines()
    assert "weiter" in line
    assert line.endswith("next")
    assert "%" in line


def test_on_a_terminal_the_level_is_shown_too(ear: Ear, blocks: list[Pcm]) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    show_hearing(blocks, ear, COMMANDS, console)
    assert "█" in _shown(console)
    assert _shown(console).rindex("\x1b[?25h") > _shown(console).rindex("\x1b[?25l")  # cursor


@pytest.mark.parametrize(
    ("level_dbfs", "filled"), [(-75.0, 0), (-60.0, 0), (-30.0, 15), (0.0, 30), (3.0, 30)]
)
def test_the_bar_reaches_from_minus_60_to_0_db(level_dbfs: float, filled: int) -> None:
    bar = hearing_now(level_dbfs, "weiter").plain
    assert bar.count("█") == filled
    assert len(bar.split()[0]) == 30
    assert bar.endswith("weiter")
