"""What confidence is worth: of decisions so sure, how many were right. Fitted on tune only.

Right ones come from clips with a command, wrong ones from those too and from everything else. How
much of each there is decides the figures, so it is stated (``MIXTURE``), not left to the folders.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

import numpy as np

from rueckgrat.calibration.peers import EAR
from skill.ear.rules import Curve, EarRules
from workbench.ears import scenes
from workbench.ears.answers import Answer, Decided, meant_by, name_of
from workbench.ears.conditions import CLEAN
from workbench.ears.figures import Figure, Value
from workbench.ears.rows import Answers

RECALL_CONDITIONS = (CLEAN, "noise 20 dB", "noise 10 dB", "room")
"""How commands are said, a quarter of them each."""

COMMANDS_IN_AN_HOUR: Final = 60
OTHERS_IN_AN_HOUR: Final = 60
SOUND_SECONDS_IN_AN_HOUR: Final = 300
NUMBER_SHARE: Final = 0.05
MIXTURE: Final = (
    f"an hour with {COMMANDS_IN_AN_HOUR} commands, {OTHERS_IN_AN_HOUR} other words or sentences,"
    f" {SOUND_SECONDS_IN_AN_HOUR // 60} min of noise, music and breathing, a number asked for in"
    f" {NUMBER_SHARE:.0%} of it"
)

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
_LEAST_DECISIONS = 12
"""Fewer in a bin say nothing: it joins the next one."""

_DIGITS = 3
_SHOWN_THRESHOLDS = (0.3, 0.5, 0.7, 0.9, 0.95)


@dataclass(frozen=True)
class Sure:
    """A decision: how sure it was, whether it was right, how often such a clip comes in an hour."""

    confidence: float
    right: bool
    weight: float


@dataclass(frozen=True)
class Bin:
    """Decisions of like confidence: what they state in the mean, and how many were right."""

    stated: float
    observed: float
    weight: float
    count: int


def decisions(found: Answers, listener: str = EAR) -> list[Sure]:
    """Return all decisions that were obeyed, or would have been but for their confidence.

    Commands that don't count where they are heard are asked to be surer, and left out.
    """
    return [*_said(found, listener), *_not_said(found, listener)]


def bins(sure: Iterable[Sure], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Return the decisions in bins; those of too few decisions join the next, or the last."""
    ordered = sorted(sure, key=lambda one: one.confidence)
    groups: list[list[Sure]] = []
    for _, members in groupby(ordered, lambda one: np.searchsorted(edges, one.confidence, "right")):
        if groups and len(groups[-1]) < _LEAST_DECISIONS:
            groups[-1] += members
        else:
            groups.append([*members])
    if len(groups) > 1 and len(groups[-1]) < _LEAST_DECISIONS:
        last = groups.pop()
        groups[-1] += last
    return [_bin(group) for group in groups]


def fit(sure: Sequence[Sure]) -> Curve:
    """Return the curve that comes nearest to these decisions and rises (pool adjacent violators).

    A bin in which all or none were right gets half a decision of the other kind. From nothing to
    the first bin the curve rises from half of what was right there. No decisions, or such as tell
    nothing, give no curve.
    """
    pools: list[Bin] = []
    for one in map(_doubted, bins(sure)):
        pools.append(one)
        while len(pools) > 1 and pools[-2].observed >= pools[-1].observed:
            pools[-2:] = [_pooled(*pools[-2:])]
    if len(pools) < 2:
        return ()
    inner = [(one.stated, one.observed) for one in pools]
    last = (1.0, inner.pop()[1])
    knots = [(0.0, inner[0][1] / 2), *inner, last]
    rounded = [(round(said, _DIGITS), round(right, _DIGITS)) for said, right in knots]
    curve = rounded[:1]
    for said, right in rounded[1:]:
        if said > curve[-1][0] and right > curve[-1][1]:
            curve.append((said, right))
    return tuple(curve)


def miss(sure: Sequence[Sure]) -> float:
    """Return by how much stated and observed differ, in the mean (0 to 1)."""
    found = bins(sure)
    weights = [one.weight for one in found]
    if not sum(weights):
        return 0.0
    return float(np.average([abs(one.stated - one.observed) for one in found], weights=weights))


def before_and_after(found: Answers, curve: Curve) -> dict[str, list[Bin]]:
    """Return the bins of a bare ear's decisions by name: as they are, and with the curve."""
    sure = decisions(found)
    return {"recogniser": bins(sure), "with the curve": bins(_with(sure, curve))}


