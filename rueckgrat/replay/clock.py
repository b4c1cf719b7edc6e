"""The wall clock of a session that is replayed: it shows the same at every run."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator

from skill.written.mistakes import RuleError


class ReplayClock:
    """Shows ``start`` plus the seconds of the session, once it is told where to read them."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.seconds: Callable[[], float] = lambda: 0.0

    def __call__(self) -> datetime:
        """Return the time now: local, without a zone."""
        return self._start + timedelta(seconds=self.seconds())


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(str(value), "%Y-%m-%d %H:%M")
    except ValueError:
        raise RuleError(
            f"ist kein Tag mit Uhrzeit: „{value}“", "Schreib 2026-11-25 18:00."
        ) from None


def _time_of_day(value: object) -> time:
    if isinstance(value, time):
        return value
    try:
        return datetime.strptime(str(value), "%H:%M").time()
    except ValueError:
        raise RuleError(f"ist keine Uhrzeit: „{value}“", "Schreib 18:00.") from None


Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A date with a time of day, written ``2026-11-25 18:00``."""

TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
"""A time of day, written ``18:00``."""
