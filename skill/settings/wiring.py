"""Which pin does what: the settings of buttons and light."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from skill.settings.household import YesNo, listed
from skill.written.mistakes import RuleError
from skill.written.shapes import Shape


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


def _all_listed(value: object) -> object:
    return [value] if isinstance(value, int) else listed(value)


def _one_or_three(pins: tuple[int, ...]) -> tuple[int, ...]:
    if len(pins) not in (0, 1, 3):
        raise RuleError(
            f"enthält {len(pins)} Pins",
            "Nenn einen Pin für eine einfache LED, oder drei für Rot, Grün und Blau: [17, 27, 22].",
        )
    return pins


_Pin = Annotated[int, Field(ge=2, le=27)]
"""A number of the Broadcom scheme: GPIO 17 is 17. 0 and 1 belong to expansion boards."""

Pin = Annotated[_Pin | None, BeforeValidator(_none_if_empty)]
Pins = Annotated[tuple[_Pin, ...], BeforeValidator(_all_listed), AfterValidator(_one_or_three)]


class Wiring(Shape):
    """What is connected where; nothing at all unless it is wished."""

    button_pin: Annotated[Pin, Field(description="button: short is weiter, long is stopp")] = None
    mute_pin: Annotated[Pin, Field(description="button that closes the microphone")] = None
    louder_pin: Annotated[Pin, Field(description="button for more volume")] = None
    quieter_pin: Annotated[Pin, Field(description="button for less volume")] = None
    light_pins: Annotated[Pins, Field(description="one LED, or red, green and blue")] = ()
    light_inverted: Annotated[YesNo, Field(description="LED with a common plus pole")] = False

    @property
    def is_wired(self) -> bool:
        """Whether anything is connected."""
        return any(True for _ in self._used())

    @model_validator(mode="after")
    def _each_pin_once(self) -> "Wiring":
        uses: dict[int, str] = {}
        for name, pin in self._used():
            if pin in uses:
                raise RuleError(
                    f"nutzt den Pin {pin} zweimal ({uses[pin]} und {name})",
                    "Gib jedem Teil einen eigenen Pin.",
                )
            uses[pin] = name
        return self

    def _used(self) -> Iterator[tuple[str, int]]:
        for name in ("button_pin", "mute_pin", "louder_pin", "quieter_pin"):
            pin = getattr(self, name)
            if pin is not None:
                yield name, pin
        for pin in self.light_pins:
            yield "light_pins", pin
