import contextlib
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from skill.audio import live
from skill.audio.devices import Role
from skill.audio.live import BACK, Link, run_live
from skill.errors import AudioError
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Pcm
from tests.audio.fake_card import FakeCard

PATIENCE = 600


class CountingSession:
    """Answers its n-th block with the number n, and is finished after the last."""

    def __init__(self, blocks: int, then: Callable[[int], None] = lambda _: None) -> None:
        self.heard: list[Pcm] = []
        self.told: list[Pcm | None] = []
        self._blocks = blocks
        self._then = then

    @property
    def finished(self) -> bool:
        return len(self.heard) == self._blocks

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        self.heard.append(block)
        self.told.append(played)
        self._then(len(self.heard))
        return np.full(VOICE_BLOCK_SAMPLES, len(self.heard), dtype=np.int16)

    def lost(self, audible: bool) -> bool:
        raise AssertionError("nothing is lost here")

    def back(self) -> None:
        raise AssertionError("nothing was lost here")


class Told:
    """What a link tells: devices lost (each followed by what it was answered), and BACK."""

    def __init__(self, speaks: bool = False) -> None:
        self.news: list[frozenset[Role] | str] = []
        self._speaks = speaks

    def lost(self, roles: frozenset[Role]) -> bool:
        self.news.append(roles)
        return self._speaks

    def back(self) -> None:
        self.news.append(BACK)


def linked(card: FakeCard, told: Told, names: tuple[str | None, str | None] = (None, None)) -> Link:
    return Link(card, *names, told.lost, told.back, card.clock)


def no_status(sentence: str) -> None:
    raise AssertionError(f"said without need: {sentence}")


def test_what_is_heard_is_answered_until_the_last_word_is_out(card: FakeCard) -> None:
    session = CountingSession(12)
    card.most_delivered = 12 * EAR_BLOCK_SAMPLES
    report = run_live(session, None, None, no_status, card=card)
    heard = np.concatenate(session.heard)
    assert np.array_equal(heard, np.arange(12 * EAR_BLOCK_SAMPLES) % 30_000)
    played = np.concatenate(card.played)
    assert [np.count_nonzero(played == number) for number in range(1, 13)] == [
        VOICE_BLOCK_SAMPLES
    ] * 12
    assert (report.microphone, report.speaker, report.blocks) == ("Mic", "Box", 12)
    assert report.lost_blocks == report.reconnections == 0
    assert session.told[0] is None
    told = np.concatenate([one for one in session.told if one is not None])
    assert np.array_equal(told, played[: told.size]), "the session knows what was played"


def test_it_can_be_stopped_from_outside(card: FakeCard) -> None:
    stop = threading.Event()
    session = CountingSession(1_000, then=lambda count: stop.set() if count == 3 else None)
    assert run_live(session, None, None, no_status, stop=stop, card=card).blocks == 3


def test_ctrl_c_closes_the_devices(card: FakeCard) -> None:
    def interrupt(count: int) -> None:
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_live(CountingSession(1_000, then=interrupt), None, None, no_status, card=card)
    assert all(stream.closed for stream in card.everything_opened)


@pytest.mark.parametrize(("missing", "role"), [(0, "microphone"), (1, "speaker")])
def test_a_session_cannot_begin_without_both(card: FakeCard, missing: int, role: str) -> None:
    del card.listed[missing]
    with pytest.raises(AudioError, match="Ich finde kein") as failure:
        run_live(CountingSession(1), None, None, no_status, card=card)
    assert failure.value.code == f"no-{role}"


def test_a_speaker_that_cannot_be_opened_lets_the_microphone_go(card: FakeCard) -> None:
    card.open_speaker = lambda _: (_ for _ in ()).throw(AudioError("It is busy."))  # type: ignore[method-assign]
    with pytest.raises(AudioError, match="busy"):
        run_live(CountingSession(1), None, None, no_status, card=card)


@pytest.mark.parametrize("role", list(Role))
def test_the_session_waits_for_a_device_that_stops_working(card: FakeCard, role: Role) -> None:
    told = Told()
    link = linked(card, told)
    with contextlib.closing(link):
        link.open()
        assert wait_for_block(link)
        card.working.remove(role)
        wait_until(link, lambda: bool(told.news))
        assert told.news == [{role}]
        card.working.add(role)
        wait_until(link, lambda: len(told.news) > 1)
        assert told.news == [{role}, BACK]
        assert wait_for_block(link)
    assert link.report.reconnections == 1
    assert card.refreshed >= 1


def test_it_keeps_trying_while_the_device_is_not_even_listed(card: FakeCard) -> None:
    told = Told()
    link = linked(card, told, ("mic", "box"))
    with contextlib.closing(link):
        link.open()
        assert wait_for_block(link)
        microphone = card.listed.pop(0)
        card.working.remove(Role.MICROPHONE)
        wait_until(link, lambda: card.refreshed >= 2)
        assert told.news == [{Role.MICROPHONE}]
        card.listed.append(microphone)
        card.working.add(Role.MICROPHONE)
        wait_until(link, lambda: len(told.news) > 1)
        assert told.news[1] == BACK


def test_whatever_keeps_the_devices_away_it_tries_again_only_after_a_pause(
    card: FakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def fail() -> None:
        tries.append(card.now)
        raise OSError("No space left on device")

    link = linked(card, Told())
    with contextlib.closing(link), monkeypatch.context() as full:
        link.open()
        assert wait_for_block(link)
        full.setattr(card, "refresh", fail)
        card.working.remove(Role.MICROPHONE)
        wait_until(link, lambda: len(tries) >= 3)
    pauses = np.diff(tries)
    assert pauses[0] >= 0.5
    assert pauses[1] >= 1.0


def test_a_device_that_opens_but_stays_silent_is_not_called_back(card: FakeCard) -> None:
    told = Told()
    link = linked(card, told)
    with contextlib.closing(link):
        link.open()
        assert wait_for_block(link)
        card.working.remove(Role.MICROPHONE)
        wait_until(link, lambda: len(card.everything_opened) >= 6)
        assert told.news == [{Role.MICROPHONE}]
        assert link.report.reconnections == 0


def test_a_sound_system_that_hangs_keeps_nobody_from_ending(
    card: FakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_CLOSING_SECONDS", 0.1)
    told = Told()
    link = linked(card, told)
    link.open()
    assert wait_for_block(link)
    card.can_close.clear()
    card.working.clear()
    wait_until(link, lambda: bool(told.news))
    assert link.next_block() is None
    link.close()
    assert card.abandoned
    assert card.refreshed == 0, "not while the streams are open"
    card.can_close.set()
    while not all(stream.closed for stream in card.everything_opened):
        time.sleep(0.01)


def wait_for_block(link: Link) -> bool:
    return any(link.next_block() is not None for _ in range(PATIENCE))


def wait_until(link: Link, happened: Callable[[], bool]) -> None:
    assert any(happened() or (link.next_block() is None and happened()) for _ in range(PATIENCE))
