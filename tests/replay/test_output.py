from pathlib import Path

import numpy as np
import pytest

from rueckgrat.recordings.files import read_recording
from rueckgrat.replay.output import write_take
from rueckgrat.replay.runner import Take
from skill.errors import SkillError
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, silence
from skill.messages.events import Said


def take() -> Take:
    heard = np.full(EAR_RATE_HZ, 1_000, dtype=np.int16)
    events = (Said(0.2, 0.9, "Hallo.", "welcome.hello"),)
    return Take(events, heard, silence(VOICE_RATE_HZ), 1.0, "welcome", False, False)


def test_a_take_becomes_sound_text_data_picture_and_page(tmp_path: Path) -> None:
    write_take(tmp_path / "out", take(), "Ein Versuch")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "session.wav",
        "transcript.txt",
        "events.jsonl",
        "timeline.svg",
        "session.html",
    }
    stereo = read_recording(tmp_path / "out" / "session.wav", VOICE_RATE_HZ)
    assert stereo.size == VOICE_RATE_HZ
    # Left full, right silent: the mean of both is half.
    assert stereo[5_000:10_000].mean() == pytest.approx(500, abs=2)
    assert "Hallo." in (tmp_path / "out" / "transcript.txt").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(SkillError, match="kann ich nicht schreiben"):
        write_take(tmp_path / "out", take(), "Ein Versuch")
