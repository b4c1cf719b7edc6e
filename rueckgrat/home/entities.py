"""What Home Assistant shows of a trainer: the message of its device discovery.

The form is Home Assistant's own, since 2024.11: one retained message for each device, see
https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload. Pure.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from rueckgrat.home.standing import STATE_WORDS, Happening
from rueckgrat.home.topics import TrainerTopics
from skill import __version__
from skill.coach.dial import GAINS_DB

QUALITY = 1
"""MQTT's quality of service: at least once."""


def device_name(room: str) -> str:
    """Return how the trainer is called in Home Assistant."""
    return f"Rückgrat {room}".strip()


def discovery(topics: TrainerTopics, room: str, programmes: Sequence[str]) -> dict[str, Any]:
    """Return the discovery message of a trainer in this room (which may have no name)."""
    device = {
        "identifiers": [topics.device],
        "name": device_name(room),
        "manufacturer": "Rückgrat",
        "model": "Rückentrainer",
        "sw_version": __version__,
    }
    if room:
        device["suggested_area"] = room
    return {
        "device": device,
        "origin": {"name": "rueckgrat", "sw_version": __version__},
        "availability": [{"topic": topics.availability}],
        "qos": QUALITY,
        "components": {
            key: {
                "platform": platform,
                "unique_id": f"{topics.device}_{key}",
                "default_entity_id": f"{platform}.{topics.device}_{key}",
                "name": name,
                **more,
            }
            for platform, key, name, more in _entities(topics, programmes)
        },
    }


_Entity = tuple[str, str, str, dict[str, Any]]


def _entities(topics: TrainerTopics, programmes: Sequence[str]) -> Iterable[_Entity]:
    """Yield platform, key, German name and the rest of every entity."""
    yield from _sensors(topics)
    for key, name, icon in (
        ("pause", "Pause", "mdi:pause"),
        ("next", "Weiter", "mdi:play"),
        ("stop", "Stopp", "mdi:stop"),
        ("repeat", "Wiederholen", "mdi:repeat"),
    ):
        yield "button", key, name, {"command_topic": topics.command(key), "icon": icon}
    yield (
        "select",
        "programme",
        "Programm",
        _shown(topics, "{{ value_json.programme }}")
        | {"command_topic": topics.command("programme"), "options": [*programmes]},
    )
    yield (
        "switch",
        "mute",
        "Mikrofon aus",
        _yes_no(topics, "muted")
        | {"command_topic": topics.command("mute"), "icon": "mdi:microphone-off"},
    )
    yield (
        "number",
        "volume",
        "Lautstärke",
        _shown(topics, "{{ value_json.volume }}")
        | {
            "command_topic": topics.command("volume"),
            "min": GAINS_DB[0],
            "max": GAINS_DB[-1],
            "step": GAINS_DB[1] - GAINS_DB[0],
            "unit_of_measurement": "dB",
            "icon": "mdi:volume-high",
        },
    )
    yield "notify", "say", "Durchsage", {"command_topic": topics.command("say")}
    kinds = {"event_types": [one.value for one in Happening], "icon": "mdi:bell"}
    yield "event", "event", "Ereignis", {"state_topic": topics.event, **kinds}


def _sensors(topics: TrainerTopics) -> Iterable[_Entity]:
    words = {"device_class": "enum", "options": [*dict.fromkeys(STATE_WORDS.values())]}
    yield "sensor", "state", "Zustand", _shown(topics, "{{ value_json.state }}") | words
    yield (
        "sensor",
        "person",
        "Person",
        _shown(topics, "{{ value_json.person }}") | {"icon": "mdi:account"},
    )
    yield (
        "sensor",
        "exercise",
        "Übung",
        _shown(topics, "{{ value_json.exercise }}") | {"icon": "mdi:yoga"},
    )
    yield (
        "sensor",
        "repetition",
        "Wiederholung",
        _shown(topics, "{{ value_json.repetition }}")
        | {
            "json_attributes_topic": topics.state,
            "json_attributes_template": (
                "{{ {'of': value_json.repetitions, 'side': value_json.side} | tojson }}"
            ),
            "icon": "mdi:counter",
        },
    )
    yield (
        "sensor",
        "week",
        "Trainings diese Woche",
        _shown(topics, "{{ value_json.week }}")
        | {"state_class": "measurement", "icon": "mdi:calendar-week"},
    )
    listening = {"icon": "mdi:ear-hearing"}
    yield "binary_sensor", "listening", "Hört zu", _yes_no(topics, "listening") | listening
    running = {"device_class": "running"}
    yield "binary_sensor", "training", "Training", _yes_no(topics, "training") | running
    problem = {"device_class": "problem", "entity_category": "diagnostic"}
    yield "binary_sensor", "problem", "Störung", _yes_no(topics, "problem") | problem


def _shown(topics: TrainerTopics, template: str) -> dict[str, Any]:
    return {"state_topic": topics.state, "value_template": template}


def _yes_no(topics: TrainerTopics, field: str) -> dict[str, Any]:
    return _shown(topics, f"{{{{ 'ON' if value_json.{field} else 'OFF' }}}}")
