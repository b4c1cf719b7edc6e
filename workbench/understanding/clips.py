"""Lets synthetic people say a table of utterances, and people say digits, in noise and rooms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rueckgrat.understanding.table import TableRow
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from workbench.ears.clips import Clip, padded
from workbench.ears.conditions import CLEAN, in_condition
from workbench.ears.corpora import readable
from workbench.ears.scenes import NUMBER_STATE, spread
from workbench.ears.sounds import SOUNDS
from workbench.ears.voices import SyntheticPeople, Variant
from workbench.ears.workshop import Workshop

TEXT: Final = "text only"
CONDITIONS = (TEXT, CLEAN, "noise 20 dB", "noise 10 dB", "room")
"""How an utterance reaches the ear; ``TEXT`` leaves the sound out."""

DIGIT_CONDITIONS = (CLEAN, "noise 20 dB", "noise 10 dB")

VOICES = tuple(Variant(name, 160) for name in ("f3", "m2", "Andrea", "m4", "f5", "m7"))
"""Variants of espeak-ng that train no model (``workbench.ears.voices``)."""

AROUND_SECONDS = 1.5
"""Before and after each utterance nobody speaks for so long; noise goes on."""

DIGITS_CORPUS = "heidelberg_digits"
DIGITS_LIMIT = 120
SOUND_SECONDS = 120
_SEED = 20261127


@dataclass(frozen=True)
class Scene:
    """A piece of the benchmark: utterances by one voice in one condition."""

    condition: str
    voice: Variant
    rows: tuple[TableRow, ...]

    @property
    def name(self) -> str:
        """A name for a line of progress."""
        return f"{len(self.rows)} utterances, {self.condition}, {self.voice}"


Said = tuple[TableRow, Clip]
"""What is said, and its sound."""


def spoken(workshop: Workshop, scene: Scene) -> list[Said]:
    """Return the utterances of a scene as clips; none where noise or rooms are missing."""
    surroundings = workshop.surroundings("test")
    if not surroundings.offer(scene.condition):
        return []
    people = SyntheticPeople(workshop.content)
    return [
        (
            one,
            in_condition(
                _around(people.say(one.utterance, scene.voice), f"{one.utterance} ({scene.voice})"),
                scene.condition,
                surroundings,
            ),
        )
        for one in scene.rows
    ]


def digits(workshop: Workshop, condition: str, one_in: int) -> list[Said]:
    """Return numbers said by people who have taught nobody, where a number is asked for."""
    surroundings = workshop.surroundings("test")
    if not surroundings.offer(condition):
        return []
    vocabulary = workshop.content.vocabulary
    numbers = {phrase: one for phrase, one in vocabulary.items() if one.name == "number"}
    recordings = [
        one
        for one in workshop.read(DIGITS_CORPUS)
        if one.part == "test" and one.transcript.lower() in numbers
    ]
    chosen = spread(
        recordings,
        max(DIGITS_LIMIT // one_in, 1),
        lambda one: (one.speaker, one.transcript),
        lambda one: one.name,
    )
    return [
        (
            TableRow(
                0, NUMBER_STATE, (str(numbers[one.transcript.lower()]),), one.transcript.lower()
            ),
            in_condition(_around(pcm, one.name), condition, surroundings),
        )
        for one, pcm in readable(chosen)
    ]


def sounds(one_in: int) -> dict[str, Clip]:
    """Return sounds in which nobody speaks, by name."""
    seconds = max(SOUND_SECONDS // one_in, 20)
    return {
        name: padded(make(seconds, _SEED), 0.0, 0.0, None, name) for name, make in _SOUNDS.items()
    }


def running_tap(seconds: float, seed: int) -> Pcm:
    """Return water that runs into a basin: hiss that swells a little, and drops."""
    chance = np.random.default_rng(seed)
    length = round(seconds * EAR_RATE_HZ)
    white = chance.normal(size=length + 2)
    water = np.convolve(white, np.ones(3) / 3, mode="valid")
    time = np.arange(length) / EAR_RATE_HZ
    water *= 1 + 0.3 * np.sin(2 * np.pi * 0.7 * time) * np.sin(2 * np.pi * 0.23 * time)
    for start in chance.integers(0, max(length - 800, 1), round(seconds * 6)):
        drop = np.arange(min(800, length)) / EAR_RATE_HZ
        pitch_hz = chance.uniform(500, 1_800)
        water[start : start + 800] += np.sin(2 * np.pi * pitch_hz * drop) * np.exp(-drop * 90)
    scaled: Pcm = np.rint(water / np.abs(water).max() * 0.25 * 32_767).astype(np.int16)
    return scaled


_SOUNDS: Mapping[str, Callable[[float, int], Pcm]] = {**SOUNDS, "running tap": running_tap}


def _around(pcm: Pcm, name: str) -> Clip:
    return padded(pcm, AROUND_SECONDS, AROUND_SECONDS, None, name)


def scenes(rows: Sequence[TableRow], voices: Sequence[Variant], piece: int = 300) -> list[Scene]:
    """Return all scenes with a sound; each holds at most ``piece`` rows, in their order."""
    return [
        Scene(condition, voice, tuple(rows[first : first + piece]))
        for condition in CONDITIONS
        if condition != TEXT
        for voice in voices
        for first in range(0, len(rows), piece)
    ]
