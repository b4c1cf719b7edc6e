"""A synthetic person who repeats after the coach, well or badly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from rueckgrat.observers.record import Record
from skill.audio.resample import resample
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, VOICE_RATE_HZ, Pcm
from skill.messages.events import Said
from skill.voice.synthesis import Pyttsx3Synthesiser

NOISE_DBFS = -62.0
REACTION_SECONDS = 1.1
"""After the prompt's end: the tone comes 0.25 s later, lasts 0.42 s, and is waited for."""

PROMPT = "calibration.prompt"


def spoken(text: str, voice: str = "de+f3", words_per_minute: int = 145) -> Pcm:
    """Return the text in another voice than the coach's, at 16 kHz, peak -6 dB."""
    pcm = Pyttsx3Synthesiser(voice, words_per_minute).render(text)
    pcm = resample(pcm, VOICE_RATE_HZ, EAR_RATE_HZ).astype(np.float64)
    return np.rint(pcm / np.abs(pcm).max() * 16_000).astype(np.int16)


def louder(pcm: Pcm, db: float) -> Pcm:
    return np.clip(np.rint(pcm * 10.0 ** (db / 20)), -32_768, 32_767).astype(np.int16)


@dataclass
class Person:
    """Says what the coach has said first, in a softly noisy room.

    ``gains_db`` changes single answers, by their number (from 0 on); None: no answer.
    ``answer`` is said to the question for consent. ``leaves_after`` answers the room is empty.
    """

    say: Callable[[str], Pcm] = spoken
    answer: str = "ja"
    gain_db: float = -14.0
    gains_db: Mapping[int, float | None] = field(default_factory=dict)
    leaves_after: int = 10_000

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(1)
        self._to_say: list[tuple[float, Pcm]] = []
        self._answered: set[float] = set()
        self.prompts: list[str] = []

    def next_block(self, record: Record, now_seconds: float) -> Pcm | None:
        for line in record.events:
            if isinstance(line, Said) and line.seconds not in self._answered:
                self._answered.add(line.seconds)
                self._hear(line)
        amplitude = 32_768 * 10 ** (NOISE_DBFS / 20)
        block = self._random.normal(0, amplitude, EAR_BLOCK_SAMPLES)
        first = round(now_seconds / BLOCK_SECONDS) * EAR_BLOCK_SAMPLES
        for seconds, pcm in self._to_say:
            start = round(seconds * EAR_RATE_HZ) - first
            part = pcm[max(0, -start) : EAR_BLOCK_SAMPLES - start] if start < 1_600 else pcm[:0]
            at = max(0, start)
            block[at : at + part.size] += part
        return np.clip(np.rint(block), -32_768, 32_767).astype(np.int16)

    def _hear(self, line: Said) -> None:
        if line.line in ("calibration.consent", "calibration.consent_again") and self.answer:
            pcm = louder(self.say(self.answer), self.gain_db)
            self._to_say.append((line.end_seconds + 0.7, pcm))
        if line.line != PROMPT:
            return
        number = len(self.prompts)
        self.prompts.append(line.text)
        gain_db = self.gains_db.get(number, self.gain_db)
        if gain_db is not None and number < self.leaves_after:
            pcm = louder(self.say(line.text), gain_db)
            self._to_say.append((line.end_seconds + REACTION_SECONDS, pcm))
