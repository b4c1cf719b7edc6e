"""Messages from outside to commands, each when it can be done."""

import pytest

from rueckgrat.home.wishes import MOST_CHARACTERS, MOST_TEXTS, PATIENCE_SECONDS, Wishes
from skill.messages.events import Snapshot

TITLES = {"Kurzes Rückentraining": "kurz", "Entspannung": "entspannung"}


def due(wishes: Wishes, state: str, seconds: float = 0.0, **more: object) -> list[str]:
    return [str(one) for one in wishes.due(Snapshot(seconds, state, **more))]  # type: ignore[arg-type]


def wished(name: str, payload: str = "") -> Wishes:
    wishes = Wishes(TITLES)
    wishes.take(name, payload)
    return wishes


@pytest.mark.parametrize("name", ["pause", "next", "stop", "repeat"])
def test_a_button_is_its_command_whatever_it_sends(name: str) -> None:
    wishes = wished(name, "PRESS")
    assert due(wishes, "exercise.repeat") == [name]
    assert due(wishes, "exercise.repeat") == []


def test_a_programme_wakes_and_waits_for_its_question() -> None:
    wishes = wished("programme", "Entspannung")
    assert due(wishes, "standby") == ["next"]
    assert due(wishes, "standby", 0.1) == []
    assert due(wishes, "welcome", 3.0) == []
    assert due(wishes, "safety.ask", 5.0) == []
    assert due(wishes, "menu.ask", 20.0) == ["programme(entspannung)"]
    assert due(wishes, "menu.ask", 20.1) == []


def test_a_programme_waits_no_longer_than_its_patience_and_never_over_pain() -> None:
    wishes = wished("programme", "Entspannung")
    assert due(wishes, "pain.ask") == []
    assert due(wishes, "safety.ask", PATIENCE_SECONDS + 0.1) == []
    assert due(wishes, "menu.ask", PATIENCE_SECONDS + 0.2) == []


def test_a_programme_that_there_is_not_is_nothing() -> None:
    assert due(wished("programme", "Marathon"), "menu.ask") == []


@pytest.mark.parametrize(
    ("payload", "is_muted", "commands"),
    [("ON", False, ["mute"]), ("ON", True, []), ("OFF", True, ["mute"]), ("AN", False, [])],
)
def test_the_microphone_becomes_what_is_wished(
    payload: str, is_muted: bool, commands: list[str]
) -> None:
    assert due(wished("mute", payload), "standby", is_muted=is_muted) == commands


def test_of_two_wishes_for_the_microphone_the_last_one_counts() -> None:
    wishes = wished("mute", "ON")
    wishes.take("mute", "OFF")
    assert due(wishes, "standby", is_muted=False) == []


@pytest.mark.parametrize(
    ("payload", "gain_db", "commands"),
    [
        ("4", 0.0, ["louder"]),
        ("-12.0", 0.0, ["quieter"] * 3),
        ("0", 0.0, []),
        ("5", 4.0, []),
        ("99", 4.0, ["louder"]),
        ("laut", 0.0, []),
        ("nan", 8.0, []),
    ],
)
def test_the_volume_is_turned_in_steps(payload: str, gain_db: float, commands: list[str]) -> None:
    assert due(wished("volume", payload), "standby", gain_db=gain_db) == commands


def test_a_text_waits_for_a_quiet_moment() -> None:
    wishes = wished("say", " Das Essen\n ist\tfertig. ")
    wishes.take("say", "Komm!")
    for state in ("exercise.introduce", "exercise.repeat", "pain.ask", "safety.ask"):
        assert due(wishes, state, 1.0) == []
    assert due(wishes, "exercise.rest", 2.0) == ["announce(Das Essen ist fertig.)"]
    assert due(wishes, "standby", 2.1) == ["announce(Komm!)"]
    assert due(wishes, "standby", 2.2) == []


def test_a_text_is_forgotten_cut_and_cleaned() -> None:
    wishes = wished("say", "Spät.")
    assert due(wishes, "menu.ask", 0.0) == []
    assert due(wishes, "standby", PATIENCE_SECONDS + 1) == []
    assert due(wished("say", "\x1b\u202e \x00"), "standby") == []
    (long,) = due(wished("say", "a" * 5000), "standby")
    assert len(long) == MOST_CHARACTERS + len("announce()")


def test_a_flood_of_messages_is_a_few() -> None:
    wishes = Wishes(TITLES)
    for number in range(10_000):
        wishes.take("say", f"Nummer {number}")
    said = [due(wishes, "standby", second) for second in range(20)]
    assert sum(map(len, said)) == MOST_TEXTS
    assert said[MOST_TEXTS - 1] == ["announce(Nummer 9999)"]


def test_unknown_messages_are_nothing() -> None:
    assert due(wished("quit", ""), "standby") == []
    assert due(wished("exercise(bruecke)", ""), "menu.ask") == []


def test_before_the_first_block_nothing_is_lost() -> None:
    wishes = wished("programme", "Entspannung")
    wishes.take("say", "Hallo.")
    assert due(wishes, "") == []
    assert due(wishes, "standby", 0.1) == ["next", "announce(Hallo.)"]
