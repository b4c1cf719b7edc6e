"""Reads a folder of one's own recordings: with a manifest, or files named after their command."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from rueckgrat.calibration.prompts import Split
from rueckgrat.recordings.files import read_recording
from rueckgrat.replay.reading import SUFFIXES
from skill.errors import SkillError, reason
from skill.files import as_it_lies, is_file, is_folder, listed, slug
from skill.messages.blocks import Pcm
from skill.messages.heard import Command
from skill.written.spoken import words
from skill.written.text import NotTextError, read_text

MANIFEST = "manifest.tsv"

NO_COMMAND = "oov"
"""Files of this name ("oov_1.wav") hold speech that is no command (out of vocabulary)."""


@dataclass(frozen=True)
class Recording:
    """One recording at 16 kHz: what is said in it, and the command that this is (None: none).

    ``part`` says what it is for, where its manifest says so; all else only tests.
    """

    file: str
    transcript: str
    command: Command | None
    pcm: Pcm
    part: Split = Split.TEST


@dataclass(frozen=True)
class ManifestRow:
    """One recording as its folder names it; ``place`` is where that stands."""

    place: str
    file: str
    transcript: str
    part: Split = Split.TEST
    seconds: float | None = None


@dataclass(frozen=True)
class Folder:
    """What could be read, and a sentence (what, and how to mend it) for each that could not."""

    recordings: tuple[Recording, ...]
    problems: tuple[str, ...]


def read_folder(folder: Path, vocabulary: Mapping[str, Command]) -> Folder:
    """Read all recordings of a folder; any rate, mono or stereo.

    With a ``manifest.tsv`` (columns file and transcript, tabs between them) its rows are read;
    without one every sound file named after a phrase of ``vocabulary``, with or without a number
    ("ueberspringen_2.wav"). What cannot be read is skipped and reported. Raises SkillError for a
    folder in which there is nothing to be read at all.
    """
    if not is_folder(folder):
        raise SkillError(
            f"{folder} ist kein Ordner.",
            "Nenn mir den Ordner mit deinen Aufnahmen.",
            code="no-folder",
            path=folder,
        )
    recordings: list[Recording] = []
    problems: list[str] = []
    for row in _rows(folder, vocabulary):
        try:
            if isinstance(row, SkillError):
                raise row
            pcm = read_recording(as_it_lies(folder / row.file))
        except SkillError as error:
            place = "" if isinstance(row, SkillError) else f"{row.place}: "
            problems.append(f"{place}{error}")
            continue
        said = words(row.transcript)
        command = vocabulary.get(said)
        recordings.append(Recording(row.file, row.transcript, command, pcm, row.part))
    if not recordings:
        raise SkillError(
            f"In {folder} ist keine Aufnahme, die ich brauchen kann.",
            problems[0]
            if problems
            else f"Leg eine {MANIFEST} hinein, oder Dateien wie weiter_1.wav.",
            code="no-recordings",
            path=folder,
        )
    return Folder(tuple(recordings), tuple(problems))


def manifest_rows(manifest: Path) -> Iterator[ManifestRow | SkillError]:
    """Yield the rows of a manifest, and an error for each line that is none.

    Raises SkillError when it cannot be read, or lacks the columns file and transcript.
    """
    try:
        text = read_text(manifest)
    except (OSError, NotTextError) as error:
        raise SkillError(
            f"{manifest} kann ich nicht lesen ({reason(error)}).",
            "Speichere die Datei neu, als Text.",
            code="unreadable",
            path=manifest,
        ) from None
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = {"file", "transcript"} - set(table.fieldnames or ())
    if missing:
        raise SkillError(
            f"{manifest}, Zeile 1: Es fehlt die Spalte {' und die Spalte '.join(sorted(missing))}.",
            "Die erste Zeile nennt die Spalten: file und transcript, mit Tabulatoren dazwischen.",
        )
    for line in table:
        place = f"{manifest.name}, Zeile {table.line_num}"
        if not line["file"] or line["transcript"] is None or "\0" in line["file"]:
            problem = f"{place}: file oder transcript fehlt."
            yield SkillError(problem, "Setz einen Tabulator dazwischen.")
            continue
        yield ManifestRow(place, line["file"], line["transcript"], _part(line), _seconds(line))


def _rows(folder: Path, vocabulary: Mapping[str, Command]) -> Iterator[ManifestRow | SkillError]:
    if is_file(folder / MANIFEST):
        return manifest_rows(folder / MANIFEST)
    return _named_files(folder, {slug(phrase): phrase for phrase in vocabulary})


def _named_files(folder: Path, phrases: Mapping[str, str]) -> Iterator[ManifestRow | SkillError]:
    for path in listed(folder):
        if path.suffix.lower() not in SUFFIXES:
            continue
        stem = re.sub(r"[-_ ]*\d+$", "", path.stem) or path.stem
        phrase = "" if slug(stem) == NO_COMMAND else phrases.get(slug(stem))
        if phrase is None:
            close = get_close_matches(slug(stem), phrases, 1) or ["weiter"]
            yield SkillError(
                f"{path.name} heißt nicht nach einem Befehl.",
                f"Nenn die Datei nach dem, was gesagt wird, etwa {close[0]}_1{path.suffix}, oder"
                f" {NO_COMMAND}_1{path.suffix}, wenn es kein Befehl ist.",
            )
        else:
            yield ManifestRow(path.name, path.name, phrase)


def _part(line: Mapping[str, str]) -> Split:
    return Split.TUNE if line.get("part") == Split.TUNE else Split.TEST


def _seconds(line: Mapping[str, str]) -> float | None:
    try:
        return float(line.get("seconds") or "")
    except ValueError:
        return None
