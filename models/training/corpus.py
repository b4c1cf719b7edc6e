"""Recordings in memory and on disk: audio, frame labels, who speaks, what is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from skill.files import appearing_whole

from .config import FRAME_LENGTH_SAMPLES, FRAME_SHIFT_SAMPLES

GERMAN = "de"


@dataclass(frozen=True)
class Utterance:
    """One stretch of speech, 16 kHz mono int16; labels are phone indices per 10 ms frame.

    ``language`` is what its text is read as: a voice of espeak-ng. ``turn`` is its speaker's place
    in the order of all speakers of its folder, or, where speakers have no name, that of its file:
    who is held out goes by it.
    """

    name: str
    speaker: str
    text: str
    samples: np.ndarray
    labels: np.ndarray | None = None
    language: str = GERMAN
    turn: int = 0


def frame_count(sample_count: int) -> int:
    """Return how many 25 ms frames, 10 ms apart, fit into the samples (Kaldi's snip_edges)."""
    if sample_count < FRAME_LENGTH_SAMPLES:
        return 0
    return 1 + (sample_count - FRAME_LENGTH_SAMPLES) // FRAME_SHIFT_SAMPLES


def labels_from_segments(
    starts: Iterable[int], phones: Iterable[int], sample_count: int
) -> np.ndarray:
    """Return the label of every frame, from each phone's first sample; uint8."""
    centres = np.arange(frame_count(sample_count)) * FRAME_SHIFT_SAMPLES + FRAME_LENGTH_SAMPLES // 2
    phone_array = np.fromiter(phones, dtype=np.uint8)
    position = np.searchsorted(np.fromiter(starts, dtype=np.int64), centres, side="right") - 1
    return phone_array[np.clip(position, 0, None)]


def save(path: Path, utterances: list[Utterance]) -> None:
    """Write utterances into one uncompressed ``.npz``; a crash leaves no half file behind."""
    no_labels = np.zeros(0, dtype=np.uint8)
    labels = [u.labels if u.labels is not None else no_labels for u in utterances]
    with appearing_whole(path) as part, part.open("wb") as file:
        np.savez(
            file,
            audio=np.concatenate([u.samples for u in utterances]),
            audio_lengths=np.array([len(u.samples) for u in utterances]),
            labels=np.concatenate(labels),
            label_lengths=np.array([len(label) for label in labels]),
            names=np.array([u.name for u in utterances]),
            speakers=np.array([u.speaker for u in utterances]),
            texts=np.array([u.text for u in utterances]),
        )


def load(path: Path) -> list[Utterance]:
    """Read what :func:`save` wrote."""
    with np.load(path) as stored:
        data = dict(stored)
    audio = np.split(data["audio"], np.cumsum(data["audio_lengths"])[:-1])
    labels = np.split(data["labels"], np.cumsum(data["label_lengths"])[:-1])
    rows = zip(data["names"], data["speakers"], data["texts"], audio, labels, strict=True)
    return [
        Utterance(str(name), str(speaker), str(text), samples, label if len(label) else None)
        for name, speaker, text, samples, label in rows
    ]
