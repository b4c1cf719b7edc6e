"""A session at the microphone, and what happens where there is none."""

import contextlib
import logging
from pathlib import Path

from rich.console import Console

from skill.audio.devices import SoundCard
from skill.audio.live import run_live
from skill.blocks import Pcm, silence
from skill.build import open_session
from skill.cli.kept import Keeper
from skill.cli.played import check_writable, play_demonstration
from skill.cli.shown import Transcript, notice, results
from skill.errors import AudioError, SkillError
from skill.events import Event, Kind
from skill.first_time import FirstTime
from skill.hardware.light import Light, Signals
from skill.hardware.panel import open_panel
from skill.history import open_history
from skill.replay.record import Record
from skill.session import Session
from skill.settings import Settings

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
            "A trainer that stays would record the room all day and night.",
            "Leave out --out, or train once with --no-stay.",
        )
    if _train(settings, console, out, card):
        if out:
            notice(console, results(out))
    else:
        notice(console, NO_DEVICES)
        play_demonstration(settings, console, out or _demonstration_folder(console))


def _demonstration_folder(console: Console) -> Path | None:
    try:
        check_writable(DEMONSTRATION_FOLDER)
    except SkillError:
        notice(console, NOT_KEPT)
        return None
    return DEMONSTRATION_FOLDER


def _train(settings: Settings, console: Console, out: Path | None, card: SoundCard | None) -> bool:
    """Train to the end of the session; return False when there is nothing to train with."""
    record = Record(Transcript(console).show)
    signals, first_time = Signals(), FirstTime()

    def on_event(event: Event) -> None:
        record.add(event)
        signals.add(event)
        first_time.add(event)

    with open_history() as history:
        session = open_session(settings, on_event, history=history, first_time=first_time.is_now)
        if history.problem:
            on_event(Event(0.0, Kind.PROBLEM, history.problem))
        is_live = _run(session, record, signals, settings, console, out, card)
    if history.problem:  # what could not be written in the end
        notice(console, history.problem)
    return is_live


def _run(
    session: Session,
    record: Record,
    signals: Signals,
    settings: Settings,
    console: Console,
    out: Path | None,
    card: SoundCard | None,
) -> bool:
    def on_status(sentence: str) -> None:
        notice(console, sentence)
        panel.show(Light.PROBLEM.at(0.0))  # steady: without a device no block moves it on

    keeping = contextlib.closing(Keeper(out, session, record)) if out else contextlib.nullcontext()
    connecting = open_panel(settings, session.press, lambda sentence: notice(console, sentence))
    with keeping as keeper, connecting as panel:

        def on_block(heard: Pcm, played: Pcm) -> None:
            record.pass_to(session.now_seconds)
            panel.show(signals.light(session.now_seconds).at(session.now_seconds))
            if keeper:
                keeper.write(silence(len(heard)) if session.is_muted else heard, played)

        try:
            report = run_live(
                session,
                settings.microphone or None,
                settings.speaker or None,
                on_status=on_status,
                on_block=on_block,
                card=card,
                waits=settings.stays,
            )
        except AudioError as error:
            if settings.microphone or settings.speaker or settings.stays:
                raise
            _log.info("No live training: %s", error)
            return False
    _log.info("%s", report)
    return True
