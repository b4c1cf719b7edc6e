"""The folders of recordings: what is in them, who speaks, and which part a speaker belongs to.

A folder holds sound files and ``manifest.tsv`` (file, transcript, speaker, ...). Every speaker
belongs to one part: thresholds are chosen on "tune", the goals are judged on "test". Whoever is
not named here, such as a speaker added later, belongs to "test".
"""

import csv
import logging
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from rueckgrat.recordings.files import read_recording
from skill.errors import AudioError, SkillError
from skill.messages.blocks import Pcm
from workbench import CHECKOUT

_log = logging.getLogger(__name__)

Part: TypeAlias = Literal["tune", "test"]
PARTS: tuple[Part, ...] = ("tune", "test")

_DIGIT_SPEAKERS = tuple(f"hd{n:02}" for n in (0, 1, 3, 5, 7, 8, 10, 11))
_TUNE_DIGIT_SPEAKERS = frozenset(_DIGIT_SPEAKERS) - {"hd05", "hd10"}
"""The recipe of the built-in model develops on hd05 and hd10 (``held_out_digit_speakers``)."""

_TUNE_SPEAKERS: dict[str, frozenset[str]] = {
    "heidelberg_digits": _TUNE_DIGIT_SPEAKERS,
    "english_digits": _TUNE_DIGIT_SPEAKERS,
    "emodb": frozenset({"emo10", "emo11", "emo13"}),
    "wikimedia_words": frozenset({"Alexandra Poelzlbauers, Vion Nicolas", "T.Voekler", "joni"}),
    "gcompris_words": frozenset({"Claudia Charruau"}),
    "arabic_words": frozenset(f"ar{n:08}" for n in range(2, 31, 2)),
}

NOISE_HELD_OUT_EVERY = 5
"""Noise has no speaker; its clips are pieces of recordings. The recipe keeps every fifth recording,
in the order of names, out of training: those are "test"."""

VOICES_IN_NOISE = ("Neighbor", "Babble", "Airport", "Cafe", "Restaurant", "Station")
"""Noises with these names have people in them: what is heard besides the command may be right."""

KERSTIN_HELD_OUT_EVERY = 10
"""The recipe keeps every tenth sentence of its one reader out of training."""

STRANGERS = "en_speech_commands"
SPEAKERS_HELD_OUT_EVERY = 5
CROWDS = ("en_wakewords", "en_orders", "wakewords_community")
CLIPS_HELD_OUT_EVERY = 10
"""Of many people the recipe keeps out every fifth, in the order of their ids; of folders that don't
say who speaks, every tenth clip, in the order of file names. Those are "test"; of the others every
second one is "tune"."""

_HEARD_SPEAKERS = {
    "heidelberg_digits": frozenset(_DIGIT_SPEAKERS),
    "english_digits": frozenset(_DIGIT_SPEAKERS),
    "arabic_words": frozenset(f"ar{n:08}" for n in range(1, 31)),
}
"""Speakers whose voices the built-in model has heard, by its card: in other words, too."""

_UNHEARD_ROOMS = frozenset({"ir_bathroom1.ogg", "rir_clap.ogg"})
EFFECTS = frozenset({"Reverse_Gate.ogg", "Fat_Bass.ogg", "Symphonic.ogg", "Blatty_Plate.ogg"})
"""Responses of studio effects rather than of rooms; left out."""

DIGITS = "heidelberg_digits"
WORDS = ("wikimedia_words", "gcompris_words")
SENTENCES = ("kerstin", "emodb")
FOREIGN = ("arabic_words", "english_digits", STRANGERS, *CROWDS)
"""Their transcripts, if any, are no German words."""

UNWRITTEN = ("thorsten", "common_voice_de")
"""German sentences that nobody has written down, none of them with a command."""

SPEECH = (*FOREIGN, *SENTENCES, *UNWRITTEN, *WORDS)
ALL = (DIGITS, *SPEECH, "noise", "rir")


@dataclass(frozen=True)
class Recording:
    """One row of a manifest. ``heard`` tells whether the built-in model has learnt from it.

    That counts the voice: another word of a speaker who was in training is "heard" as well.
    """

    corpus: str
    path: Path
    transcript: str
    speaker: str
    part: Part
    heard: bool

    @property
    def name(self) -> str:
        """Corpus and file."""
        return f"{self.corpus}/{self.path.name}"

    def read(self) -> Pcm:
        """Return the samples at 16 kHz; AudioError if the file cannot be read."""
        return read_recording(self.path)


