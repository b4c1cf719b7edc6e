"""Training batches: pieces of many recordings, each piece another pseudo-speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .augment import colour, mask, mix, stretch, warp_matrix
from .config import FRAME_SUBSAMPLING, MEL_BANDS, Recipe
from .corpus import GERMAN, Utterance
from .fbank import LOG_FLOOR
from .network import LEFT_FRAMES, input_frames
from .phones import PHONE_INDEX, SILENCE
from .renditions import Pool, original_frames

_SILENCE = PHONE_INDEX[SILENCE]
_FORMANT_RANGE = (0.82, 1.2)
_WARP_RANGE = (0.78, 1.5)
_LOG_TEMPO = 0.25
_GAP_FRAMES = (5, 70)
_LONG_GAP_FRAMES = (70, 200)
_SHARE_OF_LONG_GAPS = 0.15
_SPEECHLESS_ROWS = 0.08
_SHARE_OF_VOICES = 0.2
"""So many rows have a single voice as their background."""
_MINIMUM_PIECE_FRAMES = 8


@dataclass(frozen=True)
class Source:
    """One kind of speech: renditions, its utterances and their labels, its share of the rows.

    ``language`` is the last layer that it teaches; ``weights``, one for each utterance, say how
    much a row with it counts.
    """

    name: str
    pool: Pool
    labels: Sequence[np.ndarray | None]
    share: float
    speakers: Sequence[str] = ()
    language: str = GERMAN
    weights: Sequence[float] = ()


@dataclass(frozen=True)
class Noises:
    """Pools of backgrounds, of single voices elsewhere, and of plain microphone hiss."""

    all: Pool
    voices: Pool
    hiss: Pool


@dataclass(frozen=True)
class Batch:
    """Features (rows, frames, 40), labels (rows, outputs), each row's language and weight."""

    features: torch.Tensor
    labels: torch.Tensor
    languages: tuple[str, ...]
    weights: torch.Tensor


@dataclass
class _Row:
    """A row while it is filled: one label per frame."""

    features: np.ndarray
    labels: np.ndarray
    language: str = GERMAN
    weight: float = 1.0


