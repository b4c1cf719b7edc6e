"""Opens the companion page for a session, where it is wished; without it one trains as well."""

import contextlib
import logging
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from rueckgrat.page.invitations import next_invitation
from rueckgrat.page.pace import Paced
from rueckgrat.page.pairing import PairedDevices, Pairing
from rueckgrat.page.scene import Stage
from skill.buttons import MUTE
from skill.content.own import content_for
from skill.content.schema import Content
from skill.errors import SkillError
from skill.extras import PAGE
from skill.files import is_there
from skill.messages.heard import Command
from skill.paths import user_dir
from skill.session import Session
from skill.settings import Settings

MISSING_EXTRA = (
    "Für die Seite zum Mitschauen fehlen zwei Pakete (starlette und uvicorn), wir üben so lange"
    f" ohne sie. Installier sie: {PAGE.command}"
)

_AVAHI = Path("/run/avahi-daemon/socket")
_EVERYWHERE = ("0.0.0.0", "::")

_log = logging.getLogger(__name__)


def devices_file() -> Path:
    """Return where the paired devices are kept."""
    return user_dir("data") / "page-devices.json"


class Companion:
    """The page of one household. ``say`` gets a German sentence for the person who started us."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._say = say
        self._pairing = Pairing()

    @property
    def code_maker(self) -> Callable[[], str] | None:
        """What makes a pairing code for the coach to speak; None where there is no page."""
        return self._new_code if self._settings.page else None

    def _new_code(self) -> str:
        return self._pairing.new_code(time.monotonic())

    @contextlib.contextmanager
    def shown(self, session: Session) -> Iterator[int]:
        """Show the session until the block is left; yield the port, 0 where there is no page."""
        if not self._settings.page:
            yield 0
            return
        with contextlib.ExitStack() as stack:
            port = 0
            try:
                port = stack.enter_context(self._served(session))
            except ImportError:
                _log.info("No page", exc_info=True)
                self._say(MISSING_EXTRA)
            except SkillError as error:
                self._say(str(error))
            yield port

    @contextlib.contextmanager
    def _served(self, session: Session) -> Iterator[int]:
        # Starlette and uvicorn are an extra: they are needed from here on.
        from rueckgrat.page.app import Desk, is_let_in, page_app
        from rueckgrat.page.follower import PageFollower, Pages
        from rueckgrat.page.guard import Guard
        from rueckgrat.page.server import served
        from rueckgrat.page.settings_form import SettingsForm
        from rueckgrat.page.sheets import sheet_routes
        from rueckgrat.voices.here import voices_here

        settings = self._settings
        content = content_for(settings.dialog_folders, report=lambda _: None)
        pages, devices = Pages(), PairedDevices(devices_file())
        form = SettingsForm(content, lambda: (one.name for one in voices_here() if not one.problem))
        desk = Desk(
            pages=pages,
            press=session.press,
            may_press=lambda text: may_press(text, content),
            figure=figures_of(content),
            pairing=self._pairing,
            devices=devices,
            clock=time.monotonic,
            further=sheet_routes(
                lambda request: is_let_in(request, devices, bool(settings.page_names)), form
            ),
            is_behind_proxy=bool(settings.page_names),
        )
        app = Guard(page_app(desk), [*own_names(), *settings.page_names])
        where = (settings.page_address, settings.page_port)
        with served(app, pages, *where, self._say) as port:
            stage = Stage(content, lambda: next_invitation(settings.invitations, datetime.now()))
            follower = PageFollower(stage, pages, session.snapshot)
            session.follow(follower)
            self._say(f"Die Seite zum Mitschauen: {address(settings.page_address, port)}")
            yield port


@contextlib.contextmanager
def looked_at(
    settings: Settings, say: Callable[[str], None]
) -> Iterator[Callable[[Session], None]]:
    """Yield what shows a replayed session on the page, and keeps it at the pace of real time.

    Where the settings want no page it does nothing.
    """
    with contextlib.ExitStack() as stack:

        def onlooker(session: Session) -> None:
            if stack.enter_context(Companion(settings, say).shown(session)):
                session.follow(Paced())

        yield onlooker


def may_press(text: str, content: Content) -> bool:
    """Return whether a page may send this: a command of the dialogs, or closing the microphone.

    Its slot must be a value that can be said for it.
    """
    try:
        command = Command.parsed(text)
    except ValueError:
        return False
    if command == Command(MUTE):
        return True
    row = content.commands.get(command.name)
    return row is not None and (not command.slot or command.slot in row.slots.values())


def figures_of(content: Content) -> Callable[[str], Mapping[str, Any]]:
    """Return what finds an exercise's figure for the browser, made when it is first wanted.

    Without a figure of its own an exercise gets one that rests.
    """
    from rueckgrat.figures.json_form import as_json  # no start without a page waits for it

    exercises = {one.id: one for one in content.exercises}

    @lru_cache(maxsize=len(exercises) + 1)
    def resting() -> Mapping[str, Any]:
        figures = filter(None, map(as_json, content.exercises))
        return {**first, "rests": True} if (first := next(figures, None)) else {}

    @lru_cache(maxsize=len(exercises) + 1)
    def figure(exercise_id: str) -> Mapping[str, Any]:
        one = exercises.get(exercise_id)
        return (as_json(one) if one else None) or resting()

    return figure


def own_names() -> list[str]:
    """Return the names of this machine on the local network."""
    name = socket.gethostname().lower()
    return [name, f"{name.partition('.')[0]}.local"]


def address(listening: str, port: int) -> str:
    """Return what to type into a browser; by its mDNS name where Avahi tells it to the network."""
    if listening in _EVERYWHERE:
        mdns = is_there(_AVAHI)
        host = own_names()[1] if mdns else own_names()[0]
        return f"http://{host}:{port}"
    return f"http://[{listening}]:{port}" if ":" in listening else f"http://{listening}:{port}"
