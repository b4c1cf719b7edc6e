"""A small folder of recordings, made anew for each test."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from skill.messages.blocks import EAR_RATE_HZ

MakeCorpus = Callable[..., Path]


@pytest.fixture
def make_corpus(tmp_path: Path) -> MakeCorpus:
    """Return a function that writes a corpus of short tones: (file, transcript, speaker) rows."""

    def make(corpus: str, rows: Sequence[tuple[str, str, str]], seconds: float = 0.5) -> Path:
        folder = tmp_path / "recordings" / corpus
        folder.mkdir(parents=True, exist_ok=True)
        lines = ["file\ttranscript\tspeaker\tsex\tlicence\tseconds"]
        for number, (file, transcript, speaker) in enumerate(rows):
            lines.append(f"{file}\t{transcript}\t{speaker}\t\t\t{seconds}")
            time = np.arange(round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ
            tone = 0.3 * np.sin(2 * np.pi * (200 + 10 * number) * time)
            soundfile.write(folder / file, tone, EAR_RATE_HZ)
        (folder / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder.parent

    return make
