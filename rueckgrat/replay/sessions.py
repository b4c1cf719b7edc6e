"""The sessions that a replay plays to."""

from rueckgrat.replay.clock import ReplayClock
from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.past import PastHistory, check_exercises, entries
from rueckgrat.replay.run import MakeSession
from skill.content.own import content_for
from skill.observers import Observers
from skill.session import Session
from skill.settings import Settings
from skill.trainer import open_session


def session_maker(settings: Settings) -> MakeSession:
    """Return what replay builds its sessions with: the settings, and a dialog's own set-up.

    People, invitations and all else that is personal come from the set-up alone, and what is
    remembered stays in memory: a replay neither reads nor writes the user's history.
    """

    def make(setup: Setup, observers: Observers) -> Session:
        if setup.past:
            check_exercises(setup.past, content_for(settings.dialog_folders))
        clock = ReplayClock(setup.now)
        session = open_session(
            settings,
            observers,
            seed=setup.seed,
            model=setup.model,
            household=setup,
            history=PastHistory(entries(setup.past, setup.now)),
            clock=clock,
        )
        clock.seconds = lambda: session.now_seconds
        return session

    return make
