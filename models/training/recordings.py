"""The shared recordings: reading them, and who is held out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
import soxr

from .config import SAMPLE_RATE_HZ, Recipe, RecipeError
from .corpus import Utterance
from .words import listed

_PADDING_SECONDS = 0.2
"""Silence around every recording: the digits are cut tightly, and so begin with a phone."""


def read(folder: Path, *, padding_seconds: float = 0.0) -> list[Utterance]:
    """Read a folder of recordings by its ``manifest.tsv``."""
    manifest = folder / "manifest.tsv"
    if not manifest.exists():
        raise RecipeError(
            f"The recordings {folder} are missing. Give the folder that holds them with"
            " --recordings."
        )
    text = manifest.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    turns = _turns(rows)
    padding = np.zeros(int(padding_seconds * SAMPLE_RATE_HZ), dtype=np.int16)
    utterances = []
    for row in rows:
        samples = read_audio(folder / row["file"])
        samples = np.concatenate([padding, samples, padding])
        utterances.append(
            Utterance(
                f"{folder.name}/{row['file']}",
                row["speaker"],
                row["transcript"],
                samples,
                turn=turns[row["file"]],
            )
        )
    return utterances


def _turns(rows: Sequence[dict[str, str]]) -> dict[str, int]:
    """Return every file's turn, see :class:`Utterance`: over the whole folder, whatever is used."""
    people = sorted({row["speaker"] for row in rows if not _is_nobody(row["speaker"])})
    files = sorted(row["file"] for row in rows)
    places = {speaker: place for place, speaker in enumerate(people)}
    by_file = {file: place for place, file in enumerate(files)}
    return {row["file"]: places.get(row["speaker"], by_file[row["file"]]) for row in rows}


def _is_nobody(speaker: str) -> bool:
    return not speaker or speaker.startswith("unknown")


def read_audio(path: Path) -> np.ndarray:
    """Return a sound file as 16 kHz mono int16; of several channels the first."""
    samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
    mono = np.ascontiguousarray(samples[:, 0])
    return mono if rate_hz == SAMPLE_RATE_HZ else soxr.resample(mono, rate_hz, SAMPLE_RATE_HZ)


def digits(recordings: Path) -> list[Utterance]:
    """Return the German digits of all speakers."""
    return read(recordings / "heidelberg_digits", padding_seconds=_PADDING_SECONDS)


_ENGLISH_SPELT_AS_GERMAN = {
    "zero": "siero",
    "one": "wann",
    "two": "tu",
    "three": "Sri",
    "four": "foor",
    "five": "feif",
    "six": "ßiks",
    "seven": "ßewwen",
    "eight": "eht",
    "nine": "nein",
}
"""How people with a German accent say them, as German: the model has no other phones."""


def english_digits(recordings: Path) -> list[Utterance]:
    """Return the English digits of the same people: more of their sounds, one real "nein"."""
    spoken = read(recordings / "english_digits", padding_seconds=_PADDING_SECONDS)
    return [replace(u, text=_ENGLISH_SPELT_AS_GERMAN[u.text]) for u in spoken]


def sentences(recordings: Path) -> list[Utterance]:
    """Return the read sentences."""
    return read(recordings / "kerstin", padding_seconds=_PADDING_SECONDS)


def everyday(recordings: Path) -> list[Utterance]:
    """Return single English words of many people but "stop", on everyday microphones."""
    spoken = _named(recordings / "en_speech_commands", "en-us")
    return [u for u in spoken if u.text not in ("", "stop")]


def stops(recordings: Path) -> list[Utterance]:
    """Return the English "stop" of many people: as those Germans say "stopp" who say s-t."""
    return [u for u in _named(recordings / "en_speech_commands", "en-us") if u.text == "stop"]


def wake_words(recordings: Path) -> list[Utterance]:
    """Return English words and phrases of a crowd."""
    community = [u for u in _community(recordings) if not u.speaker.endswith("/es)")]
    spoken = _crowd(recordings / "en_wakewords", "en-us")
    return [*spoken, *(replace(u, text=_as_words(u.text)) for u in community)]


def spanish(recordings: Path) -> list[Utterance]:
    """Return Spanish words of a crowd."""
    community = _community(recordings)
    return [replace(u, language="es") for u in community if u.speaker.endswith("/es)")]


