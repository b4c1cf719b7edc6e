"""When the trainer invites next, in words for the page."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from skill.settings.invitations import parse_invitation

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def next_invitation(invitations: Iterable[str], now: datetime) -> str:
    """Return "Nächste Einladung: Mittwoch, 18:00 Uhr"; empty where nobody is ever invited.

    ``now`` is the local time. By the name of its day it stays true until it has come.
    """
    days = [now.date() + timedelta(days=number) for number in range(8)]
    times = (
        datetime.combine(day, one.at)
        for one in map(parse_invitation, invitations)
        for day in days
        if day.weekday() in one.weekdays
    )
    coming = min((at for at in times if at > now), default=None)
    if coming is None:
        return ""
    return f"Nächste Einladung: {_DAYS[coming.weekday()]}, {coming:%H:%M} Uhr"
