"""docs/home-assistant.md shows every topic with what is really sent there."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rueckgrat.home.entities import discovery
from rueckgrat.home.standing import STATE_WORDS, Happening
from rueckgrat.home.topics import BIRTH, HouseholdTopics, TrainerTopics
from skill.messages.events import StateEntered
from skill.settings.home import HomeConnection
from tests.home.test_standing import BEGAN, REPETITION, TITLES, standing

PAGE = (Path(__file__).parents[2] / "docs" / "home-assistant.md").read_text(encoding="utf-8")
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
