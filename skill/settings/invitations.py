"""Set times and quiet hours, as they stand in the settings.

Pure: local wall-clock times without a zone, as the clock on the wall shows them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from skill.written.mistakes import RuleError

GRACE = timedelta(minutes=5)
"""How late an invitation may come: a speaker that was off at the time does not make up for it."""

_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_EVERY_DAY = frozenset(range(7))
_DAYS = (
    {name[:2]: index for index, name in enumerate(_WEEKDAYS)}
    | {name: index for index, name in enumerate(_WEEKDAYS)}
    | {f"{name}s": index for index, name in enumerate(_WEEKDAYS)}
    | {"sonnabend": 5, "sonnabends": 5}
)
_SETS = {"täglich": range(7), "werktags": range(5), "wochenende": range(5, 7)}
_FILLERS = {"um", "und", "jeden", "tag", "am", "immer", "von", "ab"}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_CLOCK = re.compile(r"(\d)\s*(?:uhr|h)\b(?:\s*(\d{2})\b)?")
_SPAN = re.compile(r"\s*(?:[-–—]|\bbis\b)\s*")


@dataclass(frozen=True)
class Invitation:
    """A set time: on these weekdays (0 is Monday), at this time of day."""

    weekdays: frozenset[int]
    at: time

    def latest(self, now: datetime) -> datetime | None:
        """Return the set time that has come within ``GRACE`` before ``now``; None if none has."""
        for day in (now.date(), (now - GRACE).date()):
            at = datetime.combine(day, self.at)
            if day.weekday() in self.weekdays and at <= now < at + GRACE:
                return at
        return None


@dataclass(frozen=True)
class QuietHours:
    """The part of every day in which the trainer says nothing unasked; it may span midnight."""

    start: time
    end: time

    def contain(self, at: time) -> bool:
        """Return whether a time of day lies in them; their end does not."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def parse_invitation(text: str) -> Invitation:
    """Return the set time of ``Mo, Mi, Fr 18:00``, ``Mo - Fr 18 Uhr`` or ``täglich 7:30``.

    Raises ``RuleError`` for anything else.
    """
    plain = _SPAN.sub("-", _with_colon(text))
    words = [word for word in re.split(r"[\s,;+/&]+", plain) if word and word not in _FILLERS]
    if not words:
        raise RuleError(
            "enthält eine leere Einladung", "Schreib Tage und eine Uhrzeit: „Mo Mi Fr 18:00“."
        )
    *days, at = words
    weekdays = frozenset(day for word in days for day in _weekdays(word, text))
    return Invitation(weekdays or _EVERY_DAY, _time_of_day(at, text))


def parse_quiet_hours(text: str) -> QuietHours | None:
    """Return the span of ``22:00-07:00``; None for an empty text: nothing is quiet then.

    Raises ``RuleError`` for anything else.
    """
    if not text.strip():
        return None
    times = _SPAN.split(re.sub(r"\bvon\b", "", _with_colon(text)).strip())
    if len(times) != 2:
        raise RuleError(f"ist keine Zeitspanne: „{text}“", "Schreib sie so: 22:00-07:00.")
    start, end = (_time_of_day(one, text) for one in times)
    if start == end:
        raise RuleError(
            f"endet, wenn es beginnt: „{text}“", 'Schreib "", wenn es keine Ruhezeit geben soll.'
        )
    return QuietHours(start, end)


def _weekdays(word: str, text: str) -> Iterable[int]:
    if word in _SETS:
        return _SETS[word]
    first, dash, last = (part.rstrip(".") for part in word.partition("-"))
    if first not in _DAYS or (dash and last not in _DAYS):
        raise RuleError(
            f"nennt in „{text}“ einen Tag, den es nicht gibt: „{word}“",
            "Schreib Mo, Di, Mi, Do, Fr, Sa, So oder täglich, und dann die Uhrzeit: „Mo Mi Fr"
            " 18:00“.",
        )
    start, end = _DAYS[first], _DAYS[last or first]
    return [(start + more) % 7 for more in range((end - start) % 7 + 1)]


def _with_colon(text: str) -> str:
    """Return small letters, and times without "Uhr": "18 Uhr 30" is 18:30."""
    return _CLOCK.sub(lambda time: f"{time[1]}:{time[2]}" if time[2] else time[1], text.lower())


def _time_of_day(word: str, text: str) -> time:
    match = _TIME.fullmatch(word.strip())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    raise RuleError(
        f"hat keine Uhrzeit, wo in „{text}“ das „{word}“ steht",
        "Schreib Stunden und Minuten, etwa 7:30 oder 18:00.",
    )
