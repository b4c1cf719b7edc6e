"""A broker, and trainers without sound at home on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rueckgrat.history import History, open_history
from rueckgrat.home.opening import made_home
from rueckgrat.home.trainer_at_home import TrainerAtHome
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Exchange, silence
from skill.messages.events import Event, StateEntered
from skill.messages.heard import Command
from skill.settings import Settings
from workbench import broker as mosquitto
from workbench.broker import PASSWORD, USER, Mosquitto, Watcher

TITLES = {"kurz": "Kurzes Rückentraining", "entspannung": "Entspannung"}


@dataclass
class Room:
    """A trainer: what a session would tell its home is told by the test."""

    home: TrainerAtHome
    history: History
    pressed: list[Command]
    complaints: list[str] = field(default_factory=list)
    _blocks: int = 0

    def tell(self, *events: Event) -> None:
        for event in events:
            self.home.add(event)
        self.block()

    def block(self) -> None:
        self._blocks += 1
        heard, played = silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES)
        self.home.after_block(Exchange(self._blocks * 0.1, heard, played))


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    if not mosquitto.PROGRAM or not mosquitto.PASSWORDS:
        pytest.skip("mosquitto is missing (Debian: apt install mosquitto)")
    folder = tmp_path / "broker"
    folder.mkdir()
    broker = Mosquitto(folder)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def watcher(broker: Mosquitto) -> Iterator[Watcher]:
    watcher = Watcher(broker, "#")
    yield watcher
    watcher.close()


@pytest.fixture
def make_room(broker: Mosquitto, tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """Return what opens a trainer's home on the broker, with settings besides the usual."""
    rooms: list[Room] = []

    def make(name: str, **settings: object) -> Room:
        password = tmp_path / "password"
        password.write_text(f"{PASSWORD}\n", encoding="utf-8")
        usual = {
            "mqtt": f"mqtts://{USER}@127.0.0.1:{broker.port}",
            "mqtt_password_file": str(password),
            "mqtt_ca": str(broker.ca),
            "mqtt_id": name,
        }
        history = open_history(tmp_path / f"{name}.db")
        pressed: list[Command] = []
        complaints: list[str] = []
        chosen = Settings.model_validate(usual | settings)
        home = made_home(chosen, pressed.append, history, TITLES, complaints.append)
        room = Room(home, history, pressed, complaints)
        room.tell(StateEntered(0.1, "standby"))
        home.open()
        rooms.append(room)
        return room

    yield make
    for room in rooms:
        room.home.close()
        room.history.close()
