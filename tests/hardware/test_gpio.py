"""Buttons and a light on pins that are made up."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from rueckgrat.hardware import panel
from rueckgrat.hardware.panel import NoPanel, open_panel
from rueckgrat.observers.light import DARK
from skill.errors import HardwareError
from skill.settings.wiring import Wiring

gpiozero = pytest.importorskip("gpiozero", reason="needs the extra gpio")
mock = pytest.importorskip("gpiozero.pins.mock")
gpio = pytest.importorskip("rueckgrat.hardware.gpio")

WIRING = Wiring(button_pin=3, mute_pin=4, louder_pin=5, quieter_pin=6, light_pins=(17, 27, 22))


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(gpio, "LONG_PRESS_SECONDS", 0.2)
    factory = mock.MockFactory(pin_class=mock.MockPWMPin)
    yield factory
    factory.reset()


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def board(pins: Any, pressed: list[str]) -> Iterator[Any]:
    board = gpio.GpioPanel(WIRING, pressed.append, pins)
    yield board
    board.close()


def _press(pins: Any, number: int, seconds: float) -> None:
    pins.pin(number).drive_low()
    time.sleep(seconds)
    pins.pin(number).drive_high()


@pytest.mark.parametrize(
    ("pin", "seconds", "wanted"),
    [
        (3, 0.0, ["next"]),
        (3, 0.4, ["stop"]),
        (4, 0.0, ["mute"]),
        (4, 0.4, ["stop"]),
        (5, 0.0, ["louder"]),
        (6, 0.4, ["quieter"]),
    ],
)
def test_each_button_means_its_own(
    board: Any, pins: Any, pressed: list[str], pin: int, seconds: float, wanted: list[str]
) -> None:
    _press(pins, pin, seconds)
    assert pressed == wanted


def test_a_long_press_counts_while_it_is_held(board: Any, pins: Any, pressed: list[str]) -> None:
    pins.pin(3).drive_low()
    time.sleep(0.4)
    assert pressed == ["stop"]
    pins.pin(3).drive_high()
    _press(pins, 3, 0.0)
    assert pressed == ["stop", "next"], "and the next press is a short one again"


def _light(pins: Any, *numbers: int) -> list[float]:
    return [float(pins.pin(number).state) for number in numbers]


def test_three_pins_show_a_colour(board: Any, pins: Any) -> None:
    board.show((1.0, 0.5, 0.0))
    assert _light(pins, 17, 27, 22) == [1.0, 0.5, 0.0]


def test_pins_are_touched_only_when_the_colour_changes(board: Any, pins: Any) -> None:
    board.show((0.0, 1.0, 0.0))
    touched = len(pins.pin(27).states)
    board.show((0.0, 1.0, 0.0))
    assert len(pins.pin(27).states) == touched


def test_one_pin_shows_how_bright_it_is(pins: Any) -> None:
    board = gpio.GpioPanel(Wiring(light_pins=(18,)), print, pins)
    board.show((0.0, 0.5, 0.2))
    assert _light(pins, 18) == [0.5]
    board.close()


def test_an_inverted_light_is_dark_when_its_pins_are_on(pins: Any) -> None:
    wiring = Wiring(light_pins=(18,), light_inverted=True)
    board = gpio.GpioPanel(wiring, print, pins)
    board.show(DARK)
    assert _light(pins, 18) == [1.0]
    board.close()


def test_the_pins_are_free_again_afterwards(pins: Any) -> None:
    for _ in range(2):
        gpio.GpioPanel(WIRING, print, pins).close()


def test_a_pin_that_is_taken_frees_the_others(pins: Any) -> None:
    taken = gpiozero.LED(6, pin_factory=pins)
    with pytest.raises(HardwareError, match=r"kann ich nicht benutzen.*Gruppe gpio"):
        gpio.GpioPanel(WIRING, print, pins)
    taken.close()
    gpio.GpioPanel(WIRING, print, pins).close()


def test_on_a_machine_without_pins_one_trains_without(
    monkeypatch: pytest.MonkeyPatch, pressed: list[str]
) -> None:
    def no_pins(*_: object) -> None:
        raise HardwareError("The pins of this machine cannot be used.")

    monkeypatch.setattr(panel, "_on_pins", no_pins)
    with open_panel(WIRING, pressed.append, pressed.append) as opened:
        assert isinstance(opened, NoPanel)
    assert pressed == [
        "Tasten und Licht gehen gerade nicht, wir üben ohne sie."
        " The pins of this machine cannot be used."
    ]


def test_the_pins_of_the_machine_are_used(pins: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpiozero.Device, "pin_factory", pins)
    pressed: list[str] = []
    with open_panel(WIRING, pressed.append, pressed.append):
        _press(pins, 3, 0.0)
    assert pressed == ["next"]
