"""Measures a model in stock Vosk: recall, false accepts, speed, delay.

Runs without PyTorch and pynini (pynini and vosk must not share a process).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import vosk

from . import corpus, words
from .config import SAMPLE_RATE_HZ
from .corpus import Utterance

BLOCK_SAMPLES = 1_600
MINIMUM_CONFIDENCE = 0.7
_PAUSE_SECONDS = 0.7


@dataclass(frozen=True)
class Heard:
    """One final result: its text, the lowest word confidence, when it came (sample count)."""

    text: str
    confidence: float
    at_sample: int


@dataclass(frozen=True)
class Figure:
    """One measured figure: ``hits`` of ``total``, in the unit of its name."""

    name: str
    hits: float
    total: float
    unit: str = "%"

    @property
    def value(self) -> float:
        """Return the share in per cent, or the rate."""
        return (100.0 if self.unit == "%" else 1.0) * self.hits / max(self.total, 1e-9)


class Recogniser:
    """A Vosk recogniser with one grammar, fed in blocks of 100 ms."""

    def __init__(self, model: vosk.Model, grammar: Sequence[str] | None) -> None:
        arguments = [] if grammar is None else [json.dumps(list(grammar), ensure_ascii=False)]
        self._recogniser = vosk.KaldiRecognizer(model, SAMPLE_RATE_HZ, *arguments)
        self._recogniser.SetWords(True)
        self.slowest_block_seconds = 0.0
        self.seconds = 0.0
        self.fed_seconds = 0.0

    def hear(self, samples: np.ndarray) -> list[Heard]:
        """Decode one recording to its end; return its non-empty final results."""
        found = []
        for end, block in blocks(samples):
            started = time.process_time()  # not the clock: other programs may be busy
            done = self._recogniser.AcceptWaveform(block.tobytes())
            self._count(time.process_time() - started, len(block))
            if done:
                found.append(_heard(self._recogniser.Result(), end))
        found.append(_heard(self._recogniser.FinalResult(), len(samples)))
        self._recogniser.Reset()
        return [heard for heard in found if heard.text]

    def partials(self, samples: np.ndarray) -> Iterator[tuple[int, str]]:
        """Yield (samples fed, partial text) after every block until the final result."""
        for end, block in blocks(samples):
            if self._recogniser.AcceptWaveform(block.tobytes()):
                yield end, "final:" + json.loads(self._recogniser.Result())["text"]
                break
            yield end, json.loads(self._recogniser.PartialResult())["partial"]
        self._recogniser.Reset()

    def _count(self, seconds: float, samples: int) -> None:
        self.seconds += seconds
        self.fed_seconds += samples / SAMPLE_RATE_HZ
        self.slowest_block_seconds = max(self.slowest_block_seconds, seconds)


def blocks(samples: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield (samples so far, block)."""
    for begin in range(0, len(samples), BLOCK_SAMPLES):
        block = samples[begin : begin + BLOCK_SAMPLES]
        yield begin + len(block), block


def _heard(result: str, at_sample: int) -> Heard:
    content = json.loads(result)
    confidences = [word["conf"] for word in content.get("result", [])]
    return Heard(content["text"], min(confidences, default=0.0), at_sample)


def accepted(heard: Sequence[Heard], phrases: set[str]) -> list[str]:
    """Return the commands that would fire: whole results that are a phrase, sure enough."""
    return [h.text for h in heard if h.text in phrases and h.confidence >= MINIMUM_CONFIDENCE]


def grammar(dialogs: Path) -> tuple[list[str], set[str]]:
    """Return the one large grammar (commands, decoys, ``[other]``) and its commands."""
    phrases = words.dialog_phrases(dialogs) or list(words.SEED_PHRASES)
    return [*dict.fromkeys([*phrases, *words.decoys(dialogs), words.OTHER])], set(phrases)


def known(model: vosk.Model, phrases: Sequence[str]) -> list[str]:
    """Return the phrases whose every word the model knows."""
    return [
        phrase
        for phrase in phrases
        if all(model.vosk_model_find_word(word) >= 0 for word in phrase.split())
    ]


