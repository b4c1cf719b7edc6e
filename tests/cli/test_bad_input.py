"""Whatever is handed in: one clear sentence, exit code 2, and nothing lost."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import soxr
from typer.testing import CliRunner

from rueckgrat.cli.app import app
from rueckgrat.recordings.files import read_recording
from rueckgrat.recordings.wav import write_wav
from skill.messages.blocks import EAR_RATE_HZ, Pcm, silence
from skill.models import BUILT_IN
from tests.fetching.publisher import write_model

RECORDINGS = Path(__file__).parents[1] / "recordings"

DIALOG = """
title: Nur ein Ja
steps:
  - when: {after: 1 s}
    user: ja.wav
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built_in_model: Path) -> Path:
    """Where the files of a test lie, with one recording that is good."""
    monkeypatch.chdir(tmp_path)
    write_wav(tmp_path / "ja.wav", EAR_RATE_HZ, _the_end())
    (tmp_path / "good.dialog.yaml").write_text(DIALOG, encoding="utf-8")
    return tmp_path


def _the_end() -> Pcm:
    """Two seconds at 16 kHz that end a training, so that nobody waits until it is put aside."""
    end = read_recording(RECORDINGS / "anna" / "beenden.ogg")
    return np.concatenate([end, silence(2 * EAR_RATE_HZ - end.size)])


def _refused(*arguments: str) -> str:
    answer = CliRunner().invoke(app, list(arguments))
    assert answer.exit_code == 2, answer.output
    assert answer.stderr.startswith("Fehler: ")
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def test_the_dialog_is_good_before_it_is_spoilt() -> None:
    assert CliRunner().invoke(app, ["replay", "good.dialog.yaml"]).exit_code == 0


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("user:", "usr:", "usr"),
        ("    user:", "\tuser:", "Tab"),
        ("    user: ja.wav", "    user: ja.wav\n    user: nein.wav", "user"),
        ("after: 1 s", "after: soon", "soon"),
        ("ja.wav", "nein.wav", "nein.wav"),
    ],
)
def test_a_wrong_dialog_is_named_with_its_line(
    folder: Path, good: str, bad: str, message: str
) -> None:
    (folder / "bad.dialog.yaml").write_text(DIALOG.replace(good, bad), encoding="utf-8")
    error = _refused("replay", "bad.dialog.yaml")
    assert re.search(r"bad\.dialog\.yaml, Zeile \d+", error)
    assert message in error


def test_only_recordings_are_suggested_in_place_of_one_that_is_missing(folder: Path) -> None:
    (folder / "bad.dialog.yaml").write_text(DIALOG.replace("ja.wav", "god.dialog"))
    assert "Es gibt: ja." in _refused("replay", "bad.dialog.yaml")


@pytest.mark.parametrize("content", [b"", b"RIFF\x00\x00", b"no sound at all"])
def test_a_recording_that_is_none(folder: Path, content: bytes) -> None:
    (folder / "x.wav").write_bytes(content)
    assert "x.wav" in _refused("replay", "x.wav")


def test_a_folder_in_place_of_a_recording(folder: Path) -> None:
    assert str(folder) in _refused("replay", str(folder))


def test_a_model_without_its_graph(folder: Path) -> None:
    model = write_model(folder / "model")
    (model / "graph" / "HCLr.fst").unlink()
    assert "graph/HCLr.fst" in _refused("replay", "ja.wav", "--model", str(model))


def test_a_command_word_that_the_model_does_not_know_is_said_and_the_rest_works(
    folder: Path,
) -> None:
    dialogs = folder / "own"
    dialogs.mkdir()
    (dialogs / "commands.yaml").write_text(
        "commands:\n"
        "  louder:\n"
        "    means: Lauter\n"
        "    phrases: [donaudampfschifffahrt]\n"
        "    where: [everywhere]\n",
        encoding="utf-8",
    )
    answer = CliRunner().invoke(app, ["replay", "ja.wav", "--dialogs", str(dialogs)])
    assert answer.exit_code == 0
    problem, *rest = answer.stdout.splitlines()
    assert "donaudampfschifffahrt" in problem
    assert any("Coach" in line for line in rest)


