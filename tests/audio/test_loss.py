"""Devices that come and go under a session: the coach is real, the card and its clock are not."""

import random
import threading
from collections.abc import Iterator

import pytest

from skill.audio import live, streams
from skill.audio.devices import Device, Role
from skill.audio.live import BACK, LOST
from skill.errors import AudioError, NoSoundLibraryError
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ
from skill.messages.events import StateEntered
from tests.audio.fake_card import FakeCard, running_card
from tests.audio.trainer import Trainer, running

BOTH = frozenset(Role)
SPEAKER = frozenset({Role.SPEAKER})
MICROPHONE = frozenset({Role.MICROPHONE})
LOSSES = [MICROPHONE, SPEAKER, BOTH]
NAMES = {MICROPHONE: "microphone", SPEAKER: "speaker", BOTH: "both"}
TRAINING = ["exercise.position", "exercise.repeat", "exercise.rest"]

AGAIN_SECONDS = 5.0
"""A device that is back must be in use after so long."""


@pytest.fixture(autouse=True)
def _short_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The card's clock is fast; so are the looks at it."""
    monkeypatch.setattr(live, "TICK_SECONDS", 0.001)
    monkeypatch.setattr(streams, "TICK_SECONDS", 0.001)


@pytest.fixture
def trainer(card: FakeCard) -> Iterator[Trainer]:
    with running(Trainer(card, card.clock)) as trainer:
        yield trainer


def take_away(card: FakeCard, roles: frozenset[Role]) -> None:
    card.working -= roles
    card.listed = [one for one in card.listed if not any(one.channels(role) for role in roles)]


def bring_back(card: FakeCard, roles: frozenset[Role]) -> float:
    """Plug the devices in again; return when."""
    both = FakeCard().listed
    card.listed = [*card.listed, *(one for one in both if one not in card.listed)]
    card.working |= roles
    return card.now


def wait_in_vain(card: FakeCard, trainer: Trainer, seconds: float) -> None:
    """Wait on the card's clock, which runs faster meanwhile."""
    end, step = card.now + seconds, card.step_seconds
    card.step_seconds = 0.25
    trainer.until(lambda: card.now > end)
    card.step_seconds = step


@pytest.mark.parametrize("roles", LOSSES, ids=lambda roles: NAMES[roles])
@pytest.mark.parametrize("state", TRAINING)
def test_a_loss_pauses_and_its_end_offers_to_go_on(
    card: FakeCard, trainer: Trainer, state: str, roles: frozenset[Role]
) -> None:
    trainer.lead_to(state)
    take_away(card, roles)
    trainer.until(lambda: bool(trainer.told))
    assert trainer.told == [LOST[roles]]
    trainer.until_state("paused")
    wait_in_vain(card, trainer, 10)
    assert trainer.said.count("paused.deaf") == (roles == MICROPHONE)
    seconds = trainer.seconds_until_told(BACK, since=bring_back(card, roles))
    assert seconds < AGAIN_SECONDS
    trainer.until(lambda: trainer.said[-1] == "paused.restored")
    assert trainer.session.state == "paused"
    trainer.hear("next")
    trainer.until_state(state)
    assert trainer.told == [LOST[roles], BACK]


def test_the_spoken_sentence_is_heard_to_its_end(card: FakeCard, trainer: Trainer) -> None:
    trainer.lead_to("exercise.rest")
    take_away(card, MICROPHONE)
    trainer.until_state("paused")
    played = len(card.played)
    trainer.until(lambda: card.open[Role.SPEAKER].closed)
    (said,) = [event for event in trainer.events if getattr(event, "line", "") == "paused.deaf"]
    heard = sum(int((frames != 0).sum()) for frames in card.played[played:])
    assert said.end_seconds is not None
    assert heard / VOICE_RATE_HZ == pytest.approx(said.end_seconds - said.seconds, abs=0.25)


@pytest.mark.parametrize("roles", LOSSES, ids=lambda roles: NAMES[roles])
def test_without_sound_the_clock_of_the_coach_stands_still(
    card: FakeCard, trainer: Trainer, roles: frozenset[Role]
) -> None:
    trainer.lead_to("exercise.rest")
    before = trainer.session.now_seconds
    take_away(card, roles)
    trainer.until(lambda: card.open[Role.MICROPHONE].closed)
    wait_in_vain(card, trainer, 300)
    told = trainer.session.now_seconds - before
    assert told < (5 if roles == MICROPHONE else 1), "no more than the sentence that tells of it"
    assert trainer.session.state == "paused", "patience would be over"


def test_in_standby_nobody_is_woken_by_a_loss(card: FakeCard) -> None:
    with running(Trainer(card, card.clock, stays=True)) as trainer:
        trainer.until(lambda: trainer.ear.blocks > 3)
        take_away(card, MICROPHONE)
        trainer.until(lambda: bool(trainer.told))
        seconds = trainer.seconds_until_told(BACK, since=bring_back(card, MICROPHONE))
        blocks = trainer.ear.blocks
        trainer.until(lambda: trainer.ear.blocks > blocks + 10)
        assert trainer.session.state == "standby"
        assert trainer.said == []
        trainer.hear("wake")
        trainer.until_state("welcome")
    assert seconds < AGAIN_SECONDS


