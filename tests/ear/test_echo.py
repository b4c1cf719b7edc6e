"""The canceller around a filter that is perfect once its reference is in time, and around Speex."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from rueckgrat.replay.dialog import Echo
from rueckgrat.replay.room import Room, reverberation
from skill.audio.resample import resample
from skill.ear.echo import EchoCancellingEar
from skill.ear.echo_canceller import EchoCanceller
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from skill.messages.heard import (
    ECHO,
    MASKED,
    TALKED_OVER,
    Command,
    Decision,
    Heard,
    Listening,
    Meaning,
)

BLOCKS = 60
TAPS = 80


@dataclass
class PerfectFilter:
    """Solves for the room anew in every block: a response of 5 ms, whatever explains most."""

    calls: int = 0
    past: Pcm = field(default_factory=lambda: silence(TAPS - 1))

    def process(self, heard: Pcm, reference: Pcm) -> Pcm:
        self.calls += 1
        line = np.concatenate([self.past, reference])
        self.past = reference[-(TAPS - 1) :]
        delayed = np.lib.stride_tricks.sliding_window_view(line, TAPS).astype(float)
        powers = delayed.T @ delayed + np.eye(TAPS)
        response = np.linalg.solve(powers, delayed.T @ heard)
        return np.rint(heard - delayed @ response).astype(np.int16)


def speech(seed: int, blocks: int = BLOCKS) -> Pcm:
    """Noise that comes and goes as syllables do, at 22,050 Hz."""
    chance = np.random.default_rng(seed)
    syllables = np.repeat(chance.uniform(0, 1, 2 * blocks), VOICE_BLOCK_SAMPLES // 2 + 1)
    loudness = syllables[: blocks * VOICE_BLOCK_SAMPLES]
    return np.rint(chance.normal(0, 3_000, loudness.size) * loudness).astype(np.int16)


def in_a_room(room: Room, own: Pcm, person: Pcm | None = None) -> Iterator[tuple[Pcm, Pcm]]:
    """Yield each block heard with what the loudspeaker was given for it, as a session does."""
    given = silence(VOICE_BLOCK_SAMPLES)
    for number in range(own.size // VOICE_BLOCK_SAMPLES):
        said = silence(EAR_BLOCK_SAMPLES)
        if person is not None:
            said = person[number * EAR_BLOCK_SAMPLES :][:EAR_BLOCK_SAMPLES]
        yield room.hear(said), given
        given = own[number * VOICE_BLOCK_SAMPLES :][:VOICE_BLOCK_SAMPLES]
        room.play(given)


def level(pcm: Pcm) -> float:
    return float(np.sqrt(np.mean(pcm.astype(float) ** 2)))


def reduction_db(blocks: list[tuple[Pcm, Pcm]]) -> float:
    before, after = (np.concatenate(one) for one in zip(*blocks, strict=True))
    return 20 * float(np.log10(level(before) / max(level(after), 1e-9)))


def halving(delay: float) -> Room:
    return Room(echo=Echo(level=-6.0206, delay=delay))


@pytest.mark.parametrize("delay", [0.1, 0.4])
def test_the_delay_is_found_and_the_echo_goes(delay: float) -> None:
    canceller = EchoCanceller(PerfectFilter())
    blocks = [
        (heard, canceller.process(heard, own))
        for heard, own in in_a_room(halving(delay), speech(1))
    ]
    assert canceller.delay_samples == pytest.approx(delay * EAR_RATE_HZ, abs=2)
    assert np.array_equal(blocks[2][0], blocks[2][1]), "nothing is done before it is known"
    assert reduction_db(blocks[25:]) > 6


def test_where_the_coach_is_silent_nothing_is_touched() -> None:
    echo_filter = PerfectFilter()
    canceller = EchoCanceller(echo_filter)
    for heard, own in in_a_room(halving(0.1), speech(1)):
        canceller.process(heard, own)
    called = echo_filter.calls
    assert called
    person = resample(speech(2, 20), VOICE_RATE_HZ, EAR_RATE_HZ)
    quiet = silence(20 * VOICE_BLOCK_SAMPLES)
    touched = [
        not np.array_equal(canceller.process(heard, own), heard)
        for heard, own in in_a_room(Room(), quiet, person)
    ]
    assert any(touched[:4]), "the echo of the last block may still come"
    assert not any(touched[9:])
    assert echo_filter.calls < called + 10


def test_with_headphones_nothing_is_touched() -> None:
    echo_filter = PerfectFilter()
    canceller = EchoCanceller(echo_filter)
    person = resample(speech(2), VOICE_RATE_HZ, EAR_RATE_HZ)
    for heard, own in in_a_room(Room(), speech(1), person):
        assert np.array_equal(canceller.process(heard, own), heard)
    assert canceller.delay_samples is None
    assert echo_filter.calls == 0


def test_a_word_like_one_of_the_coach_s_is_no_echo_of_it() -> None:
    """With headphones: the delay that is found is none, and a single word teaches no filter."""
    own, delay_blocks = speech(1), 4
    canceller = EchoCanceller(PerfectFilter())
    canceller.delay_samples = delay_blocks * EAR_BLOCK_SAMPLES
    late = resample(own, VOICE_RATE_HZ, EAR_RATE_HZ)
    person = silence(BLOCKS * EAR_BLOCK_SAMPLES)
    word = slice(30 * EAR_BLOCK_SAMPLES, 35 * EAR_BLOCK_SAMPLES)
    person[word] = late[: person.size][
        word.start - (delay_blocks + 1) * EAR_BLOCK_SAMPLES : word.stop
        - (delay_blocks + 1) * EAR_BLOCK_SAMPLES
    ]
    for heard, given in in_a_room(Room(), own, person):
        cleaned = canceller.process(heard, given)
        assert np.array_equal(cleaned, heard)
        assert canceller.above_echo_db == np.inf


def test_a_filter_that_does_harm_is_not_used() -> None:
    class Harmful(PerfectFilter):
        def process(self, heard: Pcm, reference: Pcm) -> Pcm:
            return heard + reference

    canceller = EchoCanceller(Harmful())
    for heard, own in in_a_room(halving(0.1), speech(1)):
        assert level(canceller.process(heard, own)) <= level(heard)


def test_when_the_way_changes_the_delay_is_found_again() -> None:
    canceller = EchoCanceller(PerfectFilter())
    for heard, own in in_a_room(halving(0.15), speech(1)):
        canceller.process(heard, own)
    blocks = [
        (heard, canceller.process(heard, own)) for heard, own in in_a_room(halving(0.35), speech(2))
    ]
    assert canceller.delay_samples == pytest.approx(0.35 * EAR_RATE_HZ, abs=2)
    assert reduction_db(blocks[35:]) > 6


def test_one_odd_look_does_not_change_a_known_delay() -> None:
    canceller = EchoCanceller(PerfectFilter())
    room, own = halving(0.15), speech(1)
    for heard, given in in_a_room(room, own):
        canceller.process(heard, given)
    known = canceller.delay_samples
    # For half a second somebody plays the coach's voice back: a television, another room.
    for heard, given in list(in_a_room(halving(0.5), own))[:5]:
        canceller.process(heard, given)
    assert canceller.delay_samples == known


def test_the_ear_hears_the_cleaned_block_and_is_told_the_same() -> None:
    class Ear:
        def __init__(self) -> None:
            self.heard: list[tuple[Pcm, Listening]] = []

        def process(self, block: Pcm, listening: Listening) -> list[Heard]:
            self.heard.append((block, listening))
            return []

    ear = Ear()
    cancelling = EchoCancellingEar(ear, EchoCanceller(PerfectFilter()))
    listening = [
        (heard, Listening(frozenset(), own=own))
        for heard, own in in_a_room(halving(0.1), speech(1))
    ]
    for heard, moment in listening:
        cancelling.process(heard, moment)
    assert [moment for _, moment in ear.heard] == [moment for _, moment in listening]
    assert (
        reduction_db(
            [(raw, block) for (raw, _), (block, _) in zip(listening, ear.heard, strict=True)]
        )
        > 3
    )


def test_what_is_put_in_or_dropped_on_the_way_moves_the_delay_at_once() -> None:
    canceller = EchoCanceller(PerfectFilter())
    room, own = halving(0.3), speech(1)
    for heard, given in in_a_room(room, own):
        canceller.process(heard, given)
    known = canceller.delay_samples
    assert known is not None
    longer = np.pad(own[:VOICE_BLOCK_SAMPLES], (VOICE_BLOCK_SAMPLES // 2, 0))
    canceller.process(silence(EAR_BLOCK_SAMPLES), longer)
    assert canceller.delay_samples == known + EAR_BLOCK_SAMPLES // 2
    canceller.process(silence(EAR_BLOCK_SAMPLES), own[: VOICE_BLOCK_SAMPLES // 3])
    assert canceller.delay_samples == pytest.approx(
        known + EAR_BLOCK_SAMPLES // 2 - EAR_BLOCK_SAMPLES * 2 / 3, abs=1
    )


class Parrot:
    """Takes whatever it has heard in the last 0.2 s for a command, in every so many blocks.

    Every time another one, unless it insists.
    """

    def __init__(self, every: int = 1, insists: bool = False) -> None:
        self.blocks = 0
        self.every = every
        self.insists = insists

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self.blocks += 1
        if self.blocks % self.every:
            return []
        start_seconds = self.blocks * 0.1 - 0.2
        said = Command("stop") if self.insists else Command("number", str(self.blocks))
        return [
            Heard(said, "stopp", 1.0, start_seconds, start_seconds, start_seconds, Decision.EARLY)
        ]


def test_what_is_left_of_the_coach_is_no_command_but_a_person_over_it_is() -> None:
    person = resample(speech(2), VOICE_RATE_HZ, EAR_RATE_HZ)
    person[: 45 * EAR_BLOCK_SAMPLES] = 0
    ear = EchoCancellingEar(Parrot(), EchoCanceller(PerfectFilter()))
    told = [
        ear.process(heard, Listening(frozenset(), own=own))
        for heard, own in in_a_room(halving(0.1), speech(1), person)
    ]
    obeyed = [any(one.command for one in heard) for heard in told]
    assert not any(obeyed[25:45])
    assert {one.reason for heard in told[30:45] for one in heard} == {ECHO}
    assert all(obeyed[48:])


@pytest.mark.parametrize(
    ("every", "obeyed_at"),
    [
        (10, [39, 49, 59]),  # each taken for echo the first time, at 2.9 s, then said again
        (1, []),  # without a pause it is one utterance
    ],
)
def test_who_says_the_same_again_is_obeyed_however_softly(every: int, obeyed_at: list[int]) -> None:
    nobody = silence(60 * EAR_BLOCK_SAMPLES)
    ear = EchoCancellingEar(Parrot(every, insists=True), EchoCanceller(PerfectFilter()))
    obeyed = [
        any(one.command for one in ear.process(heard, Listening(frozenset(), own=own)))
        for heard, own in in_a_room(halving(0.1), speech(1), nobody)
    ]
    assert [block for block in range(30, len(obeyed)) if obeyed[block]] == obeyed_at


class Masking:
    """Takes all that it hears for the coach's own word, every second."""

    def __init__(self, reason: str) -> None:
        self.blocks = 0
        self.reason = reason

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self.blocks += 1
        if self.blocks % 10:
            return []
        now = self.blocks * 0.1
        said = Meaning(Command("next"), sentence="weiter")
        times = now - 0.3, now, now
        return [
            Heard(None, "weiter", 1.0, *times, Decision.EARLY, reason=self.reason, meaning=said)
        ]