@dataclass
class Evaluation:
    """Measures one model on the test sets of a work folder."""

    model_path: Path
    testsets: Path
    dialogs: Path

    def __post_init__(self) -> None:
        if not (self.model_path / "am" / "final.mdl").exists():
            raise FileNotFoundError(f"No Vosk model in {self.model_path}.")
        vosk.SetLogLevel(-1)
        self.model = vosk.Model(str(self.model_path))
        everything, commands = grammar(self.dialogs)
        self.grammar = known(self.model, everything)
        self.commands = commands & set(self.grammar)

    def run(self) -> list[Figure]:
        """Return all figures."""
        figures = [
            *(self.recall("commands", c) for c in ("clean", "20dB", "10dB", "5dB", "room")),
            *(self.recall("manner", c) for c in self._conditions("manner")),
            *(self.recall("digits", c) for c in ("clean", "10dB")),
            *self.cut_words(),
            self.look_alikes(),
        ]
        for name in ("kerstin", "emodb", "wikimedia_words", "gcompris_words"):
            figures += self.false_accepts(name)
        return [*figures, *self.delays()]

    def recall(self, name: str, condition: str) -> Figure:
        """Measure how many spoken commands fire as themselves and nothing else."""
        recogniser = Recogniser(self.model, self.grammar)
        spoken = [u for u in self._load(f"{name}-{condition}") if u.text in self.commands]
        hits = [accepted(recogniser.hear(u.samples), self.commands) == [u.text] for u in spoken]
        return Figure(f"{name}, {condition}", sum(hits), len(hits))

    def cut_words(self) -> Iterator[Figure]:
        """Measure words cut out of fluent speech, 30 at a time, with and without ``[unk]``."""
        spoken = self._load("cut-clean")
        spoken = [u for u in spoken if known(self.model, [u.text])]
        for label, extra in (("with [unk]", [words.UNKNOWN]), ("without [unk]", [])):
            hits = 0
            for begin in range(0, len(spoken), 30):
                group = spoken[begin : begin + 30]
                choice = sorted({u.text for u in group})
                recogniser = Recogniser(self.model, choice + extra)
                hits += sum([h.text for h in recogniser.hear(u.samples)] == [u.text] for u in group)
            yield Figure(f"cut words, {label}", hits, len(spoken))

    def look_alikes(self) -> Figure:
        """Measure how many single words that are no commands fire one."""
        recogniser = Recogniser(self.model, self.grammar)
        spoken = self._load("lookalikes-clean")
        fired = [bool(accepted(recogniser.hear(u.samples), self.commands)) for u in spoken]
        return Figure("look-alikes that fire", sum(fired), len(fired))

    def false_accepts(self, name: str) -> Iterator[Figure]:
        """Measure how often speech without commands fires one, and the cost of decoding."""
        recogniser = Recogniser(self.model, self.grammar)
        pause = np.zeros(int(_PAUSE_SECONDS * SAMPLE_RATE_HZ), dtype=np.int16)
        innocent = [u for u in self._load(f"speech-{name}") if not self._is_command(u)]
        fired = [
            accepted(recogniser.hear(np.concatenate([u.samples, pause])), self.commands)
            for u in innocent
        ]
        hours = recogniser.fed_seconds / 3600
        yield Figure(f"{name}: false accepts an hour", sum(map(len, fired)), hours, "/h")
        yield Figure(f"{name}: utterances that fire", sum(map(bool, fired)), len(fired))
        yield Figure(f"{name}: real-time factor", recogniser.seconds, recogniser.fed_seconds, "s/s")
        yield Figure(f"{name}: slowest block", recogniser.slowest_block_seconds, 1.0, "s")

    def delays(self) -> Iterator[Figure]:
        """Measure when partial and final results come, from the end of the word."""
        recogniser = Recogniser(self.model, self.grammar)
        partial_ms, final_ms = [], []
        for utterance in self._load("commands-clean")[::5]:
            end = speech_end(utterance.samples)
            first = None
            for fed, text in recogniser.partials(utterance.samples):
                if first is None and text == utterance.text:
                    first = fed
                if text == f"final:{utterance.text}":
                    final_ms.append(1e3 * (fed - end) / SAMPLE_RATE_HZ)
                    if first is not None:
                        partial_ms.append(1e3 * (first - end) / SAMPLE_RATE_HZ)
        for name, delays in (("partial", partial_ms), ("final", final_ms)):
            for share in (50, 95):
                delay = float(np.percentile(delays, share)) if delays else float("nan")
                yield Figure(f"delay of the {name} result, p{share}", delay, 1.0, "ms")

    def _is_command(self, utterance: Utterance) -> bool:
        text = utterance.text.lower().strip(" .!?")
        return text in self.commands or len(text) < 2 or text.isdigit()

    def _conditions(self, name: str) -> list[str]:
        """Return what a test set was built in; this module cannot ask ``manners`` (no pyworld)."""
        return [
            path.stem.removeprefix(f"{name}-")
            for path in sorted(self.testsets.glob(f"{name}-*.npz"))
        ]

    def _load(self, name: str) -> list[Utterance]:
        return corpus.load(self.testsets / f"{name}.npz")


def speech_end(samples: np.ndarray) -> int:
    """Return where the last loud 10 ms end (within 30 dB of the loudest)."""
    usable = samples[: len(samples) // 160 * 160].astype(np.float32).reshape(-1, 160)
    power = np.square(usable).mean(1)
    return 160 * int(np.flatnonzero(power > power.max() / 1e3)[-1] + 1)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text, with their denominators."""
    lines = []
    for figure in figures:
        of = f"{figure.hits:.0f}/{figure.total:.0f}" if figure.unit == "%" else ""
        if figure.unit == "/h":
            of = f"{figure.hits:.0f} in {60 * figure.total:.1f} min"
        lines.append(f"{figure.name:42} {figure.value:8.3g} {figure.unit:4} {of}")
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> str:
    """Return the figures as JSON."""
    rows = [{**asdict(figure), "value": figure.value} for figure in figures]
    return json.dumps(rows, ensure_ascii=False, indent=1)
