"""Sessions that are played instead of trained: dialogs, plain recordings, the demonstration.

``show`` gets each event as its time comes; with ``out`` the session is written to that folder.
"""

from pathlib import Path

from rueckgrat.recordings.files import read_recording
from rueckgrat.replay.output import write_take
from rueckgrat.replay.run import OnMoment, Result, run_dialog, run_recording
from rueckgrat.replay.sessions import OnSession, session_maker
from skill.errors import SkillError
from skill.files import check_writable
from skill.paths import dialogs_dir
from skill.settings import Settings


def play_dialog(
    path: Path,
    settings: Settings,
    out: Path | None,
    show: OnMoment,
    onlooker: OnSession = lambda _: None,
) -> Result:
    """Run a dialog test; the ``onlooker`` gets the session before its first block."""
    if out:
        check_writable(out)
    result = run_dialog(path, session_maker(settings, onlooker), show)
    if out:
        title, source = result.script.dialog.title, result.script.source
        write_take(out, result.take, title, result.failures, source)
    return result


def play_recording(path: Path, settings: Settings, out: Path | None, show: OnMoment) -> None:
    """Let the trainer hear a plain recording."""
    pcm = read_recording(path)
    if out:
        check_writable(out)
    take = run_recording(pcm, session_maker(settings), show)
    if out:
        write_take(out, take, path.name)


def play_demonstration(settings: Settings, out: Path | None, show: OnMoment) -> None:
    """Play the recorded session that comes with the program."""
    play_dialog(demonstration(), settings, out, show)


def demonstration() -> Path:
    """Return the dialog of the recorded session that comes with the program."""
    folder = dialogs_dir() / "demonstration"
    dialog = next(iter(sorted(folder.glob("*.dialog.yaml"))), None)
    if dialog is None:
        raise SkillError(f"In {folder} ist kein Dialog.", "Leg den mitgelieferten zurück.")
    return dialog