def unmasked(reason: str, room: Room, person: Pcm | None = None) -> list[Command | str]:
    """Return what becomes of a masked word, once the room is known."""
    ear = EchoCancellingEar(Masking(reason), None)
    heard: list[Heard] = []
    spoken = speech(1)
    spoken[: 5 * VOICE_BLOCK_SAMPLES] = 0  # a moment in which the room is quiet
    for block, own in in_a_room(room, spoken, person):
        heard += ear.process(block, Listening(frozenset(), own=own))
    return [one.command or one.reason for one in heard[3:]]


@pytest.mark.parametrize("reason", [MASKED, TALKED_OVER])
def test_where_no_echo_is_heard_nothing_is_masked(reason: str) -> None:
    assert set(unmasked(reason, Room())) == {Command("next")}


@pytest.mark.parametrize("reason", [MASKED, TALKED_OVER])
def test_what_is_as_soft_as_the_echo_stays_masked(reason: str) -> None:
    soft = Room(echo=Echo(level=-20, delay=0.1))
    assert set(unmasked(reason, soft)) == {MASKED}


@pytest.mark.parametrize(("reason", "heard"), [(MASKED, TALKED_OVER), (TALKED_OVER, "next")])
def test_a_person_louder_than_the_echo_is_obeyed_behind_the_word(reason: str, heard: str) -> None:
    person = resample(speech(2), VOICE_RATE_HZ, EAR_RATE_HZ)
    person[: 45 * EAR_BLOCK_SAMPLES] = 0
    outcomes = unmasked(reason, Room(echo=Echo(level=-20, delay=0.1)), person)
    assert str(outcomes[-1]) == heard


