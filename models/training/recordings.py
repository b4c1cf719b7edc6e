"""The shared recordings: reading them, and who is held out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
import soxr

from .config import SAMPLE_RATE_HZ, Recipe, RecipeError
from .corpus import Utterance

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
    rows = csv.DictReader(io.StringIO(text), delimiter="\t")
    padding = np.zeros(int(padding_seconds * SAMPLE_RATE_HZ), dtype=np.int16)
    utterances = []
    for row in rows:
        samples = read_audio(folder / row["file"])
        samples = np.concatenate([padding, samples, padding])
        utterances.append(
            Utterance(f"{folder.name}/{row['file']}", row["speaker"], row["transcript"], samples)
        )
    return utterances


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


def held_out(utterances: list[Utterance], recipe: Recipe) -> list[bool]:
    """Tell for every utterance whether development figures are measured on it.

    Digits are held out by speaker. The sentences have one speaker only: every tenth is held out.
    """
    return [
        index % recipe.held_out_every_kerstin == 0
        if utterance.speaker == "kerstin"
        else utterance.speaker in recipe.held_out_digit_speakers
        for index, utterance in enumerate(utterances)
    ]


_SPEECH_IN_NOISE = ("Neighbor", "Babble", "Airport", "Cafe", "Restaurant", "Station")
"""Clips with these names have speech in them: they are no silence, and hearing it is not wrong."""


def noise(
    recordings: Path, recipe: Recipe, *, held_out: bool = False, speech: bool = True
) -> list[np.ndarray]:
    """Return the noise to train with, or the noise held out; ``speech=False`` leaves voices out.

    The clips are pieces of longer recordings, so every fifth *recording* is held out.
    """
    clips = read(recordings / "noise")
    sources = [re.sub(r"_?\d*\.\w+$", "", _file(clip)) for clip in clips]
    hidden = set(sorted(set(sources))[:: recipe.held_out_every_noise])
    return [
        clip.samples
        for clip, source in zip(clips, sources, strict=True)
        if (source in hidden) == held_out
        and (speech or not any(name in source for name in _SPEECH_IN_NOISE))
    ]


def rooms(recordings: Path, recipe: Recipe, *, held_out: bool = False) -> list[np.ndarray]:
    """Return the room responses to train with, or those held out; the largest value is one."""
    responses = read(recordings / "rir")
    wanted = [u for u in responses if (_file(u) in recipe.held_out_rirs) == held_out]
    return [u.samples / np.float32(np.abs(u.samples).max()) for u in wanted]


def _file(utterance: Utterance) -> str:
    return utterance.name.rpartition("/")[2]
