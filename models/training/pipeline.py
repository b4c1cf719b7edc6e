"""The stages of the recipe in order; each leaves its result on disk and is then skipped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import torch

from . import align, corpus, finished, recordings, renditions, synthesise, train, words
from .augment import REFERENCE_RMS
from .backgrounds import NoiseMaker
from .batches import Batches, Noises, Source, hard_weights
from .config import REPOSITORY, SAMPLE_RATE_HZ, Recipe, TrainingRun
from .corpus import GERMAN, Utterance
from .fbank import log_mel
from .network import PhoneNet
from .sequence import PhoneLoop

_LOG = logging.getLogger(__name__)
_HARD = frozenset(words.MINIMAL_PAIRS)

PITCHES = {
    "synthetic": (1.0,),
    "sentences": (0.55, 0.63, 0.72, 0.82, 0.93, 1.05, 1.2),
    "digits": (0.66, 0.76, 0.87, 1.0, 1.15, 1.3),
    "english": (0.76, 1.0, 1.2),
    "stops": (0.8, 0.92, 1.0, 1.1, 1.25),
    "everyday": (0.87, 1.0, 1.15),
    "wake_words": (0.93, 1.08),
    "spanish": (0.93, 1.08),
    "arabic": (1.0,),
}
"""Pitch factors per kind of speech: the one reader, a woman, becomes men, women and children."""

LANGUAGES = {"everyday": "en", "wake_words": "en", "spanish": "es", "arabic": "ar"}
"""Kinds that teach a last layer of their own; all others teach the German one."""

_HUMAN: dict[str, Callable[[Path], list[Utterance]]] = {
    "sentences": recordings.sentences,
    "digits": recordings.digits,
    "english": recordings.english_digits,
    "stops": recordings.stops,
    "everyday": recordings.everyday,
    "wake_words": recordings.wake_words,
    "spanish": recordings.spanish,
    "arabic": recordings.arabic,
}
_FOREIGN_SHARES = {"everyday": 0.07, "wake_words": 0.06, "spanish": 0.01, "arabic": 0.04}
SHARES = {
    "synthetic": 0.27,
    "sentences": 0.32,
    "digits": 0.15,
    "english": 0.04,
    "stops": 0.04,
    **_FOREIGN_SHARES,
}
_BOOTSTRAP_SHARES = {"synthetic": 1.0}
_POLISH_SHARES = {
    "synthetic": 0.29,
    "sentences": 0.26,
    "digits": 0.21,
    "english": 0.04,
    "stops": 0.02,
    **_FOREIGN_SHARES,
}
"""At last more of the eight people than of the one: strangers sound like none of them."""


@dataclass(frozen=True)
class Pipeline:
    """One recipe with its folders.

    ``aligner`` is a finished model whose network aligns the human speech in place of the first two
    runs; nothing is learnt from it but where the phones lie.
    """

    recipe: Recipe
    recordings: Path
    work: Path
    aligner: Path | None = None

    def first_network(self) -> PhoneNet:
        """Do everything up to a first usable network: synthetic speech, alignment, short run."""
        self.prepare()
        bootstrap = self.train(self.recipe.bootstrap, _BOOTSTRAP_SHARES, None)
        self.align("alignment-1", bootstrap, self.labels(None))
        return self.train(self.recipe.first, SHARES, "alignment-1")

    def quick_network(self) -> PhoneNet:
        """Polish the first network at once: a fifth of the work, most of the way."""
        return self.train(
            self.recipe.quick, _POLISH_SHARES, "alignment-1", start=self.first_network()
        )

    def final_network(self) -> PhoneNet:
        """Go on from the first network with better alignments, then adopt the held-out people."""
        start = None if self.aligner else self.first_network()
        self._second_alignment(start)
        final = self.train(self.recipe.final, SHARES, "alignment-2", start=start)
        self.align("alignment-3", final, self.labels("alignment-2"))
        polish, adopt = self.recipe.polish, self.recipe.adopt
        network = self.train(polish, _POLISH_SHARES, "alignment-3", start=final)
        return self.train(adopt, _POLISH_SHARES, "alignment-3", start=network, everyone=True)

    def onward_network(self) -> PhoneNet:
        """Go on from the aligner itself, with more people than it has heard."""
        assert self.aligner is not None
        self._second_alignment(None)
        start = finished.network(self.aligner, self.recipe)
        return self.train(
            *(self.recipe.onward, _POLISH_SHARES, "alignment-2"),
            start=start,
            folded=True,
            everyone=True,
        )

    def _second_alignment(self, first: PhoneNet | None) -> None:
        if first is not None:
            self.align("alignment-2", first, self.labels("alignment-1"))
            return
        assert self.aligner is not None
        self.prepare()
        self.align("alignment-2", finished.network(self.aligner, self.recipe), self.labels(None))

    def prepare(self) -> None:
        """Synthesise speech, render all pools of features."""
        for seed, name in enumerate(PITCHES):
            self._pool(name, seed)
        self._noise_pools()

    @cached_property
    def synthetic(self) -> list[Utterance]:
        """The synthetic corpus, made on first use."""
        path = self.work / "synthetic.npz"
        if not path.exists():
            _LOG.info("synthesising speech")
            dialogs = REPOSITORY / "dialogs"
            phrases = words.command_phrases(dialogs)
            vocabulary = [*words.command_words(dialogs), *words.decoy_words(dialogs)]
            vocabulary += words.common_words(self.recipe.common_words)
            texts = self._trained_sentences()
            lines = synthesise.plan(self.recipe, phrases, vocabulary, texts)
            corpus.save(path, synthesise.render(lines))
        return corpus.load(path)

    def align(self, name: str, network: PhoneNet, labels: list[np.ndarray]) -> None:
        """Align all human speech; ``labels``, what the network learnt from, give the priors."""
        priors = align.phone_priors(labels)
        for kind in _HUMAN:
            path = self.work / f"{name}-{kind}.npz"
            if not path.exists():
                _LOG.info("%s: aligning %s", name, kind)
                align.save(path, align.align_all(network, self._utterances(kind), priors))

    def labels(self, alignment: str | None, *, everyone: bool = False) -> list[np.ndarray]:
        """Return the frame labels of all German speech a run trains with."""
        shares = SHARES if alignment else _BOOTSTRAP_SHARES
        kinds = [kind for kind in shares if kind not in LANGUAGES]
        found = [self._labels_of(kind, alignment, everyone) for kind in kinds]
        return [labels for kind in found for labels in kind if labels is not None]

    def train(
        self,
        run: TrainingRun,
        shares: dict[str, float],
        alignment: str | None,
        *,
        start: PhoneNet | None = None,
        folded: bool = False,
        everyone: bool = False,
    ) -> PhoneNet:
        """Do one training run, or return its network if it is done.

        ``folded`` says that ``start`` was read from a finished model.
        """
        folder = self.work / run.name
        if not (folder / "network.pt").exists():
            batches = Batches(
                self._sources(shares, alignment, everyone), self._noises(), self.recipe
            )
            if start is not None and folded:
                seen = [batches.batch(number).features for number in range(8)]
                finished.make_trainable(start, torch.cat(seen))
            labels = self.labels(alignment, everyone=everyone)
            loop = PhoneLoop.of(labels, self.recipe.acoustic_scale, run.boost)
            train.Trainer(run, self.recipe, batches, loop, start).train(folder)
        return train.load_network(folder, self.recipe)

    def _sources(
        self, shares: dict[str, float], alignment: str | None, everyone: bool
    ) -> list[Source]:
        return [self._source(kind, share, alignment, everyone) for kind, share in shares.items()]

    def _source(self, kind: str, share: float, alignment: str | None, everyone: bool) -> Source:
        utterances = self._utterances(kind)
        return Source(
            kind,
            renditions.load_pool(self._pool_path(kind)),
            self._labels_of(kind, alignment, everyone),
            share,
            [u.name if u.speaker.startswith(recordings.CROWD) else u.speaker for u in utterances],
            LANGUAGES.get(kind, GERMAN),
            hard_weights(utterances, _HARD, self.recipe.hard_weight),
        )

    def _labels_of(
        self, kind: str, alignment: str | None, everyone: bool
    ) -> list[np.ndarray | None]:
        """Return every utterance's labels, None for those that may not be trained with."""
        utterances = self._utterances(kind)
        if kind == "synthetic":
            return [u.labels for u in utterances]
        aligned = align.load(self.work / f"{alignment}-{kind}.npz")
        hidden = recordings.held_out(utterances, self.recipe)
        adopted = everyone and kind in ("digits", "english")  # the held-out sentences stay out
        return [
            None if a is None or (out and not adopted) else a.labels
            for a, out in zip(aligned, hidden, strict=True)
        ]

    def _utterances(self, kind: str) -> list[Utterance]:
        return self.synthetic if kind == "synthetic" else _recorded(kind, self.recordings)

    def _pool_path(self, name: str) -> Path:
        return self.work / "pools" / name

    def _pool(self, name: str, seed: int) -> None:
        path = self._pool_path(name)
        if (path / "index.npy").exists():
            return
        utterances = self._utterances(name)
        _LOG.info("rendering %d utterances: %s", len(utterances), name)
        rooms = recordings.rooms(self.recordings, self.recipe)
        wanted = renditions.orders(utterances, PITCHES[name], rooms, self.recipe.seed + seed)
        renditions.make_pool(path, wanted)

    def _noise_pools(self) -> None:
        if (self._pool_path("hiss") / "index.npy").exists():
            return
        _LOG.info("rendering noise")
        chance = np.random.default_rng(self.recipe.seed)
        coach = synthesise.render(synthesise.coach(self._trained_sentences()[:100]))
        maker = NoiseMaker(
            *(
                recordings.noise(self.recordings, self.recipe, voices=voices)
                for voices in ("", "many voices", "one voice")
            ),
            [u.samples for u in recordings.chatter(self.recordings, self.recipe)],
            [u.samples for u in coach],
            chance,
        )
        renditions.make_noise(self._pool_path("noise"), maker.make, 750)
        renditions.make_noise(self._pool_path("voices"), maker.one_voice, 200)
        length = renditions.NOISE_CLIP_SECONDS * SAMPLE_RATE_HZ
        white = [chance.standard_normal(length, dtype=np.float32) for _ in range(20)]
        hiss = [log_mel(torch.from_numpy(REFERENCE_RMS * w)).numpy() for w in white]
        features = [h.astype(np.float16) for h in hiss]
        renditions.write_pool(self._pool_path("hiss"), features, [0] * 20, [1.0] * 20)

    def _trained_sentences(self) -> list[str]:
        """Return the texts of the read sentences that nothing is measured on."""
        spoken = self._utterances("sentences")
        hidden = recordings.held_out(spoken, self.recipe)
        return [u.text for u, out in zip(spoken, hidden, strict=True) if not out]

    def _noises(self) -> Noises:
        names = ("noise", "voices", "hiss")
        return Noises(*(renditions.load_pool(self._pool_path(name)) for name in names))


@cache
def _recorded(kind: str, folder: Path) -> list[Utterance]:
    return _HUMAN[kind](folder)
