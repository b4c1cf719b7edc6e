"""A trainer at home on a real broker, with TLS and passwords."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rueckgrat.home.key import make_key
from rueckgrat.home.topics import BIRTH, TrainerTopics
from skill.buttons import ANNOUNCE
from skill.content.loader import load_content
from skill.messages.events import (
    ExerciseBegan,
    Remembered,
    RepetitionBegan,
    StateEntered,
    VolumeSet,
)
from skill.messages.heard import Command
from skill.messages.notes import HistoryEntry, Note, PlanAt, SessionBegan, TempoChosen
from skill.trainer import _Known
from tests.coach.stage import EVENING, stage_for
from tests.history.entries import numbered
from tests.home.bus import write_down
from tests.home.conftest import Room
from workbench.broker import Mosquitto, Watcher, until

CONTENT = load_content()
KITCHEN = TrainerTopics("kueche")
BEGAN = ExerciseBegan(1.0, "bruecke", "Brücke", 8, (), "normal", 90.0, 1, 3, "kurz")

Make = Callable[..., Room]


def _states(watcher: Watcher, topics: TrainerTopics = KITCHEN) -> list[dict[str, Any]]:
    return [json.loads(one) for one in watcher.payloads(topics.state)]


def test_a_trainer_makes_itself_known_and_shows_what_it_does(
    make_room: Make, watcher: Watcher
) -> None:
    room = make_room("Küche")
    until(lambda: _states(watcher), "a state")
    (known,) = watcher.payloads(KITCHEN.discovery)
    assert json.loads(known)["device"]["name"] == "Rückgrat Küche"
    assert watcher.payloads(KITCHEN.availability) == ["online"]
    assert _states(watcher)[-1]["state"] == "bereit"

    room.tell(StateEntered(1.0, "exercise.repeat"), BEGAN, RepetitionBegan(1, "", "", 3, 8, 9.0))
    until(lambda: _states(watcher)[-1]["repetition"] == 3, "a repetition")
    until(lambda: watcher.payloads(KITCHEN.event), "an event")
    assert watcher.payloads(KITCHEN.event) == ['{"event_type": "training_began"}']
    assert _states(watcher)[-1]["exercise"] == "Brücke"


def test_what_is_retained_is_what_should_be(make_room: Make, broker: Mosquitto) -> None:
    room = make_room("Küche")
    room.tell(StateEntered(1.0, "exercise.repeat"))
    until(lambda: room.home._shown, "a state")
    late = Watcher(broker, "#")
    until(lambda: len({one.topic for one in late.heard}) == 3, "what lies there")
    late.close()
    assert {one.topic for one in late.heard if one.retain} == {*KITCHEN.of_device}


def test_what_is_wished_is_done_with_the_next_block(make_room: Make, watcher: Watcher) -> None:
    room = make_room("Küche")
    until(lambda: _states(watcher), "a state")
    for name, payload in (("next", "PRESS"), ("mute", "ON"), ("volume", "4"), ("say", "Hallo!")):
        watcher.say(KITCHEN.command(name), payload)

    def all_done() -> bool:
        room.block()
        return len(room.pressed) >= 4

    until(all_done, "four commands")
    wished = {str(Command("next")), "mute", "louder", str(Command(ANNOUNCE, "Hallo!"))}
    assert {*map(str, room.pressed)} == wished
    room.tell(VolumeSet(1.0, 4.0))
    until(lambda: _states(watcher)[-1]["volume"] == 4.0, "the volume")


def test_a_command_that_lay_on_the_broker_is_nobodys_wish(
    make_room: Make, watcher: Watcher
) -> None:
    watcher.say(KITCHEN.command("stop"), "PRESS", retained=True)
    room = make_room("Küche")
    until(lambda: _states(watcher), "a state")
    watcher.say(KITCHEN.command("pause"), "PRESS")

    def paused() -> bool:
        room.block()
        return bool(room.pressed)

    until(paused, "a pause")
    assert room.pressed == [Command("pause")]


def test_a_mistake_of_ours_does_not_end_the_line(make_room: Make, watcher: Watcher) -> None:
    room = make_room("Küche")
    until(lambda: _states(watcher), "a state")
    usual = room.home.message

    def failing(*given: Any) -> None:
        if given[1] == b"mistake":
            raise RuntimeError
        usual(*given)

    room.home.line._on_message = failing  # type: ignore[attr-defined]
    watcher.say(KITCHEN.command("pause"), "mistake")
    watcher.say(KITCHEN.command("pause"), "PRESS")

    def paused() -> bool:
        room.block()
        return bool(room.pressed)

    until(paused, "a pause")
    assert room.home.line.is_up


def test_home_assistant_starts_anew_and_is_told_everything(
    make_room: Make, watcher: Watcher
) -> None:
    make_room("Küche")
    until(lambda: _states(watcher), "a state")
    watcher.say(BIRTH, "online")
    until(lambda: len(_states(watcher)) == 2, "the state again")
    assert len(watcher.payloads(KITCHEN.discovery)) == 2


def test_a_trainer_that_dies_is_offline_and_comes_back(make_room: Make, watcher: Watcher) -> None:
    room = make_room("Küche")
    until(lambda: _states(watcher), "a state")
    room.home.line._client.socket().close()  # type: ignore[attr-defined]
    until(lambda: "offline" in watcher.payloads(KITCHEN.availability), "the last will")
    until(lambda: watcher.payloads(KITCHEN.availability)[-1] == "online", "the way back")


def test_a_trainer_that_ends_says_so(make_room: Make, watcher: Watcher) -> None:
    room = make_room("Küche")
    until(lambda: _states(watcher), "a state")
    room.home.close()
    until(lambda: watcher.payloads(KITCHEN.availability) == ["online", "offline"], "goodbye")


def test_a_broker_that_dies_holds_nothing_up_and_is_told_everything_anew(
    make_room: Make, broker: Mosquitto
) -> None:
    room = make_room("Küche")
    until(lambda: room.home._shown, "a state")
    broker.kill()
    until(lambda: not room.home.line.is_up, "no broker")
    begun = time.perf_counter()
    for second in range(300):
        room.tell(StateEntered(second, ("standby", "exercise.repeat")[second % 2]))
    assert (time.perf_counter() - begun) / 300 < 0.02  # whatever else the machine does
    assert len(room.home._happened) <= 64
    broker.start()
    watcher = Watcher(broker, "#")
    until(lambda: _states(watcher), "the state, on a broker that knew nothing")
    watcher.close()
    assert _states(watcher)[-1]["state"] == "Übung"
    assert watcher.payloads(KITCHEN.availability)[-1] == "online"
    assert watcher.payloads(KITCHEN.discovery)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"mqtt_password_file": "", "mqtt_password": "falsch"}, "lässt er mich nicht herein"),
        ({"mqtt_ca": ""}, "Sein Zertifikat kenne ich nicht"),
        ({"mqtt": "mqtt://trainer@nirgends.invalid"}, "Diesen Namen kennt das Netz nicht"),
        ({"mqtt": "mqtt://trainer@127.0.0.1:1", "mqtt_ca": ""}, "dort nimmt niemand an"),
    ],
)
def test_what_keeps_it_from_the_broker_is_said_once(
    make_room: Make, settings: dict[str, str], complaint: str
) -> None:
    room = make_room("Küche", **settings)
    until(lambda: room.complaints, "a complaint")
    time.sleep(1.5)  # by then it has tried again
    (said,) = room.complaints
    assert complaint in said
    room.tell(StateEntered(1.0, "exercise.repeat"))
    assert not room.home.line.is_up


def test_three_trainers_are_one_household_whatever_the_broker_does(
    make_room: Make, broker: Mosquitto, tmp_path: Path
) -> None:
    """A thousand notes in three rooms; the broker dies in between and forgets everything."""
    make_key(tmp_path / "household.key")
    names = ("wohnzimmer", "bad", "flur")
    for number, name in enumerate(names):
        entries = [numbered(one, ("anna", "bernd")[one % 2]) for one in range(number, 990, 3)]
        write_down(tmp_path / f"{name}.db", entries)
    rooms = [make_room(name, mqtt_key=str(tmp_path / "household.key")) for name in names]

    def all_know(count: int) -> bool:
        return all(len(room.history.rows()) == count for room in rooms)

    until(lambda: all_know(990), "990 notes in all rooms")
    broker.kill()
    for number in range(990, 1000):
        rooms[number % 3].history.add(numbered(number, "anna"))
    broker.start()
    until(lambda: all_know(1000), "1,000 notes in all rooms")
    histories = [{name: room.history.entries(name) for name in ("anna", "bernd")} for room in rooms]
    assert histories[0] == histories[1] == histories[2]
    assert histories[0]["anna"] == [
        numbered(number) for number in range(1000) if number % 2 == 0 or number >= 990
    ]
    foreign = make_room("nachbar")
    assert foreign.home.sharing is None
    assert foreign.history.rows() == []


def test_who_stops_in_the_living_room_goes_on_in_the_bedroom(
    make_room: Make, tmp_path: Path
) -> None:
    """Twice: the second time the bedroom knows something of its own."""
    make_key(tmp_path / "household.key")
    key = str(tmp_path / "household.key")
    living, bedroom = (make_room(name, mqtt_key=key) for name in ("wohnzimmer", "schlafzimmer"))
    for room in (living, bedroom):  # the stage plays on a day long ago
        room.home.sharing._settle_seconds = 0.2  # type: ignore[union-attr]
    stage = stage_for(CONTENT, people=("Anna",), stays=True)
    known = _Known(bedroom.history, CONTENT, lambda _: None)
    stage.coach._trainee._profiles = known.profile
    stage.wait(1.0)
    for tempo in (1.25, 1.5):
        began = EVENING + timedelta(minutes=10 * tempo)
        note(living, began, TempoChosen(tempo), PlanAt(("katze-kuh", "roll-up"), 1))
        until(lambda: bedroom.history.rows() == living.history.rows(), "the same notes")
        stage.say("wake")
        stage.until("safety.ask").until_quiet().say("yes")
        stage.until("menu.resume").until_quiet()
        assert stage.coach._trainee.profile.tempo == tempo
        stage.say("quit")
        stage.until("standby")
        assert stage.entries
        for entry in stage.entries:
            bedroom.history.add(entry)
        stage.entries.clear()
        bedroom.tell(Remembered(1.0, "anna", SessionBegan()))
        until(lambda: bedroom.history.rows() == living.history.rows(), "the same notes")


def note(room: Room, at: datetime, *notes: Note) -> None:
    """Note something in a room, as its session does."""
    for number, one in enumerate(notes):
        room.tell(Remembered(1.0, "anna", one))
        room.history.add(HistoryEntry("anna", at + timedelta(microseconds=number), one))
