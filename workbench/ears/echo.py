"""The coach comes back through its own microphone: what it obeys, and who is heard over it.

A sitting is what a session is made of: lines of the coach, one after the other, in one room with
one delay and one level, and, if wanted, a person who says a safety word over each of them. It is
played to the ear exactly as a session would: by the coach's real voice, block by block, with what
the loudspeaker was given. Every sitting begins with a new ear, which has yet to learn the room.
"""

import hashlib
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rueckgrat.replay.dialog import Echo
from rueckgrat.replay.room import Room
from rueckgrat.replay.track import Track
from skill.audio.hiss import FLOOR_DBFS
from skill.audio.waves import frame_levels_dbfs, sound_end_seconds
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_BLOCK_SAMPLES,
    Pcm,
    silence,
)
from skill.messages.cues import Say
from skill.messages.heard import Command, Heard, Listening
from skill.parts import EarLike
from skill.voice import Voice

LEVELS_DB = (-20.0, -10.0, 0.0)
"""Echo relative to a person as loud at the microphone as the coach's lines are in the file."""

DELAYS_SECONDS = (0.05, 0.12, 0.2, 0.3, 0.4)
SAFETY_WORDS = ("stopp", "aua", "schmerzen")

WORD_AFTER_SECONDS = 1.2
"""How far a line has got, as it is heard, when the person begins to speak."""

LEAD_LINES = 2
"""Before the first line that is spoken over."""

_SHORTEST_LINE_SECONDS = 3.0
"""Of lines that are spoken over: the word is to end while the coach still speaks."""

_ANSWER_SECONDS = 1.5
"""How long after the end of a word its decision counts."""

_SPEECH_RANGE_DB = 30.0


@dataclass(frozen=True)
class Surrounding:
    """A room: its response at 16 kHz, and after how long the coach comes back through it."""

    name: str
    response: NDArray[np.float64]
    delay_seconds: float

    def __str__(self) -> str:
        return f"{self.name}, {self.delay_seconds:g} s"


@dataclass(frozen=True)
class Word:
    """What a person says over the coach: the phrase by one speaker, at 16 kHz."""

    command: Command
    name: str
    pcm: Pcm


@dataclass(frozen=True)
class Sitting:
    """Lines to be said in one place; the words are said over the last of them, one each."""

    lines: tuple[str, ...]
    surrounding: Surrounding
    level_db: float
    words: tuple[Word, ...] = ()

    def word_over(self, index: int) -> Word | None:
        """Return the word that is said over this line."""
        number = index - len(self.lines) + len(self.words)
        return self.words[number] if number >= 0 else None


@dataclass
class Outcome:
    """What came of sittings: of the lines, and of the words said over them.

    ``fired`` holds every command that nobody had said, on the sitting's clock; its ``reason`` says
    over which line, how far that was heard, and where. ``right`` counts words whose command was
    heard within 1.5 s of their end.
    """

    lines: int = 0
    seconds: float = 0.0
    words: int = 0
    right: int = 0
    fired: list[Heard] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    latencies_seconds: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of words that were obeyed."""
        return self.right / self.words if self.words else 0.0

    def add(self, other: "Outcome") -> None:
        """Count another sitting's outcome in."""
        self.lines += other.lines
        self.seconds += other.seconds
        self.words += other.words
        self.right += other.right
        self.fired += other.fired
        self.missed += other.missed
        self.latencies_seconds += other.latencies_seconds


def sittings(
    lines: Sequence[str],
    surroundings: Sequence[Surrounding],
    level_db: float,
    words: Sequence[Word] = (),
    lead_lines: int = LEAD_LINES,
) -> list[Sitting]:
    """Deal lines (shuffled, the same way every time) to the surroundings, words if there are any.

    With words there is a line for each, behind ``lead_lines`` that nobody speaks over, as in a
    session: it begins with a welcome of 10 s, in which a canceller learns the room.
    """
    dealt = random.Random(len(lines)).sample(list(lines), len(lines))
    count = len(surroundings)
    if words:
        wanted = len(words) + lead_lines * count
        dealt = [dealt[index % len(dealt)] for index in range(wanted)]
    return [
        Sitting(tuple(dealt[n::count]), surrounding, level_db, tuple(words[n::count]))
        for n, surrounding in enumerate(surroundings)
        if dealt[n::count]
    ]


def long_enough(lines: Iterable[str], voice: Voice) -> list[str]:
    """Return the lines that last long enough for a word to be said over them."""
    return [line for line in lines if voice.speech_seconds(line) >= _SHORTEST_LINE_SECONDS]