def worth(found: Answers, curve: Curve, part: str = "tune") -> list[str]:
    """Return lines on what the curve brings to a bare ear's decisions, to be printed."""
    sure = decisions(found)
    lines = [f"{part} part, {len(sure)} decisions; {MIXTURE}:"]
    for name, of in (("recogniser", sure), ("with the curve", _with(sure, curve))):
        found_bins = " · ".join(
            f"{one.stated:.1%} → {one.observed:.1%} ({one.count})" for one in bins(of)
        )
        lines.append(f"  {name}, stated → right: {found_bins}; mean difference {miss(of):.1%}")
        for least in _SHOWN_THRESHOLDS:
            kept = [one for one in of if one.confidence >= least]
            right, wrong = (sum(o.weight for o in kept if o.right is is_) for is_ in (True, False))
            lines.append(f"  at {least:g}: {right:.1f} right and {wrong:.2f} wrong an hour")
    return lines


def _with(sure: Iterable[Sure], curve: Curve) -> list[Sure]:
    rules = EarRules(curve=curve)
    return [replace(one, confidence=rules.probability(one.confidence)) for one in sure]


def reliability_rows(found: Answers) -> Iterator[Figure]:
    """Yield, for each ear, what decisions of like confidence state and how many were right."""
    group = f"Confidence: stated, and observed ({MIXTURE})"
    by_ear = {who: decisions(found, who) for who in found.ears}
    for low, high in pairwise(EDGES):
        values = {}
        for who, sure in by_ear.items():
            of = [one for one in sure if low <= one.confidence < high + (high == 1)]
            if of:
                one = _bin(of)
                text = f"{one.count} decisions, {100 * one.stated:.0f} % stated"
                values[who] = Value(100 * one.observed, "%", text)
        if values:
            yield Figure(group, f"right, confidence {low:g} to {high:g}", values)
    values = {
        who: Value(100 * miss(sure), "%", f"{len(sure)} decisions")
        for who, sure in by_ear.items()
        if sure
    }
    if values:
        yield Figure(group, "mean difference of stated and observed", values)


def _said(found: Answers, listener: str) -> Iterator[Sure]:
    for condition in RECALL_CONDITIONS:
        answers = found.of(listener, scenes.RECALL_KINDS, condition)
        for answer in answers:
            weight = COMMANDS_IN_AN_HOUR / len(RECALL_CONDITIONS) / len(answers)
            for meant, one in _counting(answer, found, answer.state):
                yield Sure(one.confidence, meant == answer.expected, weight)


def _not_said(found: Answers, listener: str) -> Iterator[Sure]:
    for state, share in (
        (scenes.TRAINING_STATE, 1 - NUMBER_SHARE),
        (scenes.NUMBER_STATE, NUMBER_SHARE),
    ):
        speech = found.of(listener, scenes.SPEECH_KINDS, state=state)
        sounds = found.of(listener, (scenes.NOISE, scenes.SOUND), state=state)
        heard_seconds = sum(one.sound_seconds for one in sounds)
        for answers, in_an_hour in (
            (speech, OTHERS_IN_AN_HOUR / max(len(speech), 1)),
            (sounds, SOUND_SECONDS_IN_AN_HOUR / max(heard_seconds, 1.0)),
        ):
            for answer in answers:
                for _, one in _counting(answer, found, state):
                    yield Sure(one.confidence, False, share * in_an_hour)


def _counting(answer: Answer, found: Answers, state: str) -> Iterator[tuple[str, Decided]]:
    live = found.content.live_commands(state)
    for one in answer.decided:
        meant = meant_by(one, found.content.vocabulary)
        if name_of(meant) in live:
            yield meant, one


def _bin(group: Sequence[Sure]) -> Bin:
    weights = np.array([one.weight for one in group])
    total = float(weights.sum())
    stated = float(weights @ [one.confidence for one in group]) / total
    observed = float(weights @ [one.right for one in group]) / total
    return Bin(stated, observed, total, len(group))


def _doubted(one: Bin) -> Bin:
    """Return the bin with half a decision that was right, and half a one that was not."""
    return replace(one, observed=(one.observed * one.count + 0.5) / (one.count + 1))


def _pooled(one: Bin, other: Bin) -> Bin:
    weight = one.weight + other.weight
    stated = (one.stated * one.weight + other.stated * other.weight) / weight
    observed = (one.observed * one.weight + other.observed * other.weight) / weight
    return Bin(stated, observed, weight, one.count + other.count)
