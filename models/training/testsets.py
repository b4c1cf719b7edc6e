"""Builds the recordings that figures are measured on, none of them used in training."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from . import align, corpus, manners, recordings, words
from .backgrounds import in_room, unit
from .config import SAMPLE_RATE_HZ, Recipe
from .corpus import Utterance
from .pronounce import sentence
from .synthesise import HELD_OUT_VOICES, Line, render

_LEAD_SECONDS, _TAIL_SECONDS = 0.4, 1.2
"""Silence around every test word: a recogniser in use hears some before and its endpoint after."""
_MARGIN_FRAMES = 8
VOICES_PER_PHRASE = 2
DIGITS_PER_SPEAKER = 150
CONDITIONS = ("clean", "20 dB", "10 dB", "5 dB", "room")
COMMANDS_IN_EVERY_MANNER = 100


def commands(dialogs: Path, recipe: Recipe) -> list[Utterance]:
    """Return every command phrase by two espeak-ng voices kept out of training."""
    chance = random.Random(recipe.seed)
    lines = [
        Line(phrase, voice, rate=chance.randint(125, 200), pitch=chance.randint(25, 70))
        for phrase in words.dialog_phrases(dialogs)
        for voice in chance.sample(HELD_OUT_VOICES, VOICES_PER_PHRASE)
    ]
    return render(lines)


def look_alikes(dialogs: Path, recipe: Recipe, limit: int = 300) -> list[Utterance]:
    """Return single words that are no commands, neighbours of commands above all, likewise."""
    chance = random.Random(recipe.seed)
    innocent = sorted(set(words.decoy_words(dialogs)) - set(words.command_phrases(dialogs)))
    chosen = chance.sample(innocent, min(limit, len(innocent)))
    return render([Line(word, chance.choice(HELD_OUT_VOICES)) for word in chosen])


def digits(folder: Path, recipe: Recipe) -> list[Utterance]:
    """Return digits of the held-out speakers."""
    spoken = recordings.digits(folder)
    chance = random.Random(recipe.seed)
    chosen = []
    for speaker in recipe.held_out_digit_speakers:
        own = [u for u in spoken if u.speaker == speaker]
        chosen += chance.sample(own, min(DIGITS_PER_SPEAKER, len(own)))
    return chosen


def cut_words(folder: Path, work: Path, recipe: Recipe, limit: int = 200) -> list[Utterance]:
    """Cut words out of the held-out sentences, by the last alignment."""
    spoken = recordings.sentences(folder)
    aligned = align.load(work / "alignment-2-sentences.npz")
    hidden = recordings.held_out(spoken, recipe)
    found = [
        word
        for utterance, alignment, out in zip(spoken, aligned, hidden, strict=True)
        if out and alignment is not None
        for word in _words_of(utterance, alignment)
    ]
    return random.Random(recipe.seed).sample(found, min(limit, len(found)))


def _words_of(utterance: Utterance, alignment: align.Alignment) -> list[Utterance]:
    """Return the words of one sentence that have five letters and six phones' time at least."""
    texts = utterance.text.split()
    if len(texts) != len(sentence(utterance.text)):  # numbers or abbreviations: no common count
        return []
    cut = []
    for index, text in enumerate(texts):
        frames = np.flatnonzero(alignment.words == index)
        plain = text.strip(".,;:!?\"'()„“-").lower()
        if plain.isalpha() and len(plain) >= 5 and len(frames):
            begin = max(frames[0] - _MARGIN_FRAMES, 0) * 160
            end = (frames[-1] + _MARGIN_FRAMES) * 160
            samples = utterance.samples[begin:end]
            cut.append(Utterance(utterance.name, utterance.speaker, plain, samples))
    return cut


def speech(folder: Path, name: str, recipe: Recipe) -> list[Utterance]:
    """Return utterances in which no command should be heard: held-out or test-only recordings."""
    spoken = recordings.read(folder / name)
    if name != "kerstin":
        return spoken
    hidden = recordings.held_out(spoken, recipe)
    return [u for u, out in zip(spoken, hidden, strict=True) if out]


def distort(
    utterance: Utterance,
    condition: str,
    noises: Sequence[np.ndarray],
    rooms: Sequence[np.ndarray],
    seed: int,
) -> np.ndarray:
    """Return samples with lead and tail, in one of :data:`CONDITIONS` or ``manners.MANNERS``."""
    chance = np.random.default_rng(seed)
    lead, tail = (int(s * SAMPLE_RATE_HZ) for s in (_LEAD_SECONDS, _TAIL_SECONDS))
    said = utterance.samples.astype(np.float32)
    if condition in manners.MANNERS:
        said = manners.spoken(said, condition, chance)
    padded = np.pad(said, (lead, tail))
    speech_rms = float(np.sqrt(np.square(utterance.samples.astype(np.float32)).mean()))
    if condition == "room":
        padded = in_room(padded, rooms[int(chance.integers(len(rooms)))])
        padded *= speech_rms / max(float(np.sqrt(np.square(padded).mean())), 1.0)
    noise_db = float(condition.split()[0]) if condition.endswith("dB") else 45.0
    noise = unit(np.resize(np.concatenate(_some(noises, chance)), len(padded)))
    mixture = padded + noise * speech_rms * 10 ** (-noise_db / 20)
    return np.clip(mixture, -32768, 32767).astype(np.int16)


def _some(noises: Sequence[np.ndarray], chance: np.random.Generator) -> list[np.ndarray]:
    first = int(chance.integers(len(noises)))
    return [noises[(first + offset) % len(noises)] for offset in range(4)]


def build(folder: Path, dialogs: Path, work: Path, recipe: Recipe) -> None:
    """Write all test sets under ``work/testsets``."""
    out = work / "testsets"
    noises = recordings.noise(folder, recipe, held_out=True, voices="")
    rooms = recordings.rooms(folder, recipe, held_out=True)
    said = commands(dialogs, recipe)
    some = said[:: max(len(said) // COMMANDS_IN_EVERY_MANNER, 1)]
    spoken = {
        "commands": (said, CONDITIONS),
        "manner": (some, ("clean", *manners.MANNERS)),
        "lookalikes": (look_alikes(dialogs, recipe), ("clean",)),
        "digits": (digits(folder, recipe), ("clean", "10 dB")),
        "cut": (cut_words(folder, work, recipe), ("clean",)),
    }
    for name, (utterances, conditions) in spoken.items():
        for condition in conditions:
            heard = [
                Utterance(u.name, u.speaker, u.text, distort(u, condition, noises, rooms, index))
                for index, u in enumerate(utterances)
            ]
            corpus.save(out / f"{name}-{condition.replace(' ', '')}.npz", heard)
    for name in ("kerstin", "emodb", "wikimedia_words", "gcompris_words"):
        corpus.save(out / f"speech-{name}.npz", speech(folder, name, recipe))
