"""Sessions that are played instead of trained: dialogs, plain recordings, the demonstration."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from skill.audio.files import read_recording
from skill.audio.resample import resample
from skill.audio.wav import write_wav
from skill.blocks import EAR_RATE_HZ, VOICE_RATE_HZ
from skill.build import session_maker
from skill.cli.shown import Transcript, notice
from skill.errors import SkillError
from skill.paths import dialogs_dir
from skill.replay.checks import Failure
from skill.replay.picture import draw
from skill.replay.run import run_dialog, run_recording
from skill.replay.runner import Take
from skill.replay.transcript import jsonl, transcript
from skill.settings import Settings

SESSION_WAV = "session.wav"
TIMELINE = "timeline.svg"


def play_dialog(
    path: Path, settings: Settings, console: Console, out: Path | None
) -> tuple[Failure, ...]:
    """Run a dialog test with its transcript on the terminal; return what was not as expected."""
    result = run_dialog(path, session_maker(settings), Transcript(console).show)
    if out:
        write_take(out, result.take, result.script.dialog.title, result.failures)
    return result.failures


def play_recording(path: Path, settings: Settings, console: Console, out: Path | None) -> None:
    """Let the trainer hear a plain recording."""
    take = run_recording(read_recording(path), session_maker(settings), Transcript(console).show)
    if out:
        write_take(out, take, path.name)


def play_demonstration(settings: Settings, console: Console, out: Path) -> None:
    """Play the recorded session that comes with the program, and write it to ``out``."""
    folder = dialogs_dir() / "demonstration"
    dialog = next(iter(sorted(folder.glob("*.dialog.yaml"))), None)
    if dialog is None:
        raise SkillError(f"There is no dialog in {folder}.", "Restore it from the checkout.")
    play_dialog(dialog, settings, console, out)
    notice(
        console,
        f"Zum Anhören: {out / SESSION_WAV} (links du, rechts der Coach)."
        f" Auf einen Blick: {out / TIMELINE}.",
    )


def write_take(out: Path, take: Take, title: str, failures: Sequence[Failure] = ()) -> None:
    """Write a session as sound, text, data and picture; SkillError when that is impossible.

    ``session.wav`` is stereo at 22,050 Hz: left the user, right the coach.
    """
    heard = resample(take.microphone, EAR_RATE_HZ, VOICE_RATE_HZ)
    write_wav(out / SESSION_WAV, VOICE_RATE_HZ, heard, take.coach)
    texts = {
        "transcript.txt": transcript(take.events),
        "events.jsonl": jsonl(take.events),
        TIMELINE: draw(take, title, failures),
    }
    try:
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise SkillError(
            f"{error.filename} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error
