"""Sessions that are played instead of trained: dialogs, plain recordings, the demonstration."""

import tempfile
from pathlib import Path

from rich.console import Console

from skill.audio.files import read_recording
from skill.cli.views.transcript import Transcript, notice, results
from skill.errors import SkillError
from skill.paths import dialogs_dir
from skill.replay.output import write_take
from skill.replay.run import Result, run_dialog, run_recording
from skill.replay.sessions import session_maker
from skill.settings import Settings


def play_dialog(path: Path, settings: Settings, console: Console, out: Path | None) -> Result:
    """Run a dialog test with its transcript on the terminal."""
    if out:
        check_writable(out)
    result = run_dialog(path, session_maker(settings), Transcript(console).show)
    if out:
        write_take(out, result.take, result.script.dialog.title, result.failures)
    return result


def play_recording(path: Path, settings: Settings, console: Console, out: Path | None) -> None:
    """Let the trainer hear a plain recording."""
    pcm = read_recording(path)
    if out:
        check_writable(out)
    take = run_recording(pcm, session_maker(settings), Transcript(console).show)
    if out:
        write_take(out, take, path.name)


def play_demonstration(settings: Settings, console: Console, out: Path | None) -> None:
    """Play the recorded session that comes with the program, and write it to ``out``, if given."""
    folder = dialogs_dir() / "demonstration"
    dialog = next(iter(sorted(folder.glob("*.dialog.yaml"))), None)
    if dialog is None:
        raise SkillError(f"There is no dialog in {folder}.", "Restore it from the checkout.")
    play_dialog(dialog, settings, console, out)
    if out:
        notice(console, results(out))


def check_writable(out: Path) -> None:
    """Make the folder ``out``; SkillError, before a session is played, if it takes no file."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise SkillError(
            f"Nothing can be written to {out}: {error.strerror}.",
            "Choose a folder that you may write to with --out.",
        ) from error
