"""Training batches: pieces of many recordings, each piece another pseudo-speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .augment import colour, mask, mix, stretch, warp_matrix
from .config import FRAME_SUBSAMPLING, MEL_BANDS, Recipe
from .fbank import LOG_FLOOR
from .network import LEFT_FRAMES, input_frames
from .phones import PHONE_INDEX, SILENCE
from .renditions import Pool, original_frames

_SILENCE = PHONE_INDEX[SILENCE]
_FORMANT_RANGE = (0.82, 1.2)
_WARP_RANGE = (0.78, 1.5)
_LOG_TEMPO = 0.25
_GAP_FRAMES = (5, 70)
_MINIMUM_PIECE_FRAMES = 8


@dataclass(frozen=True)
class Source:
    """Renditions of one kind of speech, the labels of its utterances, its share of the rows."""

    name: str
    pool: Pool
    labels: Sequence[np.ndarray | None]
    share: float


@dataclass(frozen=True)
class Noises:
    """Pools of backgrounds: with babble, without any speech, and plain microphone hiss."""

    all: Pool
    speechless: Pool
    hiss: Pool


class Batches:
    """Makes batch number ``i`` from nothing but the seed and ``i``, so training can resume."""

    def __init__(self, sources: Sequence[Source], noises: Noises, recipe: Recipe) -> None:
        self._sources = sources
        self._usable = [
            np.array([i for i, u in enumerate(s.pool.utterance) if s.labels[u] is not None])
            for s in sources
        ]
        shares = np.array([source.share for source in sources])
        self._shares = shares / shares.sum()
        self._noises = noises
        self._recipe = recipe
        self._frames = input_frames(recipe.outputs_per_row)
        self._outputs = LEFT_FRAMES + FRAME_SUBSAMPLING * np.arange(recipe.outputs_per_row)

    def batch(self, number: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return features (rows, frames, 40) and labels (rows, outputs)."""
        chance = np.random.default_rng((self._recipe.seed, number))
        rows = [self._row(chance) for _ in range(self._recipe.batch_rows)]
        speech = torch.from_numpy(np.stack([features for features, _ in rows]))
        features = mix(
            colour(speech, chance),
            self._background(self._noises.all, chance),
            self._background(self._noises.hiss, chance),
            chance,
        )
        labels = np.stack([labels[self._outputs] for _, labels in rows])
        return mask(features, chance), torch.from_numpy(labels.astype(np.int64))

    def _row(self, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return one row's features and a label per frame; one row in 25 has no speech at all."""
        features = np.full((self._frames, MEL_BANDS), LOG_FLOOR, dtype=np.float32)
        labels = np.full(self._frames, _SILENCE, dtype=np.uint8)
        if chance.random() < 0.04:
            return self._excerpt(self._noises.speechless, chance), labels
        which = chance.choice(len(self._sources), p=self._shares)
        position: int | None = None
        while position is None or position < self._frames - _MINIMUM_PIECE_FRAMES:
            piece, piece_labels = self._piece(which, chance)
            if position is None:
                position = _start(len(piece), self._frames, chance)
            skip = max(-position, 0)
            begin = max(position, 0)
            end = min(position + len(piece), self._frames)
            features[begin:end] = piece[skip : skip + end - begin]
            labels[begin:end] = piece_labels[skip : skip + end - begin]
            position += len(piece) + int(chance.integers(*_GAP_FRAMES))
        return features, labels

    def _piece(self, which: int, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return a rendition with its tempo and formants changed, and its labels."""
        source, usable = self._sources[which], self._usable[which]
        index = int(usable[chance.integers(len(usable))])
        pitch = float(source.pool.pitch[index])
        step = float(np.exp(chance.uniform(-_LOG_TEMPO, _LOG_TEMPO)) / pitch)
        begin, end = self._cut(int(source.pool.lengths[index]), step, chance)
        features = source.pool.rendition(index, begin, end)
        positions = np.arange(0, end - begin - 1, step)
        formants = np.exp(chance.uniform(*np.log(_FORMANT_RANGE)))
        warp = float(np.clip(formants / pitch, *_WARP_RANGE))
        labels = source.labels[source.pool.utterance[index]]
        assert labels is not None
        frames = np.clip(original_frames(begin + positions, pitch), 0, len(labels) - 1)
        return stretch(features, positions) @ warp_matrix(warp), labels[frames]

    def _cut(self, length: int, step: float, chance: np.random.Generator) -> tuple[int, int]:
        """Return the part of a rendition to use: long ones are cut to about one row and a half."""
        most = int(1.5 * self._frames * step)
        if length <= most:
            return 0, length
        begin = int(chance.integers(length - most))
        return begin, begin + most

    def _background(self, pool: Pool, chance: np.random.Generator) -> torch.Tensor:
        rows = [self._excerpt(pool, chance) for _ in range(self._recipe.batch_rows)]
        return torch.from_numpy(np.stack(rows))

    def _excerpt(self, pool: Pool, chance: np.random.Generator) -> np.ndarray:
        index = int(chance.integers(len(pool.starts)))
        begin = int(chance.integers(pool.lengths[index] - self._frames))
        return pool.rendition(index, begin, begin + self._frames)


def _start(length: int, frames: int, chance: np.random.Generator) -> int:
    """Return where the first piece begins: negative if the row begins inside it."""
    if length > frames:
        return -int(chance.integers(length - frames // 2))
    return int(chance.integers(-length // 3, 60))
