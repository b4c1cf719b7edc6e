import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.recordings import read_folder
from rueckgrat.recordings.wav import write_wav
from skill.errors import SkillError
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.messages.heard import Command

WORD: Pcm = np.random.default_rng(3).normal(0, 8_000, 44_100).astype(np.int16)
VOCABULARY = {
    "weiter": Command("next"),
    "zurück": Command("back"),
    "bein anheben": Command("exercise", "bein-anheben"),
    "acht": Command("number", "8"),
}


def recorded(folder: Path, *names: str) -> None:
    for name in names:
        write_wav(folder / name, 44_100, WORD, WORD)


def test_files_named_after_their_command(tmp_path: Path) -> None:
    names = ("weiter.wav", "zurueck_1.wav", "Zurück 2.wav", "bein-anheben_12.wav", "oov_1.wav")
    recorded(tmp_path, *names)
    found = read_folder(tmp_path, VOCABULARY)
    assert {one.file: one.transcript for one in found.recordings} == {
        "weiter.wav": "weiter",
        "zurueck_1.wav": "zurück",
        "Zurück 2.wav": "zurück",
        "bein-anheben_12.wav": "bein anheben",
        "oov_1.wav": "",
    }
    assert found.problems == ()
    by_file = {one.file: one for one in found.recordings}
    assert by_file["weiter.wav"].command == Command("next")
    assert by_file["oov_1.wav"].command is None
    assert by_file["weiter.wav"].pcm.size == pytest.approx(EAR_RATE_HZ, abs=2)  # mono, resampled


def test_a_manifest_says_what_is_in_the_files(tmp_path: Path) -> None:
    recorded(tmp_path, "a.wav", "b.wav", "c.wav", "not-listed.wav")
    (tmp_path / "manifest.tsv").write_text(
        "file\ttranscript\tspeaker\tpart\n"
        "a.wav\tWeiter!\tich\ttune\n"
        "b.wav\tWeiter hinten im Garten.\tich\t\n"
        "c.wav\t\tich\ttest\n",
        encoding="utf-8",
    )
    found = read_folder(tmp_path, VOCABULARY)
    assert [(one.file, one.command, one.part) for one in found.recordings] == [
        ("a.wav", Command("next"), Split.TUNE),
        ("b.wav", None, Split.TEST),
        ("c.wav", None, Split.TEST),
    ]


def test_what_cannot_be_read_is_reported_with_its_line_and_skipped(tmp_path: Path) -> None:
    recorded(tmp_path, "a.wav")
    (tmp_path / "broken.wav").write_bytes(b"RIFF\0\0")
    (tmp_path / "manifest.tsv").write_text(
        "file\ttranscript\na.wav\tweiter\nmissing.wav\tweiter\nbroken.wav\tweiter\nhalf a row\n",
        encoding="utf-8",
    )
    found = read_folder(tmp_path, VOCABULARY)
    assert [one.file for one in found.recordings] == ["a.wav"]
    missing, broken, half = found.problems
    assert missing.startswith("manifest.tsv, Zeile 3: Die Aufnahme")
    assert broken.startswith("manifest.tsv, Zeile 4: ")
    assert "Nimm eine Datei in WAV, FLAC, OGG oder MP3." in broken
    assert half.startswith("manifest.tsv, Zeile 5: ")


def test_a_file_named_after_no_command_is_reported(tmp_path: Path) -> None:
    recorded(tmp_path, "weiter_1.wav", "weitre_2.wav")
    (problem,) = read_folder(tmp_path, VOCABULARY).problems
    assert problem == (
        "weitre_2.wav heißt nicht nach einem Befehl. Nenn die Datei nach dem, was gesagt wird, etwa"
        " weiter_1.wav, oder oov_1.wav, wenn es kein Befehl ist."
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "keine Aufnahme, die ich brauchen kann"),
        ({"notes.txt": "x"}, "keine Aufnahme, die ich brauchen kann"),
        ({"manifest.tsv": ""}, "Zeile 1: Es fehlt die Spalte file und die Spalte transcript"),
        ({"manifest.tsv": "file,transcript\na.wav,weiter\n"}, "Tabulatoren dazwischen"),
        ({"manifest.tsv": "file\ttranscript\n"}, "keine Aufnahme, die ich brauchen kann"),
        ({"manifest.tsv": "file\ttranscript\na.wav\tweiter\n"}, "gibt es nicht"),
    ],
)
def test_a_folder_without_recordings(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SkillError, match=message):
        read_folder(tmp_path, VOCABULARY)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SkillError, match="ist kein Ordner"):
        read_folder(tmp_path / "nowhere", VOCABULARY)


def test_a_manifest_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "manifest.tsv").write_bytes(b"file\ttranscript\n\xff\xfe\n")
    with pytest.raises(SkillError, match="nicht UTF-8"):
        read_folder(tmp_path, VOCABULARY)


@settings(max_examples=50)
@given(st.text() | st.text(alphabet='\t\n\0"a./ü'))
def test_any_text_below_a_row_costs_nothing_but_itself(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recorded(folder, "a.wav")
        lines = f"file\ttranscript\na.wav\tweiter\n{text}"
        (folder / "manifest.tsv").write_text(lines, encoding="utf-8", errors="replace")
        first, *_ = read_folder(folder, VOCABULARY).recordings
        assert first.command == Command("next")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_manifest_counts_however_it_was_saved(tmp_path: Path, encoding: str) -> None:
    table = "file\ttranscript\r\nbr\u00fccke.wav\tbr\u00fccke\r\n"
    (tmp_path / "manifest.tsv").write_bytes(table.encode(encoding))
    write_wav(tmp_path / "bru\u0308cke.wav", EAR_RATE_HZ, WORD)
    (recording,) = read_folder(tmp_path, VOCABULARY).recordings
    assert recording.transcript == "br\u00fccke"
