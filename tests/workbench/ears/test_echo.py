import numpy as np
import pytest

from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, Pcm
from skill.messages.cues import Say
from skill.messages.heard import Command, Decision, Heard, Listening
from skill.voice.renderings import Renderings
from skill.voice.voice import Voice
from workbench.ears import echo
from workbench.ears.echo import Outcome, Sitting, Surrounding, Word

STOP = Command("stop")
ROOM = Surrounding("click", np.ones(1), 0.2)
LIVE = frozenset({"stop"})


def tone(seconds: float, rate_hz: int, peak: float = 8_000) -> Pcm:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.rint(peak * np.sin(2 * np.pi * 440 * times)).astype(np.int16)


class FourSeconds(Renderings):
    """Every line is a tone of four seconds."""

    def __init__(self) -> None:
        pass

    def pcm(self, text: str) -> Pcm:
        return tone(4.0, VOICE_RATE_HZ)


def voice() -> Voice:
    return Voice(FourSeconds())


class LoudEar:
    """Hears "stopp" in every block that is louder than the coach alone, after a first one."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.blocks = 0
        self.levels: list[float] = []
        self.own: list[Pcm] = []

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self.blocks += 1
        self.own.append(listening.own)
        self.levels.append(float(np.abs(block.astype(int)).max()))
        if self.levels[-1] < self.least:
            return []
        now = self.blocks * 0.1
        return [Heard(STOP, "stopp", 1.0, now - 0.1, now, now, Decision.EARLY)]


def play(ear: LoudEar, words: tuple[Word, ...] = (), level_db: float = 0.0) -> Outcome:
    sitting = Sitting(("eins", "zwei"), ROOM, level_db, words)
    return echo.listen(lambda: ear, voice, [sitting], LIVE)


def test_the_coach_comes_back_late_and_at_its_level() -> None:
    ear = LoudEar(30_000)
    outcome = play(ear, level_db=-20.0)
    assert (outcome.lines, outcome.words, outcome.fired) == (2, 0, [])
    assert outcome.seconds == pytest.approx(8.25 + 0.1 + 0.2 + 1.5, abs=0.1)
    loud = np.flatnonzero(np.array(ear.levels) > 400)
    given = next(index for index, own in enumerate(ear.own) if own.any())
    assert loud[0] == given + 2, "0.2 s later"
    assert max(ear.levels) == pytest.approx(800, rel=0.1)


def test_what_the_coach_sets_off_is_told_with_line_and_room() -> None:
    outcome = play(LoudEar(5_000))
    assert len(outcome.fired) > 10
    assert "s into “eins” (click, 0.2 s)" in outcome.fired[0].reason


def test_a_word_over_the_coach_counts_once_and_sets_nothing_off() -> None:
    word = Word(STOP, "stopp (anna)", tone(0.5, EAR_RATE_HZ, 20_000))
    outcome = play(LoudEar(12_000), (word,))
    assert (outcome.words, outcome.right, outcome.missed, outcome.fired) == (1, 1, [], [])
    assert outcome.recall == 1.0
    assert -0.5 <= outcome.latencies_seconds[0] <= 0.1


def test_a_word_that_is_not_heard_is_missed_by_name() -> None:
    word = Word(STOP, "stopp (anna)", tone(0.5, EAR_RATE_HZ, 20_000))
    outcome = play(LoudEar(40_000), (word,))
    assert (outcome.right, outcome.missed) == (0, ["stopp (anna) (click, 0.2 s)"])


def test_words_come_after_lines_that_nobody_speaks_over() -> None:
    words = [Word(STOP, str(number), tone(0.5, EAR_RATE_HZ)) for number in range(5)]
    dealt = echo.sittings(["a", "b", "c"], [ROOM, ROOM], 0.0, words, lead_lines=2)
    assert [len(one.words) for one in dealt] == [3, 2]
    for sitting in dealt:
        over = [sitting.word_over(index) for index in range(len(sitting.lines))]
        assert over[:2] == [None, None]
        assert tuple(over[2:]) == sitting.words


def test_without_words_every_line_is_dealt_once() -> None:
    lines = [str(number) for number in range(11)]
    dealt = echo.sittings(lines, [ROOM] * 3, -10.0)
    assert sorted(line for one in dealt for line in one.lines) == sorted(lines)


def test_rooms_have_one_loudness_and_the_delays_take_turns() -> None:
    rooms = {str(number): np.array([3.0, 4.0]) * number for number in range(1, 7)}
    found = echo.surroundings(rooms)
    assert [np.sum(one.response**2) for one in found] == pytest.approx([1.0] * 6)
    assert {one.delay_seconds for one in found} == set(echo.DELAYS_SECONDS)


def test_a_word_is_made_as_loud_as_a_line_pauses_not_counted() -> None:
    quiet, line = tone(0.5, EAR_RATE_HZ, 500), tone(1.0, VOICE_RATE_HZ, 6_000)
    padded = np.pad(line, (VOICE_RATE_HZ, VOICE_RATE_HZ))
    assert np.abs(echo.as_loud_as(quiet, padded, VOICE_RATE_HZ)).max() == pytest.approx(
        6_000, rel=0.02
    )


def test_a_sitting_is_played_as_a_session_would() -> None:
    """The n-th block is heard with what was given after the block before it."""
    ear, reference = LoudEar(40_000), voice()
    play(ear)
    for index, line in enumerate(("eins", "zwei")):
        reference.perform(Say(line, index))
    assert not ear.own[0].any()
    assert all(np.array_equal(own, reference.next_block()) for own in ear.own[1:])