class TestSpeex:
    """The real filter, where pyaec is installed."""

    @pytest.fixture
    def canceller(self) -> EchoCanceller:
        pytest.importorskip("pyaec")
        from skill.ear.echo_speex import SpeexFilter

        return EchoCanceller(SpeexFilter())

    def test_it_learns_a_room(self, canceller: EchoCanceller) -> None:
        room = Room(echo=Echo(level=0.0, delay=0.2), response=reverberation(0.3))
        blocks = [
            (heard, canceller.process(heard, own)) for heard, own in in_a_room(room, speech(1, 120))
        ]
        assert reduction_db(blocks[100:]) > 15

    def test_it_leaves_the_person_over_the_coach(self, canceller: EchoCanceller) -> None:
        own = speech(1, 120)
        person = resample(speech(2, 120), VOICE_RATE_HZ, EAR_RATE_HZ)
        person[: 100 * EAR_BLOCK_SAMPLES] = 0
        room = Room(echo=Echo(level=0.0, delay=0.2), response=reverberation(0.3))
        cleaned = [canceller.process(heard, own) for heard, own in in_a_room(room, own, person)]
        left = np.concatenate(cleaned)[100 * EAR_BLOCK_SAMPLES :].astype(float)
        said = person[100 * EAR_BLOCK_SAMPLES :].astype(float)
        assert np.corrcoef(left, said)[0, 1] > 0.9
        assert level(left - said) < 0.5 * level(said)