class Batches:
    """Makes batch number ``i`` from nothing but the seed and ``i``, so training can resume."""

    def __init__(self, sources: Sequence[Source], noises: Noises, recipe: Recipe) -> None:
        self._sources = sources
        self._speakers = [_renditions_by_speaker(source) for source in sources]
        shares = np.array([source.share for source in sources])
        self._shares = shares / shares.sum()
        self._noises = noises
        self._recipe = recipe
        self._frames = input_frames(recipe.outputs_per_row)
        self._outputs = LEFT_FRAMES + FRAME_SUBSAMPLING * np.arange(recipe.outputs_per_row)

    def batch(self, number: int) -> Batch:
        """Return batch ``number``."""
        chance = np.random.default_rng((self._recipe.seed, number))
        rows = [self._row(chance) for _ in range(self._recipe.batch_rows)]
        speech = torch.from_numpy(np.stack([row.features for row in rows]))
        labels = torch.from_numpy(np.stack([row.labels for row in rows]).astype(np.int64))
        voices = chance.random(len(rows)) < _SHARE_OF_VOICES
        noise, kinds = self._background(
            [self._noises.voices if voice else self._noises.all for voice in voices], chance
        )
        # A single voice sounds only under the speech: alone it may be a person on the mat.
        noise[torch.from_numpy(voices)[:, None] & (labels == _SILENCE)] = LOG_FLOOR
        hiss, _ = self._background([self._noises.hiss] * len(rows), chance)
        features, audible = mix(colour(speech, chance), noise, hiss, chance)
        behind = audible & (labels == _SILENCE)
        labels = torch.where(behind, torch.from_numpy(kinds)[:, None], labels)
        return Batch(
            mask(features, chance),
            labels[:, self._outputs],
            tuple(row.language for row in rows),
            torch.tensor([row.weight for row in rows]),
        )

    def _row(self, chance: np.random.Generator) -> _Row:
        """Return one row: pieces of one kind of speech with gaps between, or no speech at all."""
        features = np.full((self._frames, MEL_BANDS), LOG_FLOOR, dtype=np.float32)
        row = _Row(features, np.full(self._frames, _SILENCE, dtype=np.uint8))
        if chance.random() < _SPEECHLESS_ROWS:
            return row
        which = int(chance.choice(len(self._sources), p=self._shares))
        row.language = self._sources[which].language
        position: int | None = None
        while position is None or position < self._frames - _MINIMUM_PIECE_FRAMES:
            piece, labels, weight = self._piece(which, chance)
            if position is None:
                position = _start(len(piece), self._frames, chance)
            skip = max(-position, 0)
            begin = max(position, 0)
            end = min(position + len(piece), self._frames)
            row.features[begin:end] = piece[skip : skip + end - begin]
            row.labels[begin:end] = labels[skip : skip + end - begin]
            row.weight = max(row.weight, weight)
            position += len(piece) + _gap(chance)
        return row

    def _piece(
        self, which: int, chance: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, float]:
        """Return a rendition with its tempo and formants changed, its labels and its weight."""
        source, speakers = self._sources[which], self._speakers[which]
        renditions = speakers[chance.integers(len(speakers))]
        index = int(renditions[chance.integers(len(renditions))])
        utterance = int(source.pool.utterance[index])
        pitch = float(source.pool.pitch[index])
        step = float(np.exp(chance.uniform(-_LOG_TEMPO, _LOG_TEMPO)) / pitch)
        begin, end = self._cut(int(source.pool.lengths[index]), step, chance)
        features = source.pool.rendition(index, begin, end)
        positions = np.arange(0, end - begin - 1, step)
        formants = np.exp(chance.uniform(*np.log(_FORMANT_RANGE)))
        warp = float(np.clip(formants / pitch, *_WARP_RANGE))
        labels = source.labels[utterance]
        assert labels is not None
        frames = np.clip(original_frames(begin + positions, pitch), 0, len(labels) - 1)
        weight = source.weights[utterance] if source.weights else 1.0
        return stretch(features, positions) @ warp_matrix(warp), labels[frames], weight

    def _cut(self, length: int, step: float, chance: np.random.Generator) -> tuple[int, int]:
        """Return the part of a rendition to use: long ones are cut to about one row and a half."""
        most = int(1.5 * self._frames * step)
        if length <= most:
            return 0, length
        begin = int(chance.integers(length - most))
        return begin, begin + most

    def _background(
        self, pools: Sequence[Pool], chance: np.random.Generator
    ) -> tuple[torch.Tensor, np.ndarray]:
        """Return an excerpt for every row, and the network output that each of them is."""
        chosen = [int(chance.integers(len(pool.starts))) for pool in pools]
        excerpts = [self._excerpt(*one, chance) for one in zip(pools, chosen, strict=True)]
        outputs = [pool.utterance[index] for pool, index in zip(pools, chosen, strict=True)]
        return torch.from_numpy(np.stack(excerpts)), np.array(outputs, dtype=np.int64)

    def _excerpt(self, pool: Pool, index: int, chance: np.random.Generator) -> np.ndarray:
        begin = int(chance.integers(pool.lengths[index] - self._frames))
        return pool.rendition(index, begin, begin + self._frames)


def hard_weights(
    utterances: Sequence[Utterance], hard: frozenset[str], weight: float
) -> list[float]:
    """Return ``weight`` for the utterances that hold a word of ``hard``, 1 for the others."""
    return [weight if hard & set(u.text.lower().split()) else 1.0 for u in utterances]


def _renditions_by_speaker(source: Source) -> list[np.ndarray]:
    """Return the usable renditions of every speaker: people count alike, however much they say."""
    renditions = defaultdict(list)
    for index, utterance in enumerate(source.pool.utterance):
        if source.labels[utterance] is not None:
            speaker = source.speakers[utterance] if source.speakers else ""
            renditions[speaker].append(index)
    return [np.array(own) for own in renditions.values()]


def _gap(chance: np.random.Generator) -> int:
    long = chance.random() < _SHARE_OF_LONG_GAPS
    return int(chance.integers(*(_LONG_GAP_FRAMES if long else _GAP_FRAMES)))


def _start(length: int, frames: int, chance: np.random.Generator) -> int:
    """Return where the first piece begins: negative if the row begins inside it."""
    if length > frames:
        return -int(chance.integers(length - frames // 2))
    return int(chance.integers(-length // 3, 90))
