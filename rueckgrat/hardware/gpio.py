"""Buttons and a light on the pins of a Raspberry Pi. `gpiozero` is imported here only."""

import contextlib
from collections.abc import Callable
from typing import Any

import gpiozero

from rueckgrat.observers.light import DARK, Colour
from skill.buttons import MUTE
from skill.errors import HardwareError, reason
from skill.settings.wiring import Wiring

LONG_PRESS_SECONDS = 1.0
_BOUNCE_SECONDS = 0.02
"""Contacts of a cheap button bounce for less than this; nobody presses so briefly."""


class GpioPanel:
    """Satisfies ``rueckgrat.hardware.panel.Panel``.

    A button connects its pin to ground (the pin pulls up); an LED lights when its pin is on, or,
    inverted, when it is off. ``pin_factory`` None is the machine's own. HardwareError where the
    pins cannot be used.
    """

    def __init__(
        self, wiring: Wiring, press: Callable[[str], None], pin_factory: Any = None
    ) -> None:
        self._press = press
        self._factory = pin_factory
        self._shown: Colour | None = None
        with contextlib.ExitStack() as opened:
            try:
                self._led = self._light(wiring)
                if self._led:
                    opened.callback(self._led.close)
                self._connect(wiring, opened)
            except Exception as error:  # gpiozero's own, or that of any library below it
                raise HardwareError(
                    f"Die Pins dieses Geräts kann ich nicht benutzen ({_why(error)}).",
                    "Knöpfe und Licht brauchen einen Raspberry Pi und einen Benutzer in der Gruppe"
                    " gpio. Soll es ohne gehen, dann leer die Einstellungen, die auf _pin oder"
                    " _pins enden.",
                    code="no-pins",
                ) from error
            self._opened = opened.pop_all()

    def show(self, colour: Colour) -> None:
        """Let the light shine in this colour; pins are touched only when it changes."""
        if self._led is None or colour == self._shown:
            return
        self._shown = colour
        is_plain = isinstance(self._led, gpiozero.PWMLED)
        self._led.value = max(colour) if is_plain else colour

    def close(self) -> None:
        """Switch the light off, and let go of the pins."""
        self.show(DARK)
        self._opened.close()

    def _light(self, wiring: Wiring) -> Any:
        options = {"active_high": not wiring.light_inverted, "pin_factory": self._factory}
        match wiring.light_pins:
            case (pin,):
                return gpiozero.PWMLED(pin, **options)
            case (red, green, blue):
                return gpiozero.RGBLED(red, green, blue, **options)
            case _:
                return None

    def _connect(self, wiring: Wiring, opened: contextlib.ExitStack) -> None:
        for pin, short, long in (
            (wiring.button_pin, "next", "stop"),
            (wiring.mute_pin, MUTE, "stop"),
            (wiring.louder_pin, "louder", ""),
            (wiring.quieter_pin, "quieter", ""),
        ):
            if pin is not None:
                button = self._button(pin)
                opened.callback(button.close)
                _Press(button, short, long, self._press)

    def _button(self, pin: int) -> Any:
        return gpiozero.Button(
            pin,
            bounce_time=_BOUNCE_SECONDS,
            hold_time=LONG_PRESS_SECONDS,
            pin_factory=self._factory,
        )


class _Press:
    """Tells a short press, known when the button is let go, from a long one, known at once.

    Without a ``long`` one every press is short, and is passed on when it begins.
    """

    def __init__(self, button: Any, short: str, long: str, press: Callable[[str], None]) -> None:
        self._short = short
        self._long = long
        self._press = press
        self._was_long = False
        if long:
            button.when_held = self._hold
            button.when_released = self._release
        else:
            button.when_pressed = lambda: press(short)

    def _hold(self) -> None:
        self._was_long = True
        self._press(self._long)

    def _release(self) -> None:
        if not self._was_long:
            self._press(self._short)
        self._was_long = False


def _why(error: Exception) -> str:
    """Return why in a word: what gpiozero says itself is English, and long."""
    return reason(error) if isinstance(error, OSError) else type(error).__name__
