"""Somebody who comes to train: waits for the coach, answers, insists, and leaves."""

import random

from skill.content.loader import load_content
from skill.content.personal import personal
from skill.paths import dialogs_dir
from workbench.soak.person import Saying, SimulatedPerson

CONTENT = personal(load_content(dialogs_dir()), ["Anna", "Bernd"])


def visitor(name: str = "Anna", until: float = 600.0, seed: int = 1) -> SimulatedPerson:
    return SimulatedPerson(
        name, 0.0, until, CONTENT.vocabulary, ["Schönes Wetter."], random.Random(seed)
    )


def sayings(
    one: SimulatedPerson, state: str, seconds: float, quiet_from: float = 0.0
) -> list[Saying]:
    live = CONTENT.live_commands(state)
    heard = (
        one.next_saying(step / 10, state, quiet_from, live) for step in range(round(seconds * 10))
    )
    return [saying for saying in heard if saying]


def test_it_wakes_the_trainer() -> None:
    said = sayings(visitor(), "standby", 60.0)
    assert "wake" in {one.command for one in said}
    assert all(one.text in CONTENT.vocabulary for one in said if one.command)


def test_it_says_who_it_is() -> None:
    texts = {
        one.text
        for seed in range(10)
        for one in sayings(visitor("Bernd", seed=seed), "who", 60.0)
        if one.command == "person"
    }
    assert texts
    assert all("bernd" in text for text in texts)
    guests = {one.command for one in sayings(visitor("Gast"), "who", 120.0)}
    assert "guest" in guests
    assert "person" not in guests


def test_it_mostly_lets_the_coach_finish() -> None:
    early = sum(
        bool(sayings(visitor(seed=seed), "menu.ask", 30.0, quiet_from=30.0)) for seed in range(50)
    )
    assert 0 < early < 25


def test_it_ends_the_training_in_the_end_and_leaves() -> None:
    one = visitor(until=0.0, seed=3)
    assert "quit" in {said.command for said in sayings(one, "exercise.position", 120.0)}
    late = visitor(until=0.0, seed=3)
    assert sayings(late, "exercise.repeat", 300.0) is not None
    assert late.is_gone


def test_it_says_the_same_again_where_it_is_not_obeyed() -> None:
    again = visitor().say_again("stop")
    assert again is not None
    assert CONTENT.vocabulary[again.text].name == "stop"
