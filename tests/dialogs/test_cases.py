"""Recordings of what people say that once was not understood: the ear here, dialogs in test-long.

They lie beside the checkout; ``understood/`` asks the same with recordings of our own.
"""

import os
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.recordings.files import read_recording
from rueckgrat.replay.report import report
from rueckgrat.replay.run import run_dialog
from rueckgrat.replay.sessions import session_maker
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.ear import Ear, SpeechModel, open_ear
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, silence
from skill.messages.heard import Listening
from skill.models import choose_model
from skill.settings import load_settings

BESIDE = Path(__file__).parents[3] / "shared" / "cases"
CASES = Path(os.environ.get("RUECKGRAT_CASES", BESIDE))
DIALOGS = sorted(CASES.glob("0[123]_*/*.dialog.yaml"))

needs_cases = pytest.mark.skipif(
    not DIALOGS, reason=f"there are no cases in {CASES} (set RUECKGRAT_CASES)"
)

SAFETY = {
    **dict.fromkeys(("nein-stopp", "stopp-stopp", "stopp-stopp-stopp", "stopp-bitte"), "stop"),
    "halt-stopp": "stop",
    **dict.fromkeys(("aua-aua", "aua-mein-ruecken", "autsch-das-tut-weh"), "pain"),
    **dict.fromkeys(("das-tut-sehr-weh", "mein-knie-tut-weh"), "pain"),
}


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="module")
def ear(content: Content) -> Ear:
    return open_ear(SpeechModel(choose_model("")), content)


@pytest.fixture
def live(content: Content) -> frozenset[str]:
    return content.live_commands("exercise.repeat")


@needs_cases
@pytest.mark.recordings
@pytest.mark.parametrize(("name", "command"), SAFETY.items())
def test_a_safety_word_is_heard_that_is_not_alone(
    ear: Ear, live: frozenset[str], name: str, command: str
) -> None:
    said = read_recording(CASES / "02_safety_words_not_alone" / "rec" / f"{name}.wav")
    around = silence(EAR_RATE_HZ * 3 // 2)
    pcm = np.concatenate([around, said, around])
    listening = Listening(live)
    heard = [
        one.command.name
        for first in range(0, pcm.size - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES)
        for one in ear.process(pcm[first : first + EAR_BLOCK_SAMPLES], listening)
        if one.command
    ]
    assert set(heard) == {command}


@needs_cases
@pytest.mark.recordings
@pytest.mark.long
@pytest.mark.parametrize("path", DIALOGS, ids=lambda path: path.name.removesuffix(".dialog.yaml"))
def test_a_dialog_from_the_field(path: Path) -> None:
    result = run_dialog(path, session_maker(load_settings()))
    assert result.passed, report(result)