def test_a_speaker_that_goes_after_the_microphone_stops_the_sentence(
    card: FakeCard, trainer: Trainer
) -> None:
    trainer.lead_to("exercise.rest")
    take_away(card, MICROPHONE)
    trainer.until_state("paused")
    take_away(card, SPEAKER)
    trainer.until(lambda: card.open[Role.SPEAKER].closed)
    seconds = trainer.seconds_until_told(BACK, since=bring_back(card, BOTH))
    assert seconds < AGAIN_SECONDS
    assert trainer.told == [LOST[MICROPHONE], BACK]


@pytest.mark.parametrize("role", Role)
def test_a_stream_that_was_moved_elsewhere_is_lost_at_once(
    card: FakeCard, trainer: Trainer, role: Role
) -> None:
    trainer.lead_to("exercise.rest")
    before = card.now
    card.astray = {role}
    trainer.until(lambda: bool(trainer.told))
    assert trainer.told == [LOST[frozenset({role})]]
    assert trainer.status[0][0] - before < 1.0
    wait_in_vain(card, trainer, 20)
    assert trainer.told == [LOST[frozenset({role})]], "a dummy is not the device"
    since = card.now
    card.astray = set()
    assert trainer.seconds_until_told(BACK, since) < AGAIN_SECONDS


def test_a_device_may_come_back_with_another_number_and_rate(
    card: FakeCard, trainer: Trainer
) -> None:
    trainer.lead_to("exercise.rest")
    take_away(card, BOTH)
    trainer.until(lambda: bool(trainer.told))
    since = card.now
    card.listed = [
        Device("Other", 0, 8_000, 0, 2),
        Device("Box", 5, 2 * VOICE_RATE_HZ, 0, 1, SPEAKER),
        Device("Mic", 7, 2 * EAR_RATE_HZ, 1, 0, MICROPHONE),
    ]
    card.working |= BOTH
    assert trainer.seconds_until_told(BACK, since) < AGAIN_SECONDS
    trainer.hear("next")
    trainer.until_state("exercise.rest")
    assert card.open[Role.SPEAKER].rate_hz == 2 * VOICE_RATE_HZ
    assert card.open[Role.MICROPHONE].rate_hz == 2 * EAR_RATE_HZ


def test_who_waits_begins_when_the_devices_come(
    card: FakeCard, caplog: pytest.LogCaptureFixture
) -> None:
    take_away(card, BOTH)
    with running(Trainer(card, card.clock, stays=True, waits=True)) as trainer:
        trainer.until(lambda: bool(trainer.told))
        wait_in_vain(card, trainer, 60)
        assert trainer.told == [LOST[BOTH]]
        assert trainer.ear.blocks == 0
        tries = card.refreshed
        assert 15 <= tries <= 30, "a try every 3 s"
        seconds = trainer.seconds_until_told(BACK, since=bring_back(card, BOTH))
        trainer.until_state("standby")
        trainer.until(lambda: trainer.ear.blocks > 3)
    assert seconds < AGAIN_SECONDS
    assert trainer.error is None
    warned = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert len(warned) == 1, "not every 3 s"
    assert "Ich finde kein Mikrofon" in warned[0]


def test_who_waits_for_nothing_says_nothing(card: FakeCard) -> None:
    with running(Trainer(card, card.clock, waits=True)) as trainer:
        trainer.until_state("welcome")
    assert trainer.told == []
    assert trainer.report
    assert trainer.report.reconnections == 0


def test_waiting_for_a_library_would_be_in_vain(
    card: FakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise NoSoundLibraryError("The sound library PortAudio is missing.")

    monkeypatch.setattr(card, "refresh", missing)
    trainer = Trainer(card, card.clock, waits=True)
    with running(trainer):
        trainer.until_it_ends()
    assert isinstance(trainer.error, AudioError)


@pytest.mark.slow
def test_fifty_losses_leave_nothing_behind() -> None:
    chance = random.Random(5)
    threads = threading.active_count()
    with running_card() as card:
        with running(Trainer(card, card.clock, stays=True, waits=True)) as trainer:
            trainer.until(lambda: trainer.ear.blocks > 3)
            for number in range(1, 51):
                trainer.hear(chance.choice(["wake", "next", "yes", "all", "pause", "done", "stop"]))
                wait_in_vain(card, trainer, chance.uniform(0, 3))
                roles = chance.choice(LOSSES)
                if chance.random() < 0.5:
                    card.astray = set(roles)
                else:
                    take_away(card, roles)
                trainer.until(lambda n=number: len(trainer.told) == 2 * n - 1)  # type: ignore[misc]
                wait_in_vain(card, trainer, chance.uniform(0, 5))
                card.astray = set()
                bring_back(card, roles)
                trainer.until(lambda n=number: len(trainer.told) == 2 * n)  # type: ignore[misc]
                still_open = [one for one in card.everything_opened if not one.closed]
                assert len(still_open) == 2
                assert sum(not watch.closed for watch in card.watches) == 1
                assert threading.active_count() <= threads + 3, "card, trainer, a background task"
        assert trainer.report
        assert trainer.report.reconnections == 50
        assert all(one.closed for one in card.everything_opened)
    assert threading.active_count() == threads
    assert {event.state for event in trainer.events if isinstance(event, StateEntered)} > {"paused"}
