"""What is wished from the home, and what becomes of it with the coach."""

from collections.abc import Iterator

import pytest

from rueckgrat.home.wishes import Wishes
from skill.buttons import ANNOUNCE, as_heard
from skill.content.loader import load_content
from skill.messages.cues import SetVolume
from skill.messages.events import Snapshot
from skill.messages.heard import Command
from tests.coach.stage import Stage, stage_for, stage_in

CONTENT = load_content()
TITLES = {one.title: one.id for one in CONTENT.programmes}


class Wished:
    """Passes wishes on to the coach of a stage, block by block, as a session does."""

    def __init__(self, stage: Stage, name: str, payload: str) -> None:
        self.stage = stage
        self.wishes = Wishes(TITLES)
        self.wishes.take(name, payload)
        self.obeyed: list[Command] = []

    def step(self) -> bool:
        for command in self._due():
            self.obeyed.append(command)
            if command.name != ANNOUNCE:
                self.stage._perform(
                    self.stage.coach.hear(as_heard(command, self.stage.state, self.stage.now))
                )
        self.stage.step()
        return True

    def until(self, state: str) -> None:
        self.stage.until_true(lambda: self.step() and self.stage.state == state, what=state)

    def _due(self) -> Iterator[Command]:
        return self.wishes.due(Snapshot(self.stage.now, self.stage.state))


@pytest.mark.parametrize("title", TITLES)
def test_a_programme_is_trained_once_the_person_has_said_that_they_may(title: str) -> None:
    wished = Wished(stage_for(CONTENT, stays=True), "programme", title)
    wished.until("safety.ask")
    wished.stage.until_quiet().say("yes")
    until = ("menu.age", "menu.material", "exercise.introduce")
    wished.stage.until_true(lambda: wished.step() and wished.stage.state in until)
    assert [one.name for one in wished.obeyed] == ["next", "programme"]


def test_who_says_no_is_not_made_to_train() -> None:
    wished = Wished(stage_for(CONTENT, stays=True), "programme", "Entspannung")
    wished.until("safety.ask")
    wished.stage.until_quiet().say("no")
    for _ in range(3000):
        wished.step()
    assert "exercise.introduce" not in wished.stage.states


def test_the_volume_is_set_in_standby_without_a_word() -> None:
    stage = stage_for(CONTENT, stays=True)
    wished = Wished(stage, "volume", "8")
    stage.step()
    lines = len(stage.lines)
    for _ in range(30):
        wished.step()
    gains = [cue.gain_db for _, cue in stage.cues if isinstance(cue, SetVolume)]
    assert gains == [4.0, 8.0]
    assert len(stage.lines) == lines


@pytest.mark.parametrize(
    ("state", "name", "to"),
    [
        ("exercise.repeat", "stop", "paused"),
        ("exercise.repeat", "pause", "paused"),
        ("paused", "next", "exercise.position"),
        ("exercise.position", "next", "exercise.repeat"),
    ],
)
def test_buttons_do_what_the_words_do(state: str, name: str, to: str) -> None:
    wished = Wished(stage_in(state, CONTENT), name, "PRESS")
    wished.until(to)


def test_repeat_says_it_again_and_nothing_in_standby() -> None:
    stage = stage_in("exercise.position", CONTENT)
    said = len(stage.lines)
    Wished(stage, "repeat", "PRESS").step()
    assert len(stage.lines) > said
    asleep = stage_for(CONTENT, stays=True)
    asleep.step()
    wished = Wished(asleep, "repeat", "PRESS")
    wished.step()
    assert asleep.state == "standby"
    assert not asleep.lines
