"""What happens in the soak's household, and when. Pure: the same seed gives the same plan.

All times are simulated seconds since the beginning (`BEGINNINGS`), cut into hours that are
planned each by itself, so that a simulation can be continued at any of them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOUR_SECONDS = 3600.0

PEOPLE = ("Anna", "Bernd")
GUEST = "Gast"
INVITATIONS = ("täglich 7:00", "täglich 12:30", "täglich 18:00")

BEGINNINGS = (datetime(2026, 10, 24, 6, 50), datetime(2026, 3, 28, 6, 50))
"""Ten minutes before the first invitation; the night that follows has 25 hours, or 23."""

_SUMMER_TIME = timedelta(hours=1)


class Kind(StrEnum):
    """Kinds of happenings."""

    VISIT = "visit"  # somebody comes to train; what = their name
    ANSWER_INVITATION = "invited"  # who is invited from now on answers; what = their name
    KITCHEN = "kitchen"  # steady noise
    RADIO = "radio"  # sentences, one after the other, that nobody means for the trainer
    DEVICE_LOST = "device lost"  # no block for a while
    VOICE_FAILS = "voice fails"  # the synthesiser cannot render some lines
    DISK_FULL = "disk full"  # the history cannot be written
    POWER_CUT = "power cut"  # the process is gone, and starts anew
    CLOCK_JUMPS = "clock jumps"  # the clock on the wall is put by ``seconds``


@dataclass(frozen=True)
class Happening:
    """One thing, from ``at_seconds`` on for ``seconds``."""

    at_seconds: float
    kind: Kind
    seconds: float = 0.0
    what: str = ""


@dataclass(frozen=True)
class _Hour:
    """How an hour of the day is spent: chances that its pauses, noises and faults come about."""

    visits: int = 0
    kitchen_chance: float = 0.0
    radio_chance: float = 0.0
    fault_chance: float = 0.1


_NIGHT = _Hour()
_MORNING = _Hour(visits=3, kitchen_chance=0.5, radio_chance=0.3, fault_chance=0.6)
_EVENING = _Hour(visits=2, kitchen_chance=0.6, radio_chance=0.5, fault_chance=0.6)
_NOON = _Hour(visits=1, kitchen_chance=0.8, radio_chance=0.4, fault_chance=0.3)
_DAYTIME = _Hour(kitchen_chance=0.2, radio_chance=0.3, fault_chance=0.2)
_FIRST = _Hour(visits=3, kitchen_chance=1.0, radio_chance=1.0, fault_chance=1.0)
"""The first hour has something of everything, so that a short run tries all of it."""

_KITCHEN_SECONDS = (300.0, 1200.0)
_RADIO_SECONDS = (120.0, 900.0)
_VISIT_SECONDS = (420.0, 1080.0)


def beginning(seed: int) -> datetime:
    """Return the local time of the beginning; with odd seeds the clocks go forward at night."""
    return BEGINNINGS[seed % len(BEGINNINGS)]


def happenings(seed: int, hour: int) -> list[Happening]:
    """Return what begins in a simulated hour (0 is the first), in order."""
    chance = random.Random(f"{seed} {hour}")
    kind = _kind(seed, hour)
    begin = hour * HOUR_SECONDS
    made = [*_visits(chance, kind, begin), *_noises(chance, kind, begin)]
    made += [*_faults(chance, kind, begin), *_clock(seed, hour)]
    return sorted(made, key=lambda one: one.at_seconds)


def _kind(seed: int, hour: int) -> _Hour:
    if hour == 0:
        return _FIRST
    match (beginning(seed) + timedelta(hours=hour)).hour:
        case 6 | 7 | 8:
            return _MORNING
        case 12:
            return _NOON
        case 17 | 18 | 19 | 20:
            return _EVENING
        case 22 | 23 | 0 | 1 | 2 | 3 | 4 | 5:
            return _NIGHT
        case _:
            return _DAYTIME


def _visits(chance: random.Random, kind: _Hour, begin: float) -> Iterator[Happening]:
    """Yield those who come to train, each in a part of the hour of their own."""
    yield Happening(begin, Kind.ANSWER_INVITATION, HOUR_SECONDS, chance.choice((*PEOPLE, "")))
    for index in range(kind.visits):
        part = HOUR_SECONDS / kind.visits
        at = begin + (index + chance.uniform(0.05, 0.4)) * part
        seconds = min(chance.uniform(*_VISIT_SECONDS), 0.55 * part)
        yield Happening(at, Kind.VISIT, seconds, chance.choice((*PEOPLE, *PEOPLE, GUEST)))


def _noises(chance: random.Random, kind: _Hour, begin: float) -> Iterator[Happening]:
    if chance.random() < kind.kitchen_chance:
        seconds = chance.uniform(*_KITCHEN_SECONDS)
        yield Happening(_within(chance, begin), Kind.KITCHEN, seconds)
    if chance.random() < kind.radio_chance:
        yield Happening(_within(chance, begin), Kind.RADIO, chance.uniform(*_RADIO_SECONDS))


def _faults(chance: random.Random, kind: _Hour, begin: float) -> Iterator[Happening]:
    for fault, shortest, longest in (
        (Kind.DEVICE_LOST, 2.0, 240.0),
        (Kind.VOICE_FAILS, 60.0, 600.0),
        (Kind.DISK_FULL, 60.0, 900.0),
        (Kind.POWER_CUT, 0.0, 0.0),
    ):
        if chance.random() < kind.fault_chance:
            seconds = chance.uniform(shortest, longest)
            yield Happening(_within(chance, begin), fault, seconds)


def _clock(seed: int, hour: int) -> Iterator[Happening]:
    """Yield the change of summer time, and in the first hour a clock that was wrong."""
    if hour == 0:
        yield Happening(1800.0, Kind.CLOCK_JUMPS, random.Random(seed).uniform(-200.0, 200.0))
    start = beginning(seed)
    change = datetime.combine(start.date() + timedelta(days=1), datetime.min.time())
    to_winter = start.month == 10
    change += timedelta(hours=3 if to_winter else 2)
    at = (change - start).total_seconds()
    if hour * HOUR_SECONDS <= at < (hour + 1) * HOUR_SECONDS:
        jump = -_SUMMER_TIME if to_winter else _SUMMER_TIME
        yield Happening(at, Kind.CLOCK_JUMPS, jump.total_seconds())


def _within(chance: random.Random, begin: float) -> float:
    return begin + chance.uniform(0.02, 0.9) * HOUR_SECONDS
