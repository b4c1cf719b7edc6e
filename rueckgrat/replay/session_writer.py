"""Writes a live session to a folder, for a person who asked for it with ``--out``."""

from pathlib import Path

import numpy as np

from rueckgrat.recordings.wav import SessionRecording
from rueckgrat.replay.output import SESSION_WAV, write_pages
from rueckgrat.replay.runner import Take
from skill.messages.blocks import VOICE_BLOCK_SAMPLES, Exchange, Pcm, silence
from skill.observers import Observer
from skill.observers.record import Record
from skill.session import Session


class SessionWriter(Observer):
    """Writes the sound block by block, and text and picture when the session has ended.

    The sound is therefore there even if the power fails. Raises AudioError when ``out`` cannot be
    written to begin with. Holds the whole session in memory, for the picture: 4.6 MB a minute.
    """

    title = "Die Aufnahme"

    def __init__(self, out: Path, session: Session, record: Record) -> None:
        self._out = out
        self._session = session
        self._record = record
        self._recording = SessionRecording(out / SESSION_WAV)
        self._heard: list[Pcm] = [silence(0)]
        self._played: list[Pcm] = [silence(VOICE_BLOCK_SAMPLES)]  # heard from 0.1 s on

    def after_block(self, block: Exchange) -> None:
        """Add what was heard, and what was played in answer."""
        self._recording.write(block.heard, block.played)
        self._heard.append(block.heard)
        self._played.append(block.played)

    def close(self) -> None:
        """Finish the recording; draw and write everything else. SkillError if that fails."""
        self._recording.close()
        now = self._session.now_seconds
        if not now:
            return
        take = Take(
            events=tuple(event for event in self._record.events if event.seconds <= now),
            microphone=np.concatenate(self._heard),
            coach=np.concatenate(self._played),
            seconds=now,
            state=self._session.state,
            finished=self._session.finished,
            timed_out=False,
        )
        write_pages(self._out, take, "Rückgrat")