def surroundings(rooms: Mapping[str, NDArray[np.float64]]) -> list[Surrounding]:
    """Return every room with a delay of ``DELAYS_SECONDS``; each delay is there if rooms suffice.

    The responses are brought to the energy of a click of 1, so that the level is the room's.
    """
    return [
        Surrounding(
            name,
            response / max(1e-9, float(np.sqrt(np.sum(response**2)))),
            DELAYS_SECONDS[index % len(DELAYS_SECONDS)],
        )
        for index, (name, response) in enumerate(rooms.items())
    ]


def listen(
    make_ear: Callable[[], EarLike],
    make_voice: Callable[[], Voice],
    sitting_list: Iterable[Sitting],
    live: frozenset[str],
) -> Outcome:
    """Play sittings to ears that obey the ``live`` commands; return what came of all of them."""
    total = Outcome()
    for sitting in sitting_list:
        total.add(_play(make_ear(), make_voice(), sitting, live))
    return total


def as_loud_as(word: Pcm, other: Pcm, other_rate_hz: int) -> Pcm:
    """Return a word (16 kHz) with the mean level of another one's speech; pauses don't count."""
    gain = _speech_rms(other, other_rate_hz) / max(1.0, _speech_rms(word, EAR_RATE_HZ))
    louder: Pcm = np.clip(np.rint(word * gain), -32_768, 32_767).astype(np.int16)
    return louder


def _play(ear: EarLike, voice: Voice, sitting: Sitting, live: frozenset[str]) -> Outcome:
    delay_seconds = sitting.surrounding.delay_seconds
    echo = Echo(level=sitting.level_db, delay=delay_seconds)
    room = Room(_hiss(), echo, sitting.surrounding.response)
    person = Track()
    starts: list[float] = []
    said: list[tuple[Word, float, float]] = []
    end_seconds = 0.0
    for index, line in enumerate(sitting.lines):
        start_seconds, end_seconds = voice.perform(Say(line, index))
        starts.append(start_seconds + delay_seconds)
        if word := sitting.word_over(index):
            word_seconds = start_seconds + delay_seconds + WORD_AFTER_SECONDS
            person.put(round(word_seconds * EAR_RATE_HZ), word.pcm)
            ends = word_seconds + sound_end_seconds(word.pcm, EAR_RATE_HZ)
            said.append((word, word_seconds, ends))
    blocks = round((end_seconds + delay_seconds + _ANSWER_SECONDS) / BLOCK_SECONDS)
    heard: list[Heard] = []
    own = silence(VOICE_BLOCK_SAMPLES)
    for _ in range(blocks):
        block = room.hear(person.take(EAR_BLOCK_SAMPLES))
        heard += ear.process(block, Listening(live, voice.speaking(), own))
        own = voice.next_block()
        room.play(own)
    commands = [one for one in heard if one.command and one.command.name in live]
    outcome = _judged(sitting, blocks * BLOCK_SECONDS, said, commands)
    outcome.fired = [_told(one, sitting, starts) for one in outcome.fired]
    return outcome


def _told(fired: Heard, sitting: Sitting, starts: Sequence[float]) -> Heard:
    """Return the same with the line that was heard then, as the reason."""
    line = max(0, sum(start < fired.decided_seconds for start in starts) - 1)
    reached = fired.decided_seconds - starts[line]
    return replace(
        fired, reason=f"{reached:.1f} s into “{sitting.lines[line]}” ({sitting.surrounding})"
    )


def _judged(
    sitting: Sitting,
    seconds: float,
    said: Sequence[tuple[Word, float, float]],
    commands: Sequence[Heard],
) -> Outcome:
    outcome = Outcome(len(sitting.lines), seconds, len(said))
    fired = list(commands)
    for word, start_seconds, end_seconds in said:
        until_seconds = end_seconds + _ANSWER_SECONDS
        answers = [
            one
            for one in commands
            if one.command == word.command and start_seconds <= one.decided_seconds <= until_seconds
        ]
        if answers:
            outcome.right += 1
            outcome.latencies_seconds.append(answers[0].decided_seconds - end_seconds)
            fired = [one for one in fired if one not in answers]
        else:
            outcome.missed.append(f"{word.name} ({sitting.surrounding})")
    outcome.fired = fired
    return outcome


def _hiss() -> Pcm:
    """Return a second of the noise that every microphone has; always the same."""
    seed = int.from_bytes(hashlib.sha256(b"hiss").digest()[:4], "little")
    level = 32_768 * 10 ** (FLOOR_DBFS / 20)
    noise = np.random.default_rng(seed).normal(0, level, EAR_RATE_HZ)
    return np.rint(noise).astype(np.int16)


def _speech_rms(pcm: Pcm, rate_hz: int) -> float:
    levels = frame_levels_dbfs(pcm, rate_hz)
    speech = levels[levels > levels.max(initial=-120.0) - _SPEECH_RANGE_DB]
    return float(32_768 * np.sqrt(np.mean(10 ** (speech / 10)))) if speech.size else 0.0
