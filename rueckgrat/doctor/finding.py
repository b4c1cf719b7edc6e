"""What one check has found: a verdict, what was measured, and how to mend it."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias

from skill.errors import SkillError

_log = logging.getLogger(__name__)

Figure: TypeAlias = float | str | bool | None
Figures: TypeAlias = Mapping[str, Figure]

_NOTHING: Figures = MappingProxyType({})


class Verdict(StrEnum):
    """``WARNING``: training works, but not as well as it could. ``FAILURE``: it will not.

    ``OK`` is for what was measured; what was not, or could not be, is ``UNMEASURED``.
    """

    OK = "ok"
    UNMEASURED = "unmeasured"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """What a check found. ``name`` is a stable key for machines.

    ``measured`` and ``mend`` are plain German sentences for a person; the mend is empty where
    nothing is to be mended. ``figures`` are the numbers behind them, units in their names.
    """

    name: str
    verdict: Verdict
    measured: str
    mend: str = ""
    figures: Figures = field(default_factory=lambda: _NOTHING)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for JSON."""
        return {
            "name": self.name,
            "verdict": self.verdict.value,
            "measured": self.measured,
            "mend": self.mend,
            "figures": dict(self.figures),
        }


def ok(name: str, measured: str, **figures: Figure) -> Finding:
    """Return a finding with which nothing is wrong."""
    return Finding(name, Verdict.OK, measured, "", figures)


def unmeasured(name: str, measured: str, **figures: Figure) -> Finding:
    """Return a finding about what nobody has looked at; it tells neither good nor bad."""
    return Finding(name, Verdict.UNMEASURED, measured, "", figures)


def warning(name: str, measured: str, mend: str, **figures: Figure) -> Finding:
    """Return a finding that training works in spite of."""
    return Finding(name, Verdict.WARNING, measured, mend, figures)


def failure(name: str, measured: str, mend: str, **figures: Figure) -> Finding:
    """Return a finding that training will not work with."""
    return Finding(name, Verdict.FAILURE, measured, mend, figures)


def works(findings: Iterable[Finding]) -> bool:
    """Tell whether training will work."""
    return all(one.verdict is not Verdict.FAILURE for one in findings)


def guarded(name: str, check: Callable[[], Finding]) -> Finding:
    """Return what the check finds; a check that fails itself is a failure, never an exception."""
    try:
        return check()
    except SkillError as error:
        return failure(name, error.problem, error.mend)
    except Exception as error:
        _log.info("The check %s failed.", name, exc_info=True)
        return failure(
            name,
            f"Diese Prüfung ist selbst gescheitert ({type(error).__name__}: {error}).",
            "Ruf „rueckgrat --verbose doctor“ auf und melde uns, was da steht.",
        )


def decimal(value: float, digits: int = 0) -> str:
    """Return a number as it is written in German: 1.234,5."""
    english = f"{round(value, digits) + 0.0:,.{digits}f}"  # + 0.0: never "-0"
    return english.translate(str.maketrans(",.", ".,")).replace("-", "−")
