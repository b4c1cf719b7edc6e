"""Sessions at the microphone: one training, or a service; and what happens where there is none."""

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from rueckgrat.cli.views.notices import notice, results
from rueckgrat.cli.views.transcript import Transcript
from rueckgrat.hardware.panel import Panel, open_panel
from rueckgrat.history import History, open_history
from rueckgrat.home import open_home
from rueckgrat.observers.first_time import FirstTime
from rueckgrat.observers.heartbeat import Heartbeat
from rueckgrat.observers.light import Light, Signals
from rueckgrat.observers.not_understood import NotUnderstood
from rueckgrat.observers.record import Record
from rueckgrat.page.companion import Companion
from rueckgrat.replay.play import play_demonstration
from rueckgrat.replay.session_writer import SessionWriter
from rueckgrat.voices.background import preparing_at_idle
from skill.audio.devices import SoundCard
from skill.audio.live import run_live
from skill.content.own import content_for
from skill.errors import AudioError, SkillError
from skill.files import check_writable
from skill.messages.events import Event, Problem
from skill.observers import Observer, Observers, Told
from skill.session import Session
from skill.settings import Settings
from skill.trainer import open_session, the_only_one

_log = logging.getLogger(__name__)

DEMONSTRATION_FOLDER = Path("out")

NO_DEVICES = (
    "Ich finde kein Mikrofon mit Lautsprecher, deshalb spiele ich dir eine aufgezeichnete"
    " Übungsstunde vor."
)

NOT_KEPT = (
    f"Im Ordner {DEMONSTRATION_FOLDER} kann ich hier nichts ablegen, deshalb gibt es keine Aufnahme"
    " davon. Mit --out nennst du mir einen anderen."
)


def train_live(
    settings: Settings, console: Console, out: Path | None, card: SoundCard | None = None
) -> None:
    """Train at the microphone; without one, play the demonstration.

    A device that the settings name must be there: its absence is an AudioError. A trainer that
    stays waits for its devices for as long as it takes. ``out`` is where the session is recorded;
    without it only the demonstration is, in ``./out`` where possible. A trainer that stays would
    record all day: with ``out`` it is a SkillError.
    """
    if settings.stays and out:
        raise SkillError(
            "Mit --out würde ich den Raum Tag und Nacht aufnehmen, wenn ich bleibe.",
            "Lass --out weg, oder trainier dieses Mal mit --no-stay.",
            code="stays-and-records",
        )
    if not _train(settings, console, out, card):
        notice(console, NO_DEVICES)
        out = out or _demonstration_folder(console)
        play_demonstration(settings, out, Transcript(console).show)
    if out:
        notice(console, results(out))


def serve_live(
    settings: Settings, console: Console, heartbeat: Heartbeat, card: SoundCard | None = None
) -> None:
    """Train day and night: wait for microphone and speaker, then for the wake phrase.

    Prints problems only: what is said in the room is nobody's business, and a memory card wears
    out.
    """
    settings = settings.model_copy(update={"stays": True})
    transcript = Transcript(console)

    def show(event: Event) -> None:
        if isinstance(event, Problem):
            transcript.show(event)

    with (
        preparing_at_idle(settings) as preparing,
        _at_home(settings, console, [Told(show), heartbeat, *preparing]) as home,
    ):
        home.run(settings, console, card, heartbeat.wait)


def _train(settings: Settings, console: Console, out: Path | None, card: SoundCard | None) -> bool:
    """Train to the end of the session; return False when there is nothing to train with."""
    record = Record(Transcript(console).show)
    with _at_home(settings, console, [record]) as home:
        writer = SessionWriter(out, home.session, record) if out else None
        if writer:
            home.session.follow(writer)
        with contextlib.closing(writer) if writer else contextlib.nullcontext():
            try:
                home.run(settings, console, card)
            except AudioError as error:
                if settings.microphone or settings.speaker or settings.stays:
                    raise
                _log.info("No live training: %s", error)
                return False
    return True


@dataclass(frozen=True)
class _Home:
    """A session with all that surrounds it: history, buttons, a light."""

    session: Session
    panel: Panel

    def run(
        self,
        settings: Settings,
        console: Console,
        card: SoundCard | None,
        on_waiting: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Run the session to its end; see ``run_live``."""

        def on_status(sentence: str) -> None:
            notice(console, sentence)
            self.panel.show(Light.PROBLEM.at(0.0))  # steady: no block moves it on

        report = run_live(
            self.session,
            settings.microphone or None,
            settings.speaker or None,
            on_status=on_status,
            card=card,
            waits=settings.stays,
            on_waiting=on_waiting,
        )
        _log.info("%s", report)


@contextlib.contextmanager
def _at_home(
    settings: Settings, console: Console, following: Iterable[Observer]
) -> Iterator[_Home]:
    """Put a session together with all who follow it, and close everything behind it."""
    signals, first_time = Signals(), FirstTime()
    observers = Observers([*following, signals, first_time])
    if settings.learn_words:
        observers.append(NotUnderstood())

    def say(sentence: str) -> None:
        notice(console, sentence)

    companion = Companion(settings, say)
    with the_only_one(), open_history() as history:
        session = open_session(
            settings,
            observers,
            history=history,
            first_time=first_time.is_now and _is_new(history),
            is_live=True,
            new_code=companion.code_maker,
        )
        if history.problem:
            observers.tell(Problem(0.0, history.problem))
        with (
            open_panel(settings, session.press, say) as panel,
            companion.shown(session),
            open_home(settings, session, history, lambda: _programmes(settings), say),
        ):
            signals.shine = panel.show
            yield _Home(session, panel)
    if history.problem:  # what could not be written in the end
        say(history.problem)


def _programmes(settings: Settings) -> dict[str, str]:
    content = content_for(settings.dialog_folders, lambda _: None)  # told of already
    return {one.id: one.title for one in content.programmes}


def _is_new(history: History) -> bool:
    """Return whether nobody has trained here yet; one that cannot be read tells nothing: no."""
    try:
        return not history.people()
    except SkillError:
        return False


def _demonstration_folder(console: Console) -> Path | None:
    try:
        check_writable(DEMONSTRATION_FOLDER)
    except SkillError:
        notice(console, NOT_KEPT)
        return None
    return DEMONSTRATION_FOLDER