def recordings_dir(chosen: Path | None = None) -> Path:
    """Return the folder of all recordings: chosen, of ``RUECKGRAT_RECORDINGS``, or beside us."""
    if chosen:
        return chosen
    named = os.environ.get("RUECKGRAT_RECORDINGS")
    if named:
        return Path(named).expanduser()
    return CHECKOUT.parent / "shared" / "recordings"


def read_corpus(root: Path, corpus: str) -> list[Recording]:
    """Return the recordings of one folder in the manifest's order; empty if there is no folder.

    Files that the manifest names but that are gone are logged and left out. Raises SkillError when
    there is a folder without a usable manifest.
    """
    folder = root / corpus
    if not folder.is_dir():
        return []
    manifest = folder / "manifest.tsv"
    try:
        with manifest.open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table, delimiter="\t"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = f"The list of recordings {manifest} cannot be read: {error}."
        raise SkillError(problem, "Restore it, or move the folder away.") from error
    if rows and "file" not in rows[0]:
        problem = f"The list of recordings {manifest} has no column named file."
        raise SkillError(problem, "Its first line must read: file, transcript, speaker, by tabs.")
    turns = _turns(corpus, rows)
    found = [_recording(folder, row, index, turns) for index, row in enumerate(rows)]
    for lost in (one.path for one in found if not one.path.is_file()):
        _log.warning("%s is missing and left out.", lost)
    return [one for one in found if one.path.is_file()]


def missing(root: Path, corpora: Sequence[str] = ALL) -> list[str]:
    """Return the folders that are not there."""
    return [corpus for corpus in corpora if not (root / corpus).is_dir()]


def readable(recordings: Sequence[Recording]) -> list[tuple[Recording, Pcm]]:
    """Return recordings with their samples; what cannot be read is logged and left out."""
    found = []
    for one in recordings:
        try:
            found.append((one, one.read()))
        except AudioError as error:
            _log.warning("%s", error)
    return found


def noise_source(file: str) -> str:
    """Return which recording a clip of noise is a piece of: its name without number and suffix."""
    return re.sub(r"_?\d*\.\w+$", "", file)


def held_out_noises(files: Iterable[str]) -> frozenset[str]:
    """Return the files of noise that belong to recordings kept out of training."""
    sources = {file: noise_source(file) for file in files}
    held_out = set(sorted(set(sources.values()))[::NOISE_HELD_OUT_EVERY])
    return frozenset(file for file, source in sources.items() if source in held_out)


def turn_of(names: Iterable[str], held_out_every: int) -> dict[str, tuple[Part, bool]]:
    """Return which part each name belongs to, and whether the recipe learns from it.

    In the order of names, every ``held_out_every``-th is new ("test"); the others, which are heard
    in training, are "test" and "tune" in turn.
    """
    turns: dict[str, tuple[Part, bool]] = {}
    for index, name in enumerate(sorted(set(names))):
        heard = index % held_out_every != 0
        turns[name] = ("tune" if heard and index % 2 else "test", heard)
    return turns


def _turns(corpus: str, rows: Sequence[dict[str, str]]) -> dict[str, tuple[Part, bool]]:
    """Return the turns of a folder's files where they go by their order; empty elsewhere."""
    files = [row["file"] for row in rows]
    if corpus in CROWDS:
        return turn_of(files, CLIPS_HELD_OUT_EVERY)
    if corpus == STRANGERS:
        turns = turn_of(map(_speaker, rows), SPEAKERS_HELD_OUT_EVERY)
        return {row["file"]: turns[_speaker(row)] for row in rows}
    if corpus == "noise":
        held_out = held_out_noises(files)
        return {file: ("test", False) if file in held_out else ("tune", True) for file in files}
    return {}


def _speaker(row: dict[str, str]) -> str:
    return (row.get("speaker") or "").strip()


def _recording(
    folder: Path, row: dict[str, str], index: int, turns: Mapping[str, tuple[Part, bool]]
) -> Recording:
    corpus, name, speaker = folder.name, row["file"], _speaker(row)
    tunes = speaker in _TUNE_SPEAKERS.get(corpus, ())
    heard = speaker in _HEARD_SPEAKERS.get(corpus, ())
    if corpus == "rir":
        heard = name not in _UNHEARD_ROOMS
    elif speaker == "kerstin":
        heard = index % KERSTIN_HELD_OUT_EVERY != 0
        tunes = index // KERSTIN_HELD_OUT_EVERY % 2 == 1
    part, heard = turns.get(name, ("tune" if tunes else "test", heard))
    transcript = (row.get("transcript") or "").strip()
    return Recording(corpus, folder / name, transcript, speaker, part, heard)
