"""What the microphone hears while the coach speaks: its echo, or a person."""

from collections.abc import Sequence

import numpy as np
import pytest

from skill.ear.echo import EchoCancellingEar
from skill.ear.echo_level import EchoLevel
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Pcm, silence
from skill.messages.heard import Command, Decision, Heard, Listening

COACH_DBFS = -20.0
HISS_DBFS = -70.0
DELAY_BLOCKS = 4


def noise(*levels_dbfs: float, samples: int = EAR_BLOCK_SAMPLES) -> Pcm:
    """A block of several sounds at these levels, one over the other."""
    power = sum(10 ** (level / 10) for level in levels_dbfs)
    chance = np.random.default_rng(1).normal(0, 32_768 * power**0.5, samples)
    return np.clip(np.rint(chance), -32_768, 32_767).astype(np.int16)


OWN = noise(COACH_DBFS, samples=VOICE_BLOCK_SAMPLES)
PAUSE = silence(VOICE_BLOCK_SAMPLES)


def listen(level: EchoLevel, coach: str, echo_db: float, around_dbfs: float = HISS_DBFS) -> None:
    """Let the coach speak ("#") and pause (".") block by block; its echo comes 0.4 s late."""
    late = "." * DELAY_BLOCKS + coach
    for given, sounds in zip(coach, late, strict=False):
        echo_dbfs = COACH_DBFS + echo_db if sounds == "#" else -120.0
        level.process(noise(echo_dbfs, around_dbfs), OWN if given == "#" else PAUSE)


def is_echo(level: EchoLevel, echo_db: float, person_dbfs: float) -> bool:
    """Let somebody say a word of 0.3 s over the coach."""
    for _ in range(3):
        level.process(noise(COACH_DBFS + echo_db, person_dbfs, HISS_DBFS), OWN)
    return level.may_be_echo(0.3, 0.0)


NOBODY = -120.0


@pytest.mark.parametrize(
    ("echo_db", "person_dbfs", "echo"),
    [
        (-20, NOBODY, True),  # a good speakerphone: the echo itself
        (-20, -20, False),
        (-20, -30, False),  # a person 10 dB softer than usual
        (-20, -45, True),
        (-10, NOBODY, True),
        (-10, -20, False),
        (0, NOBODY, False),  # the level cannot tell: the canceller must
        (0, -20, False),
        (-100, -60, False),  # headphones: nobody is too soft
    ],
)
def test_a_word_must_rise_above_a_weak_echo(echo_db: float, person_dbfs: float, echo: bool) -> None:
    level = EchoLevel()
    listen(level, "#" * 20 + "." * 10 + "#" * 20, echo_db)
    assert is_echo(level, echo_db, person_dbfs) is echo


def test_before_the_echo_is_known_nobody_is_taken_for_it() -> None:
    level = EchoLevel()
    listen(level, "#" * 6, -20)
    assert level.coupling_db is None
    assert not is_echo(level, -20, NOBODY)


def test_it_is_known_after_a_second_of_the_first_line() -> None:
    level = EchoLevel()
    listen(level, "#" * 12, -20)
    assert level.coupling_db == pytest.approx(-20, abs=1)


@pytest.mark.parametrize("television_dbfs", [-25, -35])
def test_what_sounds_without_the_coach_too_is_no_echo(television_dbfs: float) -> None:
    """With headphones, beside a television."""
    level = EchoLevel()
    listen(level, "." * 20 + "#" * 30, -100, around_dbfs=television_dbfs)
    assert level.coupling_db == -np.inf
    assert not is_echo(level, -100, television_dbfs + 2)


def test_a_person_who_interrupts_does_not_become_the_echo() -> None:
    level = EchoLevel()
    listen(level, "#" * 40, -20)
    for _ in range(2):
        assert not is_echo(level, -20, -20)
        listen(level, "#" * 10, -20)
    assert level.coupling_db == pytest.approx(-20, abs=1)


def test_who_interrupts_every_line_with_headphones_on_stays_a_person() -> None:
    """Four words within 10 s, each over the coach: together they sound for most of that time."""
    level = EchoLevel()
    listen(level, "." * 20 + "#" * 40, -100)
    for _ in range(8):
        for _ in range(5):
            level.process(noise(-25, HISS_DBFS), OWN)
        assert not level.may_be_echo(0.5, 0.0)
        level.obeyed(0.5, 0.0)
        listen(level, "#" * 12, -100)
    assert level.coupling_db == -np.inf


def test_what_is_judged_tells_nothing_of_the_echo() -> None:
    """A word over the first line, before anything else could be compared."""
    level = EchoLevel()
    listen(level, "." * 20 + "#" * 6, -100)
    for _ in range(9):
        level.process(noise(-40, HISS_DBFS), OWN)
    assert not level.may_be_echo(0.9, 0.0)


def test_a_microphone_that_hears_everything_softly() -> None:
    """The echo is 20 dB below what was given, but so are people: the level cannot tell."""
    level = EchoLevel()
    listen(level, "#" * 30 + "." * 10, -20)
    for _ in range(3):
        level.process(noise(-42, HISS_DBFS), PAUSE)
    level.obeyed(0.3, 0.0)
    listen(level, "#" * 20, -20)
    assert not is_echo(level, -20, -42)


def test_what_was_said_over_the_coach_tells_nothing_of_how_loud_people_are() -> None:
    level = EchoLevel()
    listen(level, "#" * 30, -20)
    level.obeyed(0.3, 0.0)
    assert is_echo(level, -20, NOBODY)


def test_blocks_of_any_length_and_none() -> None:
    level = EchoLevel()
    for size in (0, 1, 3, 700, 2_205, 4_000):
        level.process(silence(EAR_BLOCK_SAMPLES), silence(size))
    assert not level.may_be_echo(60.0, 0.0)
    assert not level.may_be_echo(-1.0, -1.0)


class Repeating:
    """Hears these texts in the blocks with these numbers, each a word of 0.3 s."""

    def __init__(self, texts: dict[int, str]) -> None:
        self.texts = texts
        self.blocks = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self.blocks += 1
        text = self.texts.get(self.blocks)
        now = self.blocks * 0.1
        command = Command("pain" if text != "stop" else "stop")
        return [Heard(command, text, 1.0, now - 0.3, now, now, Decision.EARLY)] if text else []


@pytest.mark.parametrize(
    ("texts", "obeyed"),
    [
        ({40: "stop"}, []),
        ({40: "stop", 50: "stop"}, ["stop"]),  # who insists is obeyed
        ({40: "stop", 95: "stop"}, []),  # but not after more than 5 s
        ({40: "tut weh", 50: "hab weh"}, []),  # echo makes other words the second time
    ],
)
def test_with_no_canceller_the_echo_is_not_obeyed(
    texts: dict[int, str], obeyed: Sequence[str]
) -> None:
    ear = EchoCancellingEar(Repeating(texts), None)
    heard = [
        one.text
        for _ in range(100)
        for one in ear.process(noise(-40, HISS_DBFS), Listening(frozenset(), own=OWN))
        if one.command
    ]
    assert heard == obeyed
