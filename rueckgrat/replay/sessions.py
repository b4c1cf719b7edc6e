"""The sessions that a replay plays to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from rueckgrat.replay.clock import ReplayClock
from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.past import PastHistory, entries
from skill.content.own import content_for
from skill.content.schema import Content
from skill.observers import Observers
from skill.session import Session
from skill.settings import Settings
from skill.trainer import open_session

OnSession: TypeAlias = Callable[[Session], None]


def session_maker(settings: Settings, onlooker: OnSession = lambda _: None) -> "SessionMaker":
    """Return what replay builds its sessions with: the settings, and a dialog's own set-up.

    People, invitations and all else that is personal come from the set-up alone, and what is
    remembered stays in memory: a replay neither reads nor writes the user's history.
    """
    return SessionMaker(settings, onlooker)


@dataclass(frozen=True)
class SessionMaker:
    """Builds sessions as the settings say; ``onlooker`` gets each before its first block."""

    settings: Settings
    onlooker: OnSession = lambda _: None

    @property
    def content(self) -> Content:
        """What the sessions say and understand; files that are wrong are their own to report."""
        return content_for(self.settings.dialog_folders, report=lambda _: None)

    def __call__(self, setup: Setup, observers: Observers) -> Session:
        """Return a session for a set-up, followed by these observers."""
        clock = ReplayClock(setup.now)
        session = open_session(
            self.settings,
            observers,
            seed=setup.seed,
            model=setup.model,
            household=setup,
            history=PastHistory(entries(setup.past, setup.now)),
            clock=clock,
        )
        clock.seconds = lambda: session.now_seconds
        self.onlooker(session)
        return session
