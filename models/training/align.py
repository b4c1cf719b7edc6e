"""Forced alignment: which phone a person says in which 10 ms frame."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from skill.files import appearing_whole

from .config import FRAME_SUBSAMPLING
from .corpus import Utterance
from .fbank import log_mel
from .network import LEFT_FRAMES, RIGHT_FRAMES, PhoneNet
from .phones import PHONE_INDEX, PHONES, SILENCE
from .pronounce import Pronunciation, sentence
from .sequence import as_phones

_SILENCE = PHONE_INDEX[SILENCE]
_IMPOSSIBLE = -1e30
_MINIMUM_FRAMES = 3
"""A phone lasts at least 30 ms: the decoder sees one frame in three."""


@dataclass(frozen=True)
class Lattice:
    """States of all ways to say a sentence, left to right; ``word`` is -1 in silence."""

    phone: np.ndarray
    word: np.ndarray
    predecessors: list[list[int]]
    final: list[int]


@dataclass(frozen=True)
class Alignment:
    """Phone and word index of every frame, and the mean log likelihood per speech frame."""

    labels: np.ndarray
    words: np.ndarray
    score: float


def build(words: Sequence[Sequence[Pronunciation]]) -> Lattice:
    """Build the states of a sentence with optional silence around every word.

    Every phone is a row of three states, which makes it last three frames at least.
    """
    phone, word, before = [_SILENCE], [-1], [[0]]
    exits = [0]  # states after which the next word may begin; -1 stands for the very start
    can_start_here = True
    for index, variants in enumerate(words):
        ends = []
        entries = [*exits, -1] if can_start_here else exits
        for pronunciation in variants:
            last = list(entries)
            for label in pronunciation:
                for repeat in range(_MINIMUM_FRAMES):
                    phone.append(PHONE_INDEX[label])
                    word.append(index)
                    loops = [len(phone) - 1] if repeat == _MINIMUM_FRAMES - 1 else []
                    before.append([*loops, *last])
                    last = [len(phone) - 1]
            ends += last
        phone.append(_SILENCE)
        word.append(-1)
        before.append([len(phone) - 1, *ends])
        exits = [*ends, len(phone) - 1]
        can_start_here = False
    return Lattice(np.array(phone), np.array(word), before, exits)


def viterbi(log_probabilities: np.ndarray, lattice: Lattice) -> Alignment | None:
    """Return the best path of (frames, phones) scores; None if the audio is too short."""
    frames, states = len(log_probabilities), len(lattice.phone)
    width = max(map(len, lattice.predecessors))
    table = np.full((states, width), states)  # index "states" is a dead state
    for state, before in enumerate(lattice.predecessors):
        alive = [p for p in before if p >= 0]
        table[state, : len(alive)] = alive
    emission = log_probabilities[:, lattice.phone]
    score = np.full(states + 1, _IMPOSSIBLE)
    starts = [state for state, before in enumerate(lattice.predecessors) if -1 in before]
    score[[0, *starts]] = emission[0, [0, *starts]]
    back = np.zeros((frames, states), dtype=np.int32)
    rows = np.arange(states)
    for frame in range(1, frames):
        candidates = score[table]
        best = candidates.argmax(1)
        back[frame] = table[rows, best]
        score[:states] = candidates[rows, best] + emission[frame]
    end = max(lattice.final, key=lambda state: score[state])
    if score[end] < _IMPOSSIBLE / 2:
        return None
    return _trace(back, end, emission, lattice)


def _trace(back: np.ndarray, end: int, emission: np.ndarray, lattice: Lattice) -> Alignment:
    path = np.empty(len(back), dtype=np.int64)
    path[-1] = end
    for frame in range(len(back) - 1, 0, -1):
        path[frame - 1] = back[frame, path[frame]]
    words = lattice.word[path]
    speech = emission[np.arange(len(path)), path][words >= 0]
    score = float(speech.mean()) if len(speech) else _IMPOSSIBLE
    return Alignment(lattice.phone[path].astype(np.uint8), words, score)


@torch.no_grad()
def log_likelihoods(network: PhoneNet, samples: np.ndarray, priors: np.ndarray) -> np.ndarray:
    """Return scaled likelihoods (frames, phones), one row per 10 ms.

    The network has one output per 30 ms; three passes, shifted by a frame each, fill the gaps.
    """
    features = log_mel(torch.from_numpy(samples.astype(np.float32)))
    frames = len(features)
    left = features[:1].expand(LEFT_FRAMES, -1)
    right = features[-1:].expand(RIGHT_FRAMES + FRAME_SUBSAMPLING, -1)
    padded = torch.cat([left, features, right])
    needed = LEFT_FRAMES + RIGHT_FRAMES + 1 + FRAME_SUBSAMPLING * (-(-frames // 3) - 1)
    shifted = torch.stack([padded[shift : shift + needed] for shift in range(3)])
    posteriors = as_phones(network(shifted)).log_softmax(-1)  # (3, outputs, phones)
    return (posteriors.transpose(0, 1).flatten(0, 1)[:frames].numpy()) - np.log(priors)


def align_all(
    network: PhoneNet, utterances: Sequence[Utterance], priors: np.ndarray, processes: int = 2
) -> list[Alignment | None]:
    """Align utterances with their transcripts; None where the text does not fit the audio."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, _set_up, (network, priors)) as workers:
        return workers.map(_align_one, utterances, chunksize=16)


_worker: dict[str, Any] = {}
"""What every worker process needs: the network and the priors."""


def _set_up(network: PhoneNet, priors: np.ndarray) -> None:
    torch.set_num_threads(1)
    _worker.update(network=network, priors=priors)


def _align_one(utterance: Utterance) -> Alignment | None:
    try:
        words = sentence(utterance.text, utterance.language)
    except KeyError:  # a phone of another language
        return None
    scores = log_likelihoods(_worker["network"], utterance.samples, _worker["priors"])
    return viterbi(scores, build(words))


def phone_priors(labels: Sequence[np.ndarray]) -> np.ndarray:
    """Return the share of every phone in frame labels, with a floor for rare ones."""
    counts = np.bincount(np.concatenate(labels), minlength=len(PHONES)).astype(float)
    return np.maximum(counts / counts.sum(), 1e-3)


def save(path: Path, alignments: Sequence[Alignment | None]) -> None:
    """Write alignments; a missing one has length 0."""
    empty = Alignment(np.zeros(0, np.uint8), np.zeros(0, np.int64), _IMPOSSIBLE)
    present = [alignment or empty for alignment in alignments]
    with appearing_whole(path) as part, part.open("wb") as file:
        np.savez(
            file,
            labels=np.concatenate([a.labels for a in present]),
            words=np.concatenate([a.words for a in present]).astype(np.int16),
            lengths=np.array([len(a.labels) for a in present]),
            scores=np.array([a.score for a in present]),
        )


def load(path: Path) -> list[Alignment | None]:
    """Read what :func:`save` wrote, without the worst hundredth: their text is not what is said."""
    with np.load(path) as stored:
        data = dict(stored)
    splits = np.cumsum(data["lengths"])[:-1]
    worst = np.quantile(data["scores"], 0.01)
    rows = zip(
        np.split(data["labels"], splits),
        np.split(data["words"], splits),
        data["scores"],
        strict=True,
    )
    return [
        Alignment(labels, words, float(score)) if len(labels) and score > worst else None
        for labels, words, score in rows
    ]
