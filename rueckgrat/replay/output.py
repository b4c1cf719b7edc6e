"""A take as files: to listen to, to read, to process, and to see at a glance."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import numpy as np

from rueckgrat.observers.protocol import jsonl
from rueckgrat.observers.transcript import transcript
from rueckgrat.recordings.opus import OpusRecording
from rueckgrat.recordings.wav import write_wav
from rueckgrat.replay.checks import Failure
from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.picture import draw
from rueckgrat.replay.playback import write_playback
from rueckgrat.replay.runner import Take
from skill.audio.resample import resample
from skill.errors import SkillError, reason
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
)
from skill.written.yaml_source import YamlSource

SESSION_WAV = "session.wav"
SESSION_HTML = "session.html"
TRANSCRIPT = "transcript.txt"
EVENTS = "events.jsonl"
TIMELINE = "timeline.svg"


def write_take(
    out: Path,
    take: Take,
    title: str,
    failures: Sequence[Failure] = (),
    source: YamlSource | None = None,
) -> None:
    """Write a session as sound, text, data, picture and page; SkillError where that fails.

    ``session.wav`` is stereo at 22,050 Hz: left what the microphone heard, right the coach.
    ``source`` is the file that the failures are of.
    """
    heard = resample(take.microphone, EAR_RATE_HZ, VOICE_RATE_HZ)
    write_wav(out / SESSION_WAV, VOICE_RATE_HZ, heard, take.coach)
    overview = SessionOverview.of(take, title, tuple(failures), source)
    write_pages(out, overview, _compressed(out, take))


def write_pages(out: Path, overview: SessionOverview, sound: IO[bytes] | None) -> None:
    """Write a session as text, data, picture and page into a folder that is there.

    ``sound`` is its Ogg Opus, if there is any; it is closed. SkillError where one can't be written.
    """
    texts = {
        TRANSCRIPT: transcript(overview.events),
        EVENTS: jsonl(overview.events),
        TIMELINE: draw(overview),
    }
    try:
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8", errors="replace")
        with sound or contextlib.nullcontext():
            write_playback(out / SESSION_HTML, overview, sound)
    except OSError as error:
        raise SkillError(
            f"{error.filename} kann ich nicht schreiben ({reason(error)}).",
            "Nimm einen anderen Ordner.",
            code="unwritable",
            path=error.filename,
        ) from error


def _compressed(out: Path, take: Take) -> IO[bytes] | None:
    """Return the sound of a take as Ogg Opus."""
    recording = OpusRecording(out)
    blocks = -(-take.microphone.size // EAR_BLOCK_SAMPLES)
    for number in range(blocks):
        heard = take.microphone[number * EAR_BLOCK_SAMPLES :][:EAR_BLOCK_SAMPLES]
        played = take.coach[(number + 1) * VOICE_BLOCK_SAMPLES :][:VOICE_BLOCK_SAMPLES]
        recording.write(np.asarray(heard), np.asarray(played))
    return recording.close()