@pytest.mark.parametrize("is_named", [True, False], ids=["--dialogs", "user's own directory"])
def test_an_own_exercise_with_a_wrong_field_is_left_out(
    own_home: Path, folder: Path, is_named: bool
) -> None:
    own = folder / "own" if is_named else own_home / "data" / "dialogs"
    (own / "exercises").mkdir(parents=True)
    (own / "exercises" / "kobra.yaml").write_text("titel: Die Kobra\n", encoding="utf-8")
    answer = CliRunner().invoke(app, ["exercises", *(["--dialogs", str(own)] * is_named)])
    assert answer.exit_code == 0
    assert "Roll Up" in answer.stdout
    assert answer.stderr.count("\n") == 1
    assert "kobra.yaml lasse ich weg, wegen Zeile 1" in answer.stderr
    assert "titel" in answer.stderr


def test_a_voice_that_is_not_there() -> None:
    assert "klingon" in _refused("say", "Hallo", "--out", "x.wav", "--voice", "klingon")


@pytest.mark.parametrize("text", ["", " ", "…"])
def test_a_sentence_without_a_word(folder: Path, text: str) -> None:
    assert "gibt es nichts zu sagen" in _refused("say", text, "--out", "x.wav")
    assert not (folder / "x.wav").exists()


def test_an_output_folder_that_cannot_be_made(folder: Path) -> None:
    (folder / "out").write_text("a file", encoding="utf-8")
    deeper = str(folder / "out" / "deeper")
    for file in ("good.dialog.yaml", "ja.wav"):
        answer = CliRunner().invoke(app, ["replay", file, "--out", deeper])
        assert answer.exit_code == 2
        assert answer.stderr.startswith(f"Fehler: In {deeper} kann ich nichts schreiben")
        assert answer.stdout == ""  # told before anything is played


def test_a_cache_that_cannot_be_written_is_said_and_costs_nothing(
    own_home: Path, folder: Path
) -> None:
    shutil.rmtree(own_home / "cache")
    (own_home / "cache").write_text("a file in place of the folder", encoding="utf-8")
    answer = CliRunner().invoke(app, ["say", "Hallo", "--out", "hallo.wav"])
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert answer.stderr.startswith("Achtung: Gesprochenes kann ich nicht in")
    assert answer.stderr.count("\n") == 1
    assert (folder / "hallo.wav").stat().st_size > 10_000


def test_a_recording_that_is_cut_short_is_used_as_far_as_it_goes(folder: Path) -> None:
    whole = (folder / "ja.wav").read_bytes()
    (folder / "cut.wav").write_bytes(whole[: len(whole) * 3 // 4])
    answer = CliRunner().invoke(app, ["replay", "cut.wav"])
    assert answer.exit_code == 0
    assert answer.stderr.startswith("Achtung: cut.wav ist beschädigt oder abgeschnitten")
    assert answer.stderr.count("\n") == 1


def test_models_that_cannot_be_looked_for(own_home: Path) -> None:
    """A data folder that is a file holds no fetched models; the built-in one is used."""
    (own_home / "data").write_text("a file in place of the folder", encoding="utf-8")
    answer = CliRunner().invoke(app, ["model", "list"])
    assert answer.exit_code == 0
    assert f"* {BUILT_IN}" in answer.output


def test_a_full_range_recording_is_no_error(folder: Path) -> None:
    noise = np.random.default_rng(1).integers(-32768, 32767, 8_000).astype(np.int16)
    noise = np.concatenate([noise, soxr.resample(_the_end(), EAR_RATE_HZ, 44_100)])
    write_wav(folder / "noise.wav", 44_100, noise, noise)
    assert CliRunner().invoke(app, ["replay", "noise.wav"]).exit_code == 0


def test_a_silent_recording_is_told_wherever_one_is_read(folder: Path) -> None:
    write_wav(folder / "still.wav", EAR_RATE_HZ, silence(EAR_RATE_HZ))
    assert "still.wav ist nichts als Stille" in _refused("replay", "still.wav")
    (folder / "still.dialog.yaml").write_text(DIALOG.replace("ja.wav", "still.wav"))
    assert "nichts als Stille" in _refused("replay", "still.dialog.yaml")
    (folder / "alone").mkdir()
    (folder / "still.wav").rename(folder / "alone" / "weiter.wav")
    assert "nichts als Stille" in _refused("replay", "--bench", "alone")
