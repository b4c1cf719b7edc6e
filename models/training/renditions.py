"""Feature pools: every utterance in several pitches and rooms, as log-mel energies on disk."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
import torch

from .augment import REFERENCE_RMS
from .backgrounds import active_rms, in_room, synthetic_room
from .config import FRAME_SHIFT_SAMPLES, SAMPLE_RATE_HZ
from .corpus import Utterance
from .fbank import log_mel
from .manners import MANNERS, spoken
from .phones import OUTPUT_INDEX

NOISE_CLIP_SECONDS = 6
_SHARE_OF_MANNERS = 0.25


@dataclass(frozen=True)
class Order:
    """One rendition to make: which utterance, its pitch factor, the room (None: as recorded).

    ``clip_db`` is how far the loudest peak lies above what the microphone could take; 0: nowhere.
    ``manner`` is one of :data:`manners.MANNERS`, or empty; ``seed`` decides how strong it is.
    """

    utterance: int
    samples: np.ndarray
    pitch: float
    room: np.ndarray | None
    clip_db: float = 0.0
    manner: str = ""
    seed: int = 0


@dataclass(frozen=True)
class Pool:
    """Many renditions in one flat (frames, 40) float16 array."""

    features: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    utterance: np.ndarray
    pitch: np.ndarray

    def rendition(self, index: int, begin: int, end: int) -> np.ndarray:
        """Return frames ``begin`` to ``end`` of one rendition as float32."""
        start = int(self.starts[index])
        return self.features[start + begin : start + end].astype(np.float32)


def orders(
    utterances: Sequence[Utterance],
    pitches: Sequence[float],
    rooms: Sequence[np.ndarray],
    seed: int,
) -> list[Order]:
    """Order every utterance in every pitch (varied by 4 %), half in a room, a tenth clipped.

    One in four is said in another manner.
    """
    chance = np.random.default_rng(seed)
    wanted = []
    for index, utterance in enumerate(utterances):
        for pitch in pitches:
            varied = float(pitch * np.exp(chance.uniform(-0.04, 0.04)))
            clip_db = chance.uniform(6, 20) if chance.random() < 0.1 else 0.0
            room = _room(rooms, chance)
            manner = str(chance.choice(MANNERS)) if chance.random() < _SHARE_OF_MANNERS else ""
            wanted.append(
                Order(index, utterance.samples, varied, room, clip_db, manner, len(wanted))
            )
    return wanted


def _room(rooms: Sequence[np.ndarray], chance: np.random.Generator) -> np.ndarray | None:
    kind = chance.random()
    if kind < 0.5:
        return None
    return synthetic_room(chance) if kind < 0.8 else rooms[int(chance.integers(len(rooms)))]


def render(order: Order) -> np.ndarray:
    """Return (frames, 40) log-mel energies at the reference level."""
    samples = order.samples.astype(np.float32)
    if order.manner:
        samples = spoken(samples, order.manner, np.random.default_rng(order.seed))
    samples = soxr.resample(samples, SAMPLE_RATE_HZ * order.pitch, SAMPLE_RATE_HZ, quality="LQ")
    if order.room is not None:
        samples = in_room(samples, order.room)
    if order.clip_db:
        limit = np.abs(samples).max() * 10 ** (-order.clip_db / 20)
        samples = np.clip(samples, -limit, limit)
    samples *= REFERENCE_RMS / active_rms(samples)
    return log_mel(torch.from_numpy(samples)).numpy().astype(np.float16)


def make_pool(path: Path, wanted: Sequence[Order], processes: int = 2) -> None:
    """Render all orders into ``path`` (a folder with two ``.npy`` files)."""
    with multiprocessing.get_context("spawn").Pool(processes, _one_thread) as workers:
        made = workers.map(render, wanted, chunksize=32)
    write_pool(path, made, [o.utterance for o in wanted], [o.pitch for o in wanted])


def make_noise(path: Path, make: Callable[[int], tuple[str, np.ndarray]], clips: int) -> None:
    """Write a pool of backgrounds at the reference level; their "utterance" is their output."""
    length = NOISE_CLIP_SECONDS * SAMPLE_RATE_HZ
    made, outputs = [], []
    for _ in range(clips):
        name, samples = make(length)
        features = log_mel(torch.from_numpy((REFERENCE_RMS * samples).astype(np.float32)))
        made.append(features.numpy().astype(np.float16))
        outputs.append(OUTPUT_INDEX[name])
    write_pool(path, made, outputs, [1.0] * clips)


def write_pool(
    path: Path, made: Sequence[np.ndarray], utterance: Sequence[int], pitch: Sequence[float]
) -> None:
    """Write rendered features; ``index.npy`` comes last and so marks a complete pool."""
    path.mkdir(parents=True, exist_ok=True)
    lengths = np.array([len(features) for features in made])
    np.save(path / "features.npy", np.concatenate(made))
    starts = np.cumsum(lengths) - lengths
    np.save(path / "index.npy", np.stack([starts, lengths, utterance, pitch]))


def load_pool(path: Path) -> Pool:
    """Return a pool, wholly in memory: random reads from disk would starve the training."""
    starts, lengths, utterance, pitch = np.load(path / "index.npy")
    features = np.load(path / "features.npy")
    return Pool(features, starts.astype(int), lengths.astype(int), utterance.astype(int), pitch)


def original_frames(positions: np.ndarray, pitch: float) -> np.ndarray:
    """Return the frames of the original recording that lie at positions of a rendition."""
    centres = (positions * FRAME_SHIFT_SAMPLES + 200) * pitch
    return np.rint((centres - 200) / FRAME_SHIFT_SAMPLES).astype(int)


def _one_thread() -> None:
    torch.set_num_threads(1)
