"""Learns a person's voice: biases of the network's first layers, from takes whose words are known.

What is made better is the question that the decoder asks: how much more probable is the path of the
words than any sequence of sounds, which is what other words are? A few steps up that hill suffice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rueckgrat.adaptation.acoustic_model import AcousticModel
from rueckgrat.adaptation.features import log_mel
from rueckgrat.adaptation.kaldi import Floats
from rueckgrat.adaptation.network import LaidOut, Network
from rueckgrat.adaptation.noise import with_noise
from rueckgrat.adaptation.paths import Paths, any_sounds, paths_of
from rueckgrat.adaptation.pronunciations import Pronunciations
from skill.messages.blocks import Pcm

ACOUSTIC_SCALE = 0.5
"""How much the decoder makes of the network's scores: ``--acoustic-scale`` of ``model.conf``."""


@dataclass(frozen=True)
class SpokenTake:
    """A take of 16 kHz with little around its speech, where that lies, and what is said."""

    pcm: Pcm
    speech: slice
    text: str


@dataclass(frozen=True)
class LearningRules:
    """How much is learnt; ``docs/calibration.md`` says what these were chosen by.

    ``layers`` is how many layers get other biases. ``stride`` is about how far a bias goes in one
    of ``rounds``, and gets smaller; ``pull`` holds them where they were. ``price`` is the
    probability of any other sound after a sound. Takes are heard twice: as they are, and with
    noise, ``snr_db`` (least, most) below the speech.
    """

    layers: int = 2
    rounds: int = 12
    stride: float = 0.06
    pull: float = 1e-4
    price: float = 0.02
    snr_db: tuple[float, float] = (5.0, 20.0)
    seed: int = 1


class Objective:
    """How badly the words of some takes stand out among all other sounds, by the biases.

    In natural logarithms, by step of 30 ms; the less, the better.
    """

    def __init__(
        self, network: Network, takes: LaidOut, spoken: Sequence[Paths], rules: LearningRules
    ) -> None:
        self._network = network
        self._takes = takes
        self._spoken = spoken
        self._rules = rules
        self._any = any_sounds(network.log_priors.size, rules.price)

    def at(self, change: Floats) -> tuple[float, Floats]:
        """Return the objective and its gradient at a change of the first layers' biases."""
        biases = self._network.biases.copy()
        biases[: len(change)] += change
        run = self._network.run(self._takes, biases)
        scores = ACOUSTIC_SCALE * (run.scores - self._network.log_priors)
        by_scores = np.zeros_like(run.scores)
        worth = 0.0
        for span, words in zip(self._takes.spans, self._spoken, strict=True):
            of_words, shares = words.sum(scores[span])
            of_all, all_shares = self._any.sum(scores[span])
            worth += of_words - of_all
            by_scores[span] = all_shares - shares
        by_scores *= ACOUSTIC_SCALE / self._takes.steps
        gradient = run.gradient(by_scores)[: len(change)] + self._rules.pull * change
        away = self._rules.pull / 2 * float(np.sum(change**2))
        return away - worth / self._takes.steps, gradient


def learn(
    model: AcousticModel,
    pronunciations: Pronunciations,
    takes: Sequence[SpokenTake],
    rules: LearningRules | None = None,
    on_round: Callable[[int], None] = lambda _: None,
) -> Floats | None:
    """Return other biases for the network's first layers, one layer a row.

    None where in no take all words are known to the model. ``on_round`` gets the number of each
    round, from 1 on. Raises ForeignModelError for a network that is built in another way.
    """
    rules = rules or LearningRules()
    network = Network(model)
    outputs = network.log_priors.size
    known = [(take, pronunciations.of(take.text)) for take in takes]
    usable = [(take, words) for take, words in known if words and log_mel(take.pcm).size]
    if not usable:
        return None
    random = np.random.default_rng(rules.seed)
    features = [log_mel(take.pcm) for take, _ in usable]
    for take, _ in usable:
        snr_db = random.uniform(*rules.snr_db)
        features.append(log_mel(with_noise(take.pcm, take.speech, snr_db, random)))
    spoken = [paths_of(words, pronunciations.silence, outputs) for _, words in usable]
    objective = Objective(network, network.lay_out(features), spoken * 2, rules)
    start = np.zeros_like(network.biases[: rules.layers])
    return network.biases[: rules.layers] + descend(objective.at, start, rules, on_round)


_FADING, _SQUARES_FADING = 0.9, 0.99
"""Adam's: how much of earlier gradients counts, and of their squares."""


def descend(
    objective: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    rules: LearningRules,
    on_round: Callable[[int], None] = lambda _: None,
) -> Floats:
    """Return where an objective is less than at ``start``, by Adam with ever smaller strides."""
    place = start.copy()
    drift, squares = np.zeros_like(start), np.zeros_like(start)
    for number in range(1, rules.rounds + 1):
        _, gradient = objective(place)
        drift = _FADING * drift + (1 - _FADING) * gradient
        squares = _SQUARES_FADING * squares + (1 - _SQUARES_FADING) * gradient**2
        step = drift / (1 - _FADING**number)
        size = np.sqrt(squares / (1 - _SQUARES_FADING**number)) + 1e-8
        stride = rules.stride * (1 - (number - 1) / rules.rounds)
        place = (place - stride * step / size).astype(np.float32)
        on_round(number)
    return place
