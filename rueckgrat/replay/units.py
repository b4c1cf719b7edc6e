"""Values with their unit, as a person writes them into a dialog test: ``0.8 s``, ``-20 dB``.

A file holds text only (see ``yaml_source``), so a number comes from a program and needs no unit.
"""

import re
from typing import Annotated

from pydantic import BeforeValidator

from skill.written.mistakes import RuleError

_SECONDS_PER_UNIT = {"ms": 0.001, "s": 1.0, "min": 60.0}
_QUANTITY = re.compile(r"([+-]?\d+(?:\.\d+)?) ?([A-Za-z]+)")


def parse_seconds(value: object) -> float:
    """Return the seconds of ``300 ms``, ``0.8 s`` or ``5 min``; RuleError for all else."""
    if isinstance(value, int | float):
        return float(value)
    number, unit = _split(value)
    if number < 0 or unit not in _SECONDS_PER_UNIT:
        raise RuleError(
            f"ist keine Zeit: „{value}“", "Schreib sie mit Einheit: 300 ms, 0.8 s, 5 min."
        )
    return number * _SECONDS_PER_UNIT[unit]


def parse_decibels(value: object) -> float:
    """Return the decibels of ``10 dB``; RuleError for all else."""
    if isinstance(value, int | float):
        return float(value)
    number, unit = _split(value)
    if unit != "dB":
        raise RuleError(f"ist kein Pegel: „{value}“", "Schreib ihn mit Einheit: 10 dB, -20 dB.")
    return number


def _split(value: object) -> tuple[float, str]:
    match = _QUANTITY.fullmatch(value.strip()) if isinstance(value, str) else None
    return (float(match[1]), match[2]) if match else (0.0, "")


TimeSpan = Annotated[float, BeforeValidator(parse_seconds)]
"""Seconds, written with a unit."""

Level = Annotated[float, BeforeValidator(parse_decibels)]
"""Decibels, written with the unit."""
