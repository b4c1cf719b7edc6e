"""The figures that the ear decides by: data, not code, so that a benchmark can set them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

Curve: TypeAlias = tuple[tuple[float, float], ...]
"""Pairs of a recogniser's confidence and the share of decisions so sure that were right; both
rise."""


@dataclass(frozen=True)
class EarRules:
    """Thresholds of the ear; the defaults are explained in ``docs/ears.md``.

    Confidence (0 to 1) is the lowest of the words of a phrase. ``curve`` makes a probability of it:
        of decisions with 0.8, eight of ten are right, by the mixture that the curve was measured
        with; no curve leaves it as the recogniser says it.
        ``confidence`` for listed phrases that count now, ``confidence_expected`` for answers to a
        question and for sentences, ``confidence_elsewhere`` for commands that don't count (the
        coach then says what is possible), ``confidence_over_voice`` while the coach speaks,
        ``confidence_safety`` for safety commands at any time, ``confidence_spotted`` for those
        among other words; from ``confidence_maybe`` on a question back is worth asking.
        ``confidence_of`` names other figures for single commands, where those count; it may
        lower a safety command's or a sentence's, never raise it (see ``thresholds``).

    Quiet, in seconds since the last sound above the noise floor:
        ``early_quiet_seconds`` ends a phrase that no live phrase continues,
        ``short_quiet_seconds`` ends a sound that has no partial result yet,
        ``unfinished_quiet_seconds`` ends the first words of a live phrase: the rest may follow,
        ``end_quiet_seconds`` ends any other utterance.

    Stable, in seconds that the same partial result has stood, for places that are never quiet:
        ``stable_seconds`` for commands, ``stable_safety_seconds`` for safety commands.

    Voice, as a probability (0 to 1), where a detector is installed: the gate opens from
        ``voice_opens`` on, below ``voice_ends`` nobody is speaking any more; a command must have
        ``voice_command`` on the mean of its words, a safety command ``voice_safety``. A sound of
        less than ``voiceless_seconds`` is not over for lack of a voice: it may be a first "sch".

    The gate opens where 20 ms are ``gate_rise_db`` above the noise floor and closes after
    ``gate_hold_seconds`` without; at opening, the last ``pre_roll_seconds`` are heard as well.

    ``kept_seconds`` of a running utterance are kept, to be heard again after an early end that
    was taken back.

    Own voice, in seconds:
        ``echo_seconds`` is how long after a line its echo may still be heard,
        ``word_place_seconds`` how far from its estimated place a word of the line may be heard:
        0.3 s of echo, and what the estimate is wrong by.

    Rejected speech is reported only when it is ``rejected_seconds`` long and
    ``rejected_above_floor_db`` louder than the noise floor; shorter or softer is a noise.

    ``least_similarity`` (0 to 1) is the share of letters by which free decoding must agree, where
    it is asked: with models that have no usable ``[unk]``.

    ``after_decision_seconds`` is how long the rest of a word that was decided early is ignored;
    what begins within ``flow_seconds`` of rejected words belongs to them.
    ``renew_after_utterances`` frees the recogniser's memory, which grows with every utterance.
    """

    curve: Curve = ()
    confidence: float = 0.5
    confidence_expected: float = 0.5
    confidence_elsewhere: float = 0.9
    confidence_over_voice: float = 0.9
    confidence_safety: float = 0.5
    confidence_spotted: float = 0.5
    confidence_maybe: float = 0.3
    confidence_of: Mapping[str, float] = field(default_factory=dict)
    early_quiet_seconds: float = 0.1
    short_quiet_seconds: float = 0.2
    end_quiet_seconds: float = 0.35
    unfinished_quiet_seconds: float = 0.7
    stable_seconds: float = 0.5
    stable_safety_seconds: float = 0.2
    gate_rise_db: float = 3.0
    gate_hold_seconds: float = 1.0
    voiceless_seconds: float = 0.45
    voice_opens: float = 0.1
    voice_ends: float = 0.35
    voice_command: float = 0.35
    voice_safety: float = 0.2
    pre_roll_seconds: float = 0.5
    kept_seconds: float = 3.0
    echo_seconds: float = 0.5
    word_place_seconds: float = 0.4
    rejected_seconds: float = 0.35
    rejected_above_floor_db: float = 12.0
    least_similarity: float = 0.4
    after_decision_seconds: float = 0.3
    flow_seconds: float = 0.2
    renew_after_utterances: int = 200

    def probability(self, confidence: float) -> float:
        """Return how probable it is that something of this confidence was heard rightly."""
        if not self.curve:
            return confidence
        said, right = zip(*self.curve, strict=True)
        return float(np.interp(confidence, said, right))

    def calibrated(self, curve: Curve) -> "EarRules":
        """Return the rules with this curve; some thresholds go along it, and decide as before.

        That is what no curve may change, being measured with other sounds: safety commands, which
        nothing may make harder to trigger, answers and whole sentences, which one unsure article
        does not spoil, commands that don't count now, and whatever is heard over the coach's voice.
        """
        rules = replace(self, curve=curve)
        return replace(
            rules,
            confidence_expected=rules.probability(self.confidence_expected),
            confidence_safety=rules.probability(self.confidence_safety),
            confidence_spotted=rules.probability(self.confidence_spotted),
            confidence_elsewhere=rules.probability(self.confidence_elsewhere),
            confidence_over_voice=rules.probability(self.confidence_over_voice),
        )