def arabic(recordings: Path) -> list[Utterance]:
    """Return single Arabic words, spelt for a German reader."""
    spoken = read(recordings / "arabic_words", padding_seconds=_PADDING_SECONDS)
    return [replace(u, text=_ARABIC[u.text.replace(" ", "_")]) for u in spoken]


def chatter(recordings: Path, recipe: Recipe) -> list[Utterance]:
    """Return speech of many people that is mixed into backgrounds, by those not held out."""
    spoken = [*read(recordings / "arabic_words"), *_crowd(recordings / "en_orders", "en-us")]
    hidden = held_out(spoken, recipe)
    return [u for u, out in zip(spoken, hidden, strict=True) if not out]


@cache
def _named(folder: Path, language: str) -> list[Utterance]:
    spoken = read(folder, padding_seconds=_PADDING_SECONDS)
    return [replace(u, language=language) for u in spoken]


def _crowd(folder: Path, language: str) -> list[Utterance]:
    """Return recordings whose speakers have no name: each counts as somebody else."""
    return [replace(u, speaker=f"{CROWD}/{u.speaker}") for u in _named(folder, language)]


def _community(recordings: Path) -> list[Utterance]:
    return _crowd(recordings / "wakewords_community", "en-us")


def _as_words(text: str) -> str:
    return _RUN_TOGETHER.get(text, text)


CROWD = "crowd"
"""How speakers without a name are called."""
_RUN_TOGETHER = {"heycomputer": "hey computer", "heychatterbox": "hey chatterbox"}
_ARABIC = dict(line.split("=") for line in listed("arabic_words.txt"))


def held_out(utterances: list[Utterance], recipe: Recipe) -> list[bool]:
    """Tell for every utterance whether development figures are measured on it.

    People with a name are held out by speaker, those of a crowd by clip. The sentences have one
    speaker only: every tenth is held out.
    """
    return [_is_held_out(index, one, recipe) for index, one in enumerate(utterances)]


def _is_held_out(index: int, utterance: Utterance, recipe: Recipe) -> bool:
    if utterance.speaker == "kerstin":
        return index % recipe.held_out_every_kerstin == 0
    if utterance.speaker.startswith(_STRANGERS):
        return utterance.turn % recipe.held_out_every_stranger == 0
    if utterance.speaker.startswith(CROWD):
        return utterance.turn % recipe.held_out_every_crowd_clip == 0
    return utterance.speaker in recipe.held_out_digit_speakers


_STRANGERS = ("gsc_", "ar0")


VOICES_IN_NOISE = {
    "one voice": ("Neighbor", "Airport"),
    "many voices": ("Babble", "Cafe", "Restaurant", "Station"),
}
"""What the names of clips with people in them hold; all others are without."""


def noise(
    recordings: Path, recipe: Recipe, *, held_out: bool = False, voices: str | None = None
) -> list[np.ndarray]:
    """Return the noise to train with, or the noise held out.

    ``voices`` is "", "one voice" or "many voices": only such noise; None: all of it.

    The clips are pieces of longer recordings, so every fifth *recording* is held out.
    """
    clips = read(recordings / "noise")
    sources = [re.sub(r"_?\d*\.\w+$", "", _file(clip)) for clip in clips]
    hidden = set(sorted(set(sources))[:: recipe.held_out_every_noise])
    return [
        clip.samples
        for clip, source in zip(clips, sources, strict=True)
        if (source in hidden) == held_out and voices in (None, _voices_in(source))
    ]


def _voices_in(source: str) -> str:
    """Return which of :data:`VOICES_IN_NOISE` a recording holds, or ""."""
    kinds = VOICES_IN_NOISE.items()
    return next((kind for kind, names in kinds if any(name in source for name in names)), "")


def rooms(recordings: Path, recipe: Recipe, *, held_out: bool = False) -> list[np.ndarray]:
    """Return the room responses to train with, or those held out; the largest value is one."""
    responses = read(recordings / "rir")
    wanted = [u for u in responses if (_file(u) in recipe.held_out_rirs) == held_out]
    return [u.samples / np.float32(np.abs(u.samples).max()) for u in wanted]


def _file(utterance: Utterance) -> str:
    return utterance.name.rpartition("/")[2]
