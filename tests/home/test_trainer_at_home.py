"""The three threads of a trainer at home, on a line that is made up."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from rueckgrat.history.history import Row
from rueckgrat.home import trainer_at_home
from rueckgrat.home.topics import BIRTH, TrainerTopics
from rueckgrat.home.trainer_at_home import TrainerAtHome
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Exchange, silence
from skill.messages.events import Event, Remembered, StateEntered
from skill.messages.heard import Command
from skill.messages.notes import SessionBegan
from tests.home.bus import Notes
from workbench.broker import until

TOPICS = TrainerTopics("bad")
HEARD, PLAYED = silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES)


@dataclass
class FakeLine:
    is_up: bool = True
    sent: list[tuple[str, str, bool]] = field(default_factory=list)
    fails: bool = False
    subscribed: list[tuple[str, int]] = field(default_factory=list)

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def subscribe(self, topics: list[tuple[str, int]]) -> None:
        self.subscribed += topics

    def publish(self, topic: str, payload: str | bytes, retained: bool, quality: int = 1) -> None:
        if self.fails:
            raise OSError("no more")
        self.sent.append((topic, str(payload), retained))

    def finish(self, topic: str, payload: str) -> None:
        self.sent.append((topic, payload, True))

    def topics(self) -> list[str]:
        return [topic for topic, _, _ in self.sent]

    def states(self) -> list[dict[str, object]]:
        return [json.loads(text) for topic, text, _ in self.sent if topic == TOPICS.state]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def pressed() -> list[Command]:
    return []


@pytest.fixture
def home(notes: Notes, pressed: list[Command]) -> Iterator[TrainerAtHome]:
    home = TrainerAtHome(TOPICS, {"device": {}}, {}, pressed.append, notes)
    home.line = FakeLine()
    home.open()
    home.up()
    until(lambda: line_of(home).states(), "a state")
    yield home
    home.close()


def line_of(home: TrainerAtHome) -> FakeLine:
    assert isinstance(home.line, FakeLine)
    return home.line


def test_a_birth_is_discovery_availability_and_state_in_this_order(home: TrainerAtHome) -> None:
    assert line_of(home).topics() == [TOPICS.discovery, TOPICS.availability, TOPICS.state]
    assert all(retained for _, _, retained in line_of(home).sent)
    assert (TOPICS.command("+"), 0) in line_of(home).subscribed, "no command is done twice"


def test_the_same_state_is_said_once(home: TrainerAtHome) -> None:
    for second in range(5):
        home.add(StateEntered(second, "paused"))
        home.after_block(Exchange(second, HEARD, PLAYED))
    until(lambda: len(line_of(home).states()) == 2, "the state")
    time.sleep(0.1)
    assert [one["state"] for one in line_of(home).states()] == ["bereit", "Pause"]


@pytest.mark.parametrize(
    ("topic", "payload"), [(BIRTH, b"online"), (TOPICS.availability, b"offline")]
)
def test_it_makes_itself_known_again(home: TrainerAtHome, topic: str, payload: bytes) -> None:
    home.message(topic, payload, False)
    until(lambda: line_of(home).topics().count(TOPICS.discovery) == 2, "the discovery")
    until(lambda: len(line_of(home).states()) == 2, "the state")


def test_what_lay_there_and_births_of_its_own_are_no_reason_to(
    home: TrainerAtHome,
) -> None:
    home.message(TOPICS.availability, b"online", False)
    home.message(BIRTH, b"offline", False)
    home.message(BIRTH, b"online", True)
    home.message(TOPICS.availability, b"offline", True)
    time.sleep(1.2)
    assert line_of(home).topics().count(TOPICS.discovery) == 1


def test_who_says_offline_all_day_is_not_answered_all_day(home: TrainerAtHome) -> None:
    for _ in range(200):
        home.message(TOPICS.availability, b"offline", False)
        time.sleep(0.002)
    assert line_of(home).topics().count(TOPICS.discovery) <= 2


def test_without_a_broker_nothing_is_kept_but_the_last_state(home: TrainerAtHome) -> None:
    line = line_of(home)
    line.is_up = False
    for second in range(2000):
        home.add(StateEntered(second, ("standby", "exercise.repeat")[second % 2]))
    until(lambda: not home._happened, "what happened is no news any more")
    before = len(line.sent)
    line.is_up = True
    home.up()
    until(lambda: line.topics().count(TOPICS.discovery) == 2, "the discovery")
    until(lambda: line.states()[-1]["state"] == "Übung", "the state")
    assert len(line.sent) - before < 5
    assert TOPICS.event not in line.topics()


def test_devices_that_are_gone_do_not_listen(
    home: TrainerAtHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_at_home, "DEAF_SECONDS", 0.2)
    until(lambda: line_of(home).states()[-1]["listening"] is False, "nobody listens")
    monkeypatch.setattr(trainer_at_home, "DEAF_SECONDS", 5.0)
    home.after_block(Exchange(0.1, HEARD, PLAYED))
    home.add(StateEntered(0.1, "paused"))
    until(lambda: line_of(home).states()[-1]["listening"] is True, "somebody listens")


def test_an_error_is_logged_and_tried_again(
    home: TrainerAtHome, caplog: pytest.LogCaptureFixture
) -> None:
    line_of(home).fails = True
    with caplog.at_level(logging.INFO):
        home.add(StateEntered(1.0, "paused"))
        until(lambda: "out of step" in caplog.text, "an error")
    line_of(home).fails = False
    until(lambda: line_of(home).states()[-1]["state"] == "Pause", "the state")


def test_this_weeks_trainings_of_all_people_are_counted(home: TrainerAtHome, notes: Notes) -> None:
    def began(at: datetime, person: str) -> Row:
        return person, at.isoformat(), "SessionBegan", "{}", len(notes.log)

    now = datetime.now()
    notes.log = [began(now, "anna"), began(now, "bernd"), began(now - timedelta(days=8), "anna")]
    home.add(Remembered(1.0, "anna", SessionBegan()))
    until(lambda: line_of(home).states()[-1]["week"] == 2, "the week")


def test_a_message_costs_the_session_next_to_nothing(
    home: TrainerAtHome, pressed: list[Command]
) -> None:
    """A block lasts 100 ms; on a machine that does much else as well."""
    events: list[Event] = [StateEntered(0.0, "exercise.repeat"), StateEntered(0.0, "paused")]
    times = []
    for number in range(1000):
        home.message(TOPICS.command("pause"), b"PRESS", False)
        begun = time.thread_time()
        home.add(events[number % 2])
        home.after_block(Exchange(number * 0.1, HEARD, PLAYED))
        times.append(time.thread_time() - begun)
    assert sorted(times)[500] < 0.001
    assert len(pressed) == 1000


def test_it_says_goodbye_last(home: TrainerAtHome) -> None:
    home.close()
    assert line_of(home).sent[-1] == (TOPICS.availability, "offline", True)
