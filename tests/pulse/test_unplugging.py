"""Devices unplugged and plugged in again under a running session: how soon is it back?

The coach is real; what it says is hummed, and what it hears it is told.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from skill.audio.devices import Role
from skill.audio.live import BACK, LOST
from skill.audio.portaudio import PortAudio
from tests.audio.trainer import Trainer, running
from tests.pulse.virtual_room import (
    MICROPHONE,
    SPEAKER,
    UNPLUGGABLE,
    VirtualRoom,
    missing,
    running_room,
)

pytestmark = pytest.mark.pulse

BACK_SECONDS = 10.0  # two or three, and what a busy machine adds
BOTH = frozenset(Role)
ONLY_MICROPHONE = frozenset({Role.MICROPHONE})
ONLY_SPEAKER = frozenset({Role.SPEAKER})

AWAY_SECONDS = 3.0


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualRoom]:
    if missing():
        pytest.skip(f"no virtual sound devices: {missing()}")
    with running_room(tmp_path, UNPLUGGABLE) as room:
        for name, value in room.environment.items():
            monkeypatch.setenv(name, value)
        yield room


@pytest.fixture
def card(room: VirtualRoom) -> PortAudio:
    card = PortAudio()
    card.refresh()
    return card


@pytest.fixture
def trainer(card: PortAudio) -> Iterator[Trainer]:
    with running(Trainer(card, time.monotonic)) as trainer:
        trainer.lead_to("safety.ask")
        yield trainer


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def show(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}")

    return show


def goes_on(trainer: Trainer) -> None:
    """Take up the offer to go on, as a person does."""
    trainer.until(lambda: trainer.said[-1] == "paused.restored")
    assert trainer.session.state == "paused"
    trainer.hear("next")
    trainer.until_state("safety.ask")


@pytest.mark.parametrize(
    ("modules", "roles"),
    [((MICROPHONE,), ONLY_MICROPHONE), ((SPEAKER,), ONLY_SPEAKER), ((MICROPHONE, SPEAKER), BOTH)],
    ids=["microphone", "speaker", "both"],
)
def test_what_is_unplugged_and_plugged_in_again_is_back_soon(
    room: VirtualRoom,
    trainer: Trainer,
    show: Callable[[str], None],
    modules: tuple[str, ...],
    roles: frozenset[Role],
) -> None:
    start = time.monotonic()
    for module in modules:
        room.unload(module)
    trainer.until_state("paused")
    noticed = trainer.status[0][0] - start
    time.sleep(AWAY_SECONDS)
    (told,) = trainer.told  # only once, for a dummy is no device
    # On a busy machine both are not unloaded at once.
    assert told == LOST[roles] or (roles == BOTH and told == LOST[ONLY_MICROPHONE])
    assert trainer.said.count("paused.deaf") == (told == LOST[ONLY_MICROPHONE])
    since = time.monotonic()
    for module in modules:
        room.load(module)
    back = trainer.seconds_until_told(BACK, since)
    show(f"{', '.join(sorted(roles))}: noticed after {noticed:.2f} s, back after {back:.2f} s")
    assert back < BACK_SECONDS
    goes_on(trainer)


def test_a_sound_server_that_starts_anew_is_survived(
    room: VirtualRoom, trainer: Trainer, show: Callable[[str], None]
) -> None:
    start = time.monotonic()
    room.stop()
    noticed = trainer.seconds_until_told(LOST[BOTH], start)
    time.sleep(AWAY_SECONDS)
    room.start()
    back = trainer.seconds_until_told(BACK, since=time.monotonic())
    show(f"sound server: noticed after {noticed:.2f} s, back after {back:.2f} s")
    assert back < BACK_SECONDS
    goes_on(trainer)


def test_who_stays_waits_for_its_devices(
    room: VirtualRoom, card: PortAudio, show: Callable[[str], None]
) -> None:
    room.unload(MICROPHONE)
    room.unload(SPEAKER)
    with running(Trainer(card, time.monotonic, stays=True, waits=True)) as trainer:
        trainer.until(lambda: trainer.told == [LOST[BOTH]])
        room.load(SPEAKER)
        time.sleep(AWAY_SECONDS)
        assert trainer.told == [LOST[BOTH]]
        since = time.monotonic()
        room.load(MICROPHONE)
        back = trainer.seconds_until_told(BACK, since)
        trainer.until_state("standby")
        trainer.until(lambda: trainer.ear.blocks > 3)
    show(f"begun {back:.2f} s after the microphone was there")
    assert back < BACK_SECONDS


def test_many_losses_leave_no_thread_and_no_open_file(
    room: VirtualRoom, trainer: Trainer, show: Callable[[str], None]
) -> None:
    def lose_and_find() -> None:
        room.unload(SPEAKER)
        lost = time.monotonic()
        trainer.until(lambda: len(trainer.told) % 2 == 1)
        room.load(SPEAKER)
        trainer.seconds_until_told(BACK, lost)

    lose_and_find()
    threads, files = _threads(), _open_files()
    for _ in range(8):
        lose_and_find()
    # A thread that is about to end is none that was left.
    give_up = time.monotonic() + 10
    while _threads() > threads and time.monotonic() < give_up:
        time.sleep(0.05)
    show(f"threads {threads} → {_threads()}, files {files} → {_open_files()}")
    assert _threads() <= threads
    assert _open_files() <= files


def _threads() -> int:
    """Return how many there are; Python also counts those of PortAudio that have ended long ago."""
    return len(list(Path("/proc/self/task").iterdir()))


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
