"""Synthetic speech by espeak-ng, with the exact place of every phone."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soxr

from .config import SAMPLE_RATE_HZ, Recipe
from .corpus import Utterance, labels_from_segments
from .espeak import Speech, espeak
from .phones import PHONE_INDEX, SILENCE, from_espeak
from .pronounce import RESPELLINGS
from .words import MINIMAL_PAIRS

_VARIANTS = (
    *("Alex", "Alicia", "Andrea", "Andy", "Annie", "Denis", "Diogo", "Gene", "Gene2"),
    *("Henrique", "Hugo", "Jacky", "Lee", "Marco", "Mario", "Michael", "Mike", "Nguyen"),
    *("adam", "anika", "antonio", "aunty", "belinda", "benjamin", "boris", "caleb"),
    *("david", "ed", "edward", "edward2", "f1", "f2", "f3", "f4", "f5", "grandma"),
    *("grandpa", "gustave", "iven", "iven2", "iven3", "iven4", "john", "kaukovalta"),
    *("klatt", "klatt2", "klatt3", "klatt4", "klatt5", "klatt6", "linda", "m1", "m2", "m3"),
    *("m4", "m5", "m6", "m7", "m8", "marcelo", "max", "michel", "miguel", "norbert"),
    *("pablo", "paul", "pedro", "quincy", "rob", "robert", "sandro", "shelby", "steph"),
    *("steph2", "steph3", "travis", "victor", "zac"),
)
"""The speaker variants that espeak-ng 1.51 brings, without whispers, robots and effects."""

HELD_OUT_VARIANTS = (
    *("f3", "f5", "m2", "m4", "m7", "Andrea", "Annie", "belinda", "david", "linda", "paul", "max"),
)
TRAINING_VOICES = tuple(f"de+{v}" for v in _VARIANTS if v not in HELD_OUT_VARIANTS)
HELD_OUT_VOICES = tuple(f"de+{v}" for v in HELD_OUT_VARIANTS)
_PAUSES = ("_", "_:", "_::")
_MEAN_SECONDS_OF_A_WORD = 0.55
COACH_VOICE = "de"
_COACH_RATES = (115, 140, 165)
"""Words a minute, about those of the trainer's tempos."""


@dataclass(frozen=True)
class Line:
    """What a voice shall say, and how: words a minute, pitch and its range (0 to 99)."""

    text: str
    voice: str
    rate: int = 160
    pitch: int = 50
    range: int = 50


def plan(recipe: Recipe, phrases: list[str], words: list[str], sentences: list[str]) -> list[Line]:
    """Return all lines of the synthetic corpus: commands, random word groups, read sentences."""
    chance = random.Random(recipe.seed)
    texts = [phrase for phrase in phrases for _ in range(recipe.synthetic_command_voices)]
    texts += [word for word in MINIMAL_PAIRS for _ in range(recipe.synthetic_pair_voices)]
    groups = int(recipe.synthetic_words_hours * 3600 / (2 * _MEAN_SECONDS_OF_A_WORD))
    texts += [_word_group(chance, words) for _ in range(groups)]
    seconds = recipe.synthetic_sentences_hours * 3600
    while sentences and seconds > 0:
        text = chance.choice(sentences)
        texts.append(text)
        seconds -= len(text) / 14  # German read aloud: about 14 characters a second
    return [_line(chance, text) for text in texts]


def _word_group(chance: random.Random, words: list[str]) -> str:
    """Return one to three words; frequent ones (early in the list) more often."""
    count = chance.choice((1, 1, 2, 3))
    return " ".join(words[int(len(words) * chance.random() ** 2)] for _ in range(count))


def _line(chance: random.Random, text: str) -> Line:
    return Line(
        text=text,
        voice=chance.choice(TRAINING_VOICES),
        rate=chance.randint(110, 215),
        pitch=chance.randint(15, 80),
        range=chance.randint(15, 80),
    )


def coach(sentences: list[str]) -> list[Line]:
    """Return sentences as the trainer says them: espeak-ng's plain German voice."""
    return [Line(text, COACH_VOICE, rate=rate) for text in sentences for rate in _COACH_RATES]


def render(lines: list[Line], processes: int = 2) -> list[Utterance]:
    """Speak all lines; espeak-ng lives in fresh processes because it does not survive a fork."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return list(_present(pool.imap(render_line, lines, chunksize=64)))


def _present(utterances: Iterable[Utterance | None]) -> Iterator[Utterance]:
    return (utterance for utterance in utterances if utterance is not None)


def render_line(line: Line) -> Utterance | None:
    """Speak one line at 16 kHz with frame labels; None if a phone of it is not German."""
    voice = espeak()
    voice.select(line.voice, rate=line.rate, pitch=line.pitch, range=line.range)
    text = " ".join(RESPELLINGS.get(word, (word,))[0] for word in line.text.split())
    speech = voice.speak(text)
    try:
        starts, phones = segments(speech)
    except KeyError:
        return None
    if not starts or len(speech.samples) < speech.rate_hz // 20:
        return None
    samples = soxr.resample(speech.samples, speech.rate_hz, SAMPLE_RATE_HZ)
    ratio = SAMPLE_RATE_HZ / speech.rate_hz
    labels = labels_from_segments((int(s * ratio) for s in starts), phones, len(samples))
    return Utterance(f"{line.voice}/{line.rate}", line.voice, line.text, samples, labels)


def segments(speech: Speech) -> tuple[list[int], list[int]]:
    """Return first samples and phone indices of rendered speech, beginning with silence at 0.

    A mnemonic of two phones (a diphthong) is halved. A glottal stop counts as its vowel.
    """
    starts, phones = [0], [PHONE_INDEX[SILENCE]]
    events = [(name, start) for name, start in speech.events if name not in ("_|", "_!")]
    ends = [start for _, start in events[1:]] + [len(speech.samples)]
    for (name, start), end, translated in zip(events, ends, _translate(events), strict=True):
        pieces = (SILENCE,) if name in _PAUSES else translated
        for number, phone in enumerate(pieces):
            starts.append(start + (end - start) * number // len(pieces))
            phones.append(PHONE_INDEX[phone])
    order = np.argsort(starts, kind="stable")
    return [starts[i] for i in order], [phones[i] for i in order]


def _translate(events: list[tuple[str, int]]) -> list[tuple[str, ...]]:
    return from_espeak(["" if name in _PAUSES else name for name, _ in events])
