"""What the light shows: by the clock of the session, and by what happens in it."""

from itertools import combinations

import pytest

from rueckgrat.observers.light import DARK, Colour, Light, Signals
from skill.messages.events import CommandHeard, Event, Hushed, MuteSet, Problem, Said, StateEntered
from skill.messages.heard import Command


def _after(*events: Event) -> Signals:
    signals = Signals()
    for event in events:
        signals.add(event)
    return signals


def _state(name: str) -> Event:
    return StateEntered(0.0, name)


SAID = Said(1.0, 3.0, "Hallo.", "welcome.hello")
HEARD = CommandHeard(4.0, 4.3, 4.5, "weiter", Command.parsed("next"))
MUTED = MuteSet(0.5, True)


def _brightness(light: Light) -> tuple[float, ...]:
    """Return six seconds of what a plain LED shows, in blocks."""
    return tuple(max(light.at(block / 10)) for block in range(60))


def _colours(light: Light) -> set[Colour]:
    return {light.at(block / 10) for block in range(60)}


@pytest.mark.parametrize(("one", "other"), list(combinations(Light, 2)))
def test_a_plain_led_tells_them_apart(one: Light, other: Light) -> None:
    assert _brightness(one) != _brightness(other)


def test_a_closed_microphone_is_never_dark() -> None:
    assert all(max(colour) > 0 for colour in _colours(Light.MUTED))


def test_at_night_it_hardly_shines() -> None:
    lit = [level for level in _brightness(Light.STANDBY) if level]
    assert len(lit) <= 2
    assert max(lit) < 0.5


def test_a_pattern_begins_anew_with_its_length() -> None:
    blinks = [max(Light.PROBLEM.at(block / 10)) for block in range(8)]
    assert blinks == [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]
    assert Light.PROBLEM.at(3 * 0.1) == DARK


@pytest.mark.parametrize(
    ("state", "light"),
    [
        ("standby", Light.STANDBY),
        ("paused", Light.PAUSED),
        ("menu.ask", Light.LISTENING),
        ("exercise.repeat", Light.LISTENING),
        ("finished", Light.OFF),
    ],
)
def test_each_state_has_its_light(state: str, light: Light) -> None:
    assert _after(_state(state)).light(10.0) is light


def test_it_speaks_while_a_line_sounds_and_not_before() -> None:
    signals = _after(_state("welcome"), SAID)
    lights = [signals.light(seconds) for seconds in (0.9, 1.0, 2.9, 3.0)]
    assert lights == [Light.LISTENING, Light.SPEAKING, Light.SPEAKING, Light.LISTENING]


def test_a_line_that_was_cut_is_over() -> None:
    signals = _after(_state("welcome"), SAID, Hushed(2.0))
    assert signals.light(2.1) is Light.LISTENING


def test_it_nods_when_a_command_was_understood() -> None:
    signals = _after(_state("menu.ask"), HEARD)
    assert [signals.light(one) for one in (4.8, 5.0)] == [Light.HEARD, Light.LISTENING]


def test_a_closed_microphone_shows_over_all_but_a_problem() -> None:
    signals = _after(_state("standby"), MUTED, SAID, Problem(2.0, "Ach."))
    assert [signals.light(one) for one in (2.5, 5.5)] == [Light.PROBLEM, Light.MUTED]
    signals.add(MuteSet(6.0, False))
    assert signals.light(6.0) is Light.STANDBY
