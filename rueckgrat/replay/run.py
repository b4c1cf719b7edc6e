"""Runs dialog tests and plain recordings through a session."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from rueckgrat.observers.record import Record
from rueckgrat.replay.checks import Failure, failures
from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.plain_recording import PlainRecording
from rueckgrat.replay.reading import Script, read_dialog
from rueckgrat.replay.room import Room, at_snr, reverberation
from rueckgrat.replay.runner import Take, play
from rueckgrat.replay.scripted_user import ScriptedUser
from skill.content.schema import Content
from skill.messages.blocks import Pcm
from skill.messages.events import Event
from skill.observers import Observers
from skill.session import Session

OnMoment: TypeAlias = Callable[[Event], None]

MakeSession: TypeAlias = Callable[[Setup, Observers], Session]
"""Builds a session for a set-up, followed by these observers."""


@runtime_checkable
class HasContent(Protocol):
    """A maker of sessions that tells what they say and understand."""

    @property
    def content(self) -> Content:
        """What the sessions say and understand."""
        ...


@dataclass(frozen=True)
class Result:
    """What came of a dialog test."""

    script: Script
    take: Take
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came as expected."""
        return not self.failures


def run_dialog(
    path: Path, make_session: MakeSession, on_moment: OnMoment = lambda _: None
) -> Result:
    """Run the dialog test in ``path``; ``on_moment`` sees each event as its time comes.

    Raises ContentError for a file that is wrong. The same file gives the same take every time.
    Names in it are those of the maker's ``content``, if it has one, else of the shipped dialogs.
    """
    content = make_session.content if isinstance(make_session, HasContent) else None
    return run_script(read_dialog(path, content), make_session, on_moment)


def run_script(
    script: Script, make_session: MakeSession, on_moment: OnMoment = lambda _: None
) -> Result:
    """Run a dialog test that has been read, or made by a program."""
    dialog = script.dialog
    record = Record(on_moment)
    user = ScriptedUser(dialog, script.utterances)
    session = make_session(dialog.setup, Observers([record]))
    take = play(session, record, user, _room(script), dialog.limit)
    return Result(script, take, tuple(failures(dialog, user.performed, take)))


def run_recording(
    pcm: Pcm,
    make_session: MakeSession,
    on_moment: OnMoment = lambda _: None,
    setup: Setup | None = None,
) -> Take:
    """Play a plain recording (16 kHz) to a session, and listen until the coach falls silent."""
    record = Record(on_moment)
    session = make_session(setup or Setup(), Observers([record]))
    return play(session, record, PlainRecording(pcm))


def _room(script: Script) -> Room:
    dialog, speech = script.dialog, [one.pcm for one in script.utterances.values()]
    noise = None
    if dialog.noise is not None and script.noise is not None:
        noise = at_snr(script.noise, speech, dialog.noise.snr)
    response = reverberation(dialog.echo.reverberation if dialog.echo else 0.0)
    return Room(noise, dialog.echo, response)
