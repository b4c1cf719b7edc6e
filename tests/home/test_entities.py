"""The discovery message, field by field against the schemas that Home Assistant publishes.

Fields are those of homeassistant/components/mqtt (schemas.py and one file for each platform), where
a field that is not listed is an error for a device, and dropped without a word for an entity.
"""

import json
import re
from typing import Any

import pytest

from rueckgrat.home.entities import discovery
from rueckgrat.home.standing import STATE_WORDS, Happening, Standing
from rueckgrat.home.topics import TrainerTopics
from rueckgrat.home.wishes import Wishes
from skill.coach.dial import GAINS_DB
from skill.content.loader import load_content
from skill.messages.events import Snapshot, StateEntered

TOPICS = TrainerTopics("kinder-zimmer")
PROGRAMMES = ["Kurzes Rückentraining", "Entspannung"]
MESSAGE = discovery(TOPICS, "Kinder-Zimmer", PROGRAMMES)
COMPONENTS: dict[str, dict[str, Any]] = MESSAGE["components"]

DEVICE = {
    "identifiers",
    "connections",
    "manufacturer",
    "model",
    "model_id",
    "name",
    "hw_version",
    "serial_number",
    "sw_version",
    "via_device",
    "suggested_area",
    "configuration_url",
}
ORIGIN = {"name", "sw_version", "support_url"}
ROOT = {
    "device",
    "origin",
    "components",
    "availability",
    "state_topic",
    "command_topic",
    "qos",
    "encoding",
}
COMMON = {
    "platform",
    "unique_id",
    "default_entity_id",
    "name",
    "icon",
    "entity_category",
    "enabled_by_default",
    "json_attributes_topic",
    "json_attributes_template",
    "qos",
    "encoding",
}
READ = {"state_topic", "value_template"}
WRITE = {"command_topic", "command_template", "retain"}
BY_PLATFORM = {
    "sensor": READ
    | {
        "device_class",
        "state_class",
        "unit_of_measurement",
        "options",
        "expire_after",
        "force_update",
        "last_reset_value_template",
        "suggested_display_precision",
    },
    "binary_sensor": READ
    | {"device_class", "payload_on", "payload_off", "off_delay", "expire_after", "force_update"},
    "button": WRITE | {"device_class", "payload_press"},
    "select": READ | WRITE | {"options", "optimistic"},
    "switch": READ
    | WRITE
    | {"device_class", "payload_on", "payload_off", "state_on", "state_off", "optimistic"},
    "number": READ
    | WRITE
    | {
        "device_class",
        "min",
        "max",
        "step",
        "mode",
        "unit_of_measurement",
        "payload_reset",
        "optimistic",
    },
    "notify": set(WRITE),
    "event": READ | {"device_class", "event_types"},
}
NEEDED = {
    "sensor": {"state_topic"},
    "binary_sensor": {"state_topic"},
    "button": {"command_topic"},
    "select": {"command_topic", "options"},
    "switch": {"command_topic"},
    "number": {"command_topic"},
    "notify": {"command_topic"},
    "event": {"state_topic", "event_types"},
}


def test_the_device_has_the_fields_of_a_device() -> None:
    assert set(MESSAGE) <= ROOT
    assert {"device", "origin", "components"} <= set(MESSAGE)
    assert set(MESSAGE["device"]) <= DEVICE
    assert set(MESSAGE["origin"]) <= ORIGIN
    assert "name" in MESSAGE["origin"]
    assert MESSAGE["device"]["identifiers"]
    assert MESSAGE["availability"] == [{"topic": TOPICS.availability}]
    assert MESSAGE["qos"] in (0, 1, 2)
    assert re.fullmatch(r"homeassistant/device/[a-zA-Z0-9_-]+/config", TOPICS.discovery)


@pytest.mark.parametrize("key", COMPONENTS)
def test_an_entity_has_the_fields_of_its_platform(key: str) -> None:
    entity = COMPONENTS[key]
    platform = entity["platform"]
    assert set(entity) <= COMMON | BY_PLATFORM[platform]
    assert NEEDED[platform] <= set(entity)
    assert entity["unique_id"] == f"rueckgrat_kinder_zimmer_{key}"
    assert re.fullmatch(rf"{platform}\.[a-z0-9_]+", entity["default_entity_id"])
    assert re.fullmatch(r"mdi:[a-z-]+", entity.get("icon", "mdi:x"))
    for name in ("state_topic", "command_topic"):
        assert not set("+#") & set(entity.get(name, ""))


def test_everything_that_was_promised_is_there() -> None:
    kinds: dict[str, list[str]] = {}
    for key, entity in COMPONENTS.items():
        kinds.setdefault(entity["platform"], []).append(key)
    assert kinds == {
        "sensor": ["state", "person", "exercise", "repetition", "week"],
        "binary_sensor": ["listening", "training", "problem"],
        "button": ["pause", "next", "stop", "repeat"],
        "select": ["programme"],
        "switch": ["mute"],
        "number": ["volume"],
        "notify": ["say"],
        "event": ["event"],
    }


def test_templates_read_what_the_state_says() -> None:
    shown = Standing().shown({}, with_names=False)
    for entity in COMPONENTS.values():
        for name in ("value_template", "json_attributes_template"):
            for field in re.findall(r"value_json\.(\w+)", entity.get(name, "")):
                assert field in shown


def test_options_and_limits_are_those_that_come() -> None:
    assert set(COMPONENTS["state"]["options"]) == set(STATE_WORDS.values())
    assert COMPONENTS["event"]["event_types"] == [one.value for one in Happening]
    volume = COMPONENTS["volume"]
    steps = (volume["max"] - volume["min"]) / volume["step"]
    assert [volume["min"] + volume["step"] * one for one in range(int(steps) + 1)] == [*GAINS_DB]
    assert COMPONENTS["programme"]["options"] == PROGRAMMES


def test_what_can_be_pressed_is_understood() -> None:
    commands = load_content().commands
    for key, entity in COMPONENTS.items():
        if "command_topic" in entity:
            assert entity["command_topic"] == f"rueckgrat/kinder-zimmer/set/{key}"
        if entity["platform"] == "button":
            assert key in commands
            wishes = Wishes({})
            wishes.take(key, "PRESS")
            assert [str(one) for one in wishes.due(Snapshot(state="standby"))] == [key]


def test_the_message_is_small_and_says_nothing_of_people() -> None:
    text = json.dumps(MESSAGE, ensure_ascii=False)
    assert len(text.encode()) < 8000
    shown = Standing().after(StateEntered(0.0, "menu.ask")).shown({}, with_names=False)
    assert len(json.dumps(shown)) < 400


def test_without_a_room_there_is_no_area() -> None:
    device = discovery(TrainerTopics("4f2a"), "", [])["device"]
    assert device["name"] == "Rückgrat"
    assert "suggested_area" not in device
