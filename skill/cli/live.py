"""A session at the microphone, and what happens where there is none."""

import contextlib
import logging
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from skill.audio.devices import Role, SoundCard
from skill.audio.live import run_live
from skill.audio.portaudio import PortAudio
from skill.audio.waiting import wait_for_devices
from skill.blocks import Pcm
from skill.build import open_session
from skill.cli.kept import Keeper
from skill.cli.played import check_writable, play_demonstration
from skill.cli.shown import Transcript, notice, results
from skill.errors import AudioError, SkillError
from skill.events import Event, Kind
from skill.heartbeat import Heartbeat
from skill.replay.record import Record
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

    A device that the settings name must be there: its absence is an AudioError. ``out`` is where
    the session is recorded; without it only the demonstration is, in ``./out`` where possible.
    """
    if _train(settings, console, out, card):
        if out:
            notice(console, results(out))
    else:
        notice(console, NO_DEVICES)
        play_demonstration(settings, console, out or _demonstration_folder(console))


def serve_live(
    settings: Settings, console: Console, heartbeat: Heartbeat, card: SoundCard | None = None
) -> None:
    """Wait for microphone and speaker, however long it takes, and train.

    Prints problems only: what is said in the room is nobody's business, and a memory card wears
    out. AudioError when a device that is there cannot be opened.
    """
    card = card or PortAudio()
    names = {Role.MICROPHONE: settings.microphone or None, Role.SPEAKER: settings.speaker or None}
    wait_for_devices(card, names, _once_each(lambda why: notice(console, why), heartbeat.wait))
    transcript = Transcript(console)

    def show(event: Event) -> None:
        if event.kind is Kind.PROBLEM:
            transcript.show(event)

    run_live(
        open_session(settings, show),
        names[Role.MICROPHONE],
        names[Role.SPEAKER],
        on_status=lambda sentence: notice(console, sentence),
        on_block=lambda *_: heartbeat.block(time.monotonic()),
        card=card,
    )


def _once_each(say: Callable[[str], None], always: Callable[[str], None]) -> Callable[[str], None]:
    """Return what hands every sentence to ``always``, but to ``say`` only where it has changed."""
    last = ""

    def tell(sentence: str) -> None:
        nonlocal last
        if sentence != last:
            say(sentence)
        last = sentence
        always(sentence)

    return tell


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
    session = open_session(settings, record.add)
    keeping = contextlib.closing(Keeper(out, session, record)) if out else contextlib.nullcontext()
    with keeping as keeper:

        def on_block(heard: Pcm, played: Pcm) -> None:
            record.pass_to(session.now_seconds)
            if keeper:
                keeper.write(heard, played)

        try:
            report = run_live(
                session,
                settings.microphone or None,
                settings.speaker or None,
                on_status=lambda sentence: notice(console, sentence),
                on_block=on_block,
                card=card,
            )
        except AudioError as error:
            if settings.microphone or settings.speaker:
                raise
            _log.info("No live training: %s", error)
            return False
    _log.info("%s", report)
    return True
