"""Writes a live session to a folder, for a person who asked for it with ``--out``."""

from pathlib import Path

import numpy as np

from rueckgrat.observers.record import Record
from rueckgrat.recordings.opus import OpusRecording
from rueckgrat.recordings.wav import SessionRecording
from rueckgrat.replay.output import SESSION_WAV, write_pages
from rueckgrat.replay.overview import Peaks, SessionOverview, peaks
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Exchange, silence
from skill.observers import Observer
from skill.session import Session


class SessionWriter(Observer):
    """Writes the sound block by block, and text, picture and page when the session has ended.

    ``session.wav`` is therefore there even if the power fails. Raises AudioError when ``out``
    cannot be written to begin with. Of the sound only its outline stays in memory.
    """

    title = "Die Aufnahme"

    def __init__(self, out: Path, session: Session, record: Record) -> None:
        self._out = out
        self._session = session
        self._record = record
        self._recording = SessionRecording(out / SESSION_WAV)
        self._compressed = OpusRecording(out)
        self._heard: list[Peaks] = []
        self._played = [peaks(silence(VOICE_BLOCK_SAMPLES), VOICE_BLOCK_SAMPLES)]  # from 0.1 s on

    def after_block(self, block: Exchange) -> None:
        """Add what was heard, and what was played in answer."""
        self._recording.write(block.heard, block.played)
        self._compressed.write(block.heard, block.played)
        self._heard.append(peaks(block.heard, EAR_BLOCK_SAMPLES))
        self._played.append(peaks(block.played, VOICE_BLOCK_SAMPLES))

    def close(self) -> None:
        """Finish the recording; draw and write everything else. SkillError if that fails."""
        self._recording.close()
        sound = self._compressed.close()
        now = self._session.now_seconds
        if not now:
            if sound:
                sound.close()
            return
        overview = SessionOverview(
            "Rückgrat",
            tuple(event for event in self._record.events if event.seconds <= now),
            np.concatenate([np.zeros(0), *self._heard]),
            np.concatenate(self._played),
            now,
            self._session.state,
            self._session.finished,
        )
        write_pages(self._out, overview, sound)
