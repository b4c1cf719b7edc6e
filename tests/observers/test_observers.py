"""Whoever follows a session is told everything, and harms nothing."""

import logging

import pytest

from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    VOICE_BLOCK_SAMPLES,
    Exchange,
    silence,
)
from skill.messages.events import Event, Problem, StateEntered, TempoSet
from skill.observers import Observer, Observers, Told

ENTERED = StateEntered(1.0, "menu.ask")
BLOCK = Exchange(1.0, silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES))


class Broken(Observer):
    """Fails at every event, and at every block, as long as it is broken."""

    title = "Die Brücke zum Haus"

    def __init__(self) -> None:
        self.is_broken = True
        self.tried = 0

    def add(self, _: Event) -> None:
        self.tried += 1
        if self.is_broken:
            raise ConnectionError("no broker.")

    def after_block(self, _: Exchange) -> None:
        if self.is_broken:
            raise TimeoutError


def test_all_are_told_in_order() -> None:
    told: list[str] = []
    observers = Observers([Told(lambda _: told.append("first"))])
    observers.append(Told(lambda _: told.append("second")))
    observers.tell(ENTERED)
    assert told == ["first", "second"]


def test_one_that_fails_is_reported_once_until_it_works_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[Event] = []
    broken = Broken()
    observers = Observers([broken, Told(told.append)])
    problem = Problem(1.0, "Die Brücke zum Haus kommt gerade nicht mit (no broker).")
    with caplog.at_level(logging.WARNING):
        observers.tell(ENTERED)
        observers.tell(ENTERED)
    assert told == [ENTERED, problem, ENTERED]
    (logged,) = caplog.records
    assert logged.exc_info
    assert logged.exc_info[0] is ConnectionError, "the very error"
    broken.is_broken = False
    observers.tell(ENTERED)
    broken.is_broken = True
    observers.tell(ENTERED)
    assert told[3:] == [ENTERED, ENTERED, problem]
    assert broken.tried == 6, "it is tried with every event, problems too"


def test_one_that_fails_at_blocks_is_reported_too() -> None:
    told: list[Event] = []
    broken = Broken()
    observers = Observers([broken, Told(told.append)])
    observers.after_block(BLOCK)
    observers.after_block(BLOCK)
    assert told == [Problem(1.0, "Die Brücke zum Haus kommt gerade nicht mit (TimeoutError).")]


def test_what_it_has_no_use_for_does_not_make_it_work() -> None:
    """As with a broker that is gone: nothing is sent of problems, so they do not fail."""

    def send(event: Event) -> None:
        if event == ENTERED:
            raise ConnectionError

    told: list[Event] = []
    observers = Observers([Told(send), Told(told.append)])
    for _ in range(3):
        observers.tell(ENTERED)
        observers.tell(TempoSet(1.0, 1.25))
    assert sum(isinstance(event, Problem) for event in told) == 1


def test_two_that_fail_end_no_session() -> None:
    Observers([Broken(), Broken()]).tell(ENTERED)


def test_the_user_may_still_end_it() -> None:
    def interrupt(_: Event) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Observers([Told(interrupt)]).tell(ENTERED)
