"""A take as files: to listen to, to read, to process, and to see at a glance."""

from collections.abc import Sequence
from pathlib import Path

from rueckgrat.recordings.wav import write_wav
from rueckgrat.replay.checks import Failure
from rueckgrat.replay.picture import draw
from rueckgrat.replay.runner import Take
from skill.audio.resample import resample
from skill.errors import SkillError, reason
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ
from skill.observers.protocol import jsonl
from skill.observers.transcript import transcript

SESSION_WAV = "session.wav"
TRANSCRIPT = "transcript.txt"
EVENTS = "events.jsonl"
TIMELINE = "timeline.svg"


def write_take(out: Path, take: Take, title: str, failures: Sequence[Failure] = ()) -> None:
    """Write a session as sound, text, data and picture; SkillError when that is impossible.

    ``session.wav`` is stereo at 22,050 Hz: left what the microphone heard, right the coach.
    """
    heard = resample(take.microphone, EAR_RATE_HZ, VOICE_RATE_HZ)
    write_wav(out / SESSION_WAV, VOICE_RATE_HZ, heard, take.coach)
    write_pages(out, take, title, failures)


def write_pages(out: Path, take: Take, title: str, failures: Sequence[Failure] = ()) -> None:
    """Write a session as text, data and picture into a folder that is there; else SkillError."""
    texts = {
        TRANSCRIPT: transcript(take.events),
        EVENTS: jsonl(take.events),
        TIMELINE: draw(take, title, failures),
    }
    try:
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise SkillError(
            f"{error.filename} kann ich nicht schreiben ({reason(error)}).",
            "Nimm einen anderen Ordner.",
            code="unwritable",
            path=error.filename,
        ) from error
