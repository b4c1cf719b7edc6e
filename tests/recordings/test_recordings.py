"""The recordings are what the manifest says, and what the script makes of it."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.recordings.files import read_recording
from tests.recordings.make_recordings import (
    ANNA,
    DEMONSTRATION,
    DEMONSTRATION_SPOKEN,
    HERE,
    file_name,
    noises,
    say,
)


def manifest() -> list[dict[str, str]]:
    with (HERE / "manifest.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_manifest_lists_every_file_and_no_other() -> None:
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.ogg")}
    assert {row["file"] for row in manifest()} == there


def test_the_demonstration_has_its_recordings_and_no_other() -> None:
    assert {path.name for path in DEMONSTRATION.glob("*")} == {
        file_name(phrase) for phrase in DEMONSTRATION_SPOKEN
    }


def test_all_together_are_small() -> None:
    assert sum(path.stat().st_size for path in HERE.rglob("*.ogg")) < 3_000_000


def test_names_are_plain() -> None:
    assert file_name("Überspringen, bitte") == "ueberspringen-bitte.ogg"


def test_noises_are_the_same_every_time() -> None:
    for (name, one), (_, other) in zip(noises(), noises(), strict=True):
        assert np.array_equal(one, other), name


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs the program espeak-ng")
def test_the_script_makes_what_is_there() -> None:
    made, kept = say(ANNA, "weiter"), read_recording(Path(HERE, "anna", "weiter.ogg"))
    # Vorbis changes samples, not what is heard; versions of espeak-ng differ by a few of them.
    assert abs(made.size - kept.size) < 800
    size = min(made.size, kept.size)
    assert np.corrcoef(made[:size], kept[:size])[0, 1] > 0.8
