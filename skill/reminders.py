"""When to invite somebody to train: set times, quiet hours, and that nobody is nagged.

Pure: local wall-clock times without a zone come in, as the clock on the wall shows them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from skill.settings.household import Household
from skill.settings.invitations import Invitation, QuietHours, parse_invitation, parse_quiet_hours


class Reminders:
    """Decides when an invitation is due.

    Once for every set time, within ``GRACE`` after it; never in quiet hours, and not on a day on
    which somebody has trained. Clocks that jump, an hour in spring or years after a start without
    network, repeat no invitation; a time that they jump over is left out.
    """

    def __init__(
        self,
        invitations: Iterable[Invitation],
        quiet: QuietHours | None = None,
        known: Callable[[], Iterable[datetime]] = tuple,
    ) -> None:
        self._invitations = tuple(invitations)
        self._quiet = quiet
        self._known = known
        self._past: set[datetime] = set()
        self._trained: set[date] = set()

    def trained(self, at: datetime) -> None:
        """Note that somebody has trained at this time."""
        self._trained.add(at.date())

    def take_due(self, now: datetime) -> bool:
        """Let all times pass that have come; return whether to invite for one of them."""
        came = set(self._came(now)) - self._past
        self._past |= came
        return any(self._may_be_said(at, now) for at in came)

    def _came(self, now: datetime) -> Iterator[datetime]:
        for invitation in self._invitations:
            at = invitation.latest(now)
            if at is not None:
                yield at

    def _may_be_said(self, at: datetime, now: datetime) -> bool:
        if self._quiet and (self._quiet.contain(at.time()) or self._quiet.contain(now.time())):
            return False
        trained = self._trained.union(one.date() for one in self._known())
        return trained.isdisjoint({at.date(), now.date()})


def reminders_for(
    household: Household, known: Callable[[], Iterable[datetime]] = tuple
) -> Reminders:
    """Return what decides when an invitation is due; ``known`` tells then when anybody trained."""
    times = map(parse_invitation, household.invitations)
    return Reminders(times, parse_quiet_hours(household.quiet), known)
