"""docs/home-assistant.md shows every topic with what is really sent there."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from rueckgrat.home.entities import discovery
from rueckgrat.home.key import make_key
from rueckgrat.home.opening import trainer_id
from rueckgrat.home.standing import STATE_WORDS, Happening
from rueckgrat.home.topics import BIRTH, HouseholdTopics, TrainerTopics
from skill.messages.events import Remembered, StateEntered
from skill.messages.notes import HistoryEntry, SessionBegan
from skill.settings import load_settings
from skill.settings.home import HomeConnection
from tests.home.conftest import Room
from tests.home.test_standing import BEGAN, REPETITION, TITLES, standing
from workbench.broker import PASSWORDS, PROGRAM, Mosquitto, Watcher, until

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "home-assistant.md").read_text(encoding="utf-8")
GERMAN = (DOCS / "de" / "zuhause.md").read_text(encoding="utf-8")
ROOM = TrainerTopics("wohnzimmer")
MESSAGE = discovery(ROOM, "Wohnzimmer", [*TITLES.values()])
SHOWN = ("state", "pause")
"""The entities that the page shows in full."""


def examples() -> Iterator[tuple[str, str]]:
    some = {key: one for key, one in MESSAGE["components"].items() if key in SHOWN}
    text = json.dumps(MESSAGE | {"components": some}, ensure_ascii=False, indent=2)
    yield ROOM.discovery, text
    yield ROOM.availability, "online"
    now = standing(StateEntered(1.0, "exercise.repeat"), BEGAN, REPETITION)
    shown = replace(now, week=2).shown(TITLES, with_names=False)
    yield ROOM.state, json.dumps(shown, ensure_ascii=False)
    yield ROOM.event, json.dumps({"event_type": Happening.TRAINING_BEGAN.value})


def test_the_page_shows_what_is_sent() -> None:
    blocks = re.findall(r"(?ms)^`([^`\n]+)`[^\n]*:\n\n```\w*\n(.*?)\n```", PAGE)
    assert dict(blocks) == dict(examples()), "\n\n".join(f"{a}\n{b}" for a, b in examples())


def test_the_page_lists_every_entity_command_state_and_setting() -> None:
    rows = re.findall(r"(?m)^\| (\w+) \| (\w+) \| ([^|]+) \|", PAGE)
    entities = [(one["platform"], key, one["name"]) for key, one in MESSAGE["components"].items()]
    assert [row for row in rows if row in entities] == entities
    for word in (*STATE_WORDS.values(), *(one.value for one in Happening)):
        assert word in PAGE
    for name in HomeConnection.model_fields:
        assert f"`{name}`" in PAGE
    house = HouseholdTopics("HOUSE")
    for topic in (BIRTH, house.notes("ID"), house.month("ID", "2026-11"), ROOM.command("KEY")):
        assert f"`{topic.replace('wohnzimmer', 'ID')}`" in PAGE


@pytest.mark.parametrize("page", [PAGE, GERMAN], ids=["home-assistant.md", "zuhause.md"])
def test_the_settings_of_a_page_are_settings(page: str, tmp_path: Path) -> None:
    (block,) = re.findall(r"(?s)```toml\n(.*?)```", page)
    file = tmp_path / "settings.toml"
    file.write_text(block, encoding="utf-8")
    settings = load_settings(environment={}, file=file)
    assert settings.broker
    assert settings.broker.host == "homeassistant.local"
    assert settings.broker.user == "trainer"
    assert trainer_id(settings) == "wohnzimmer"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    """A broker with the rights that the page recommends."""
    if not PROGRAM or not PASSWORDS:
        pytest.skip("mosquitto is missing (Debian: apt install mosquitto)")
    folder = tmp_path / "broker"
    folder.mkdir()
    (rights,) = re.findall(r"(?s)```text\n(user trainer\n.*?)```", PAGE)
    broker = Mosquitto(folder, f"user all\ntopic readwrite #\n{rights}")
    broker.start()
    yield broker
    broker.kill()


def test_the_rights_of_the_page_are_enough(
    broker: Mosquitto, make_room: Callable[..., Room], tmp_path: Path
) -> None:
    make_key(tmp_path / "household.key")
    rooms = [make_room(name, mqtt_key=str(tmp_path / "household.key")) for name in ("bad", "flur")]
    rooms[0].history.add(HistoryEntry("anna", datetime.now(), SessionBegan()))
    rooms[0].tell(Remembered(1.0, "anna", SessionBegan()))
    until(lambda: len(rooms[1].history.rows()) == 1, "a note of the other room")
    watcher = Watcher(broker, *TrainerTopics("bad").of_device)
    until(lambda: len({one.topic for one in watcher.heard}) == 3, "what lies there")
    watcher.say(BIRTH, "online")  # it may not, so nothing comes of it
    watcher.say(TrainerTopics("bad").command("pause"), "PRESS")

    def paused() -> bool:
        rooms[0].block()
        return bool(rooms[0].pressed)

    until(paused, "a pause")
    assert len(watcher.payloads(TrainerTopics("bad").discovery)) == 1
    watcher.close()
