"""Chooses a person's confidence thresholds, from the takes that tune and from no others."""

from collections import defaultdict
from collections.abc import Callable, Collection

from skill.calibration.measuring import Figures

MARGIN = 0.05
"""A threshold stays so far below the person's least sure take: the next one may be less sure."""

LEAST = 0.3
"""No threshold is set below this: a word that is less sure than that is another word."""


def choose(
    tune: Figures, usual: Callable[[str], float], safety: Collection[str]
) -> dict[str, float]:
    """Return new thresholds, by command; commands that are well served are left out.

    ``tune`` must come from an ear that rejects nothing for its confidence; ``usual`` gives the
    threshold that holds without this person.

    A threshold is lowered below the person's least sure take. It is raised above what fired
    wrongly in the same takes, if the person's own takes stay clear of it, and it is not lowered
    to where something else would fire. Safety commands are only ever lowered, whatever fires.
    """
    own, wrong = _confidences(tune)
    chosen = {}
    for name, sure in own.items():
        before = usual(name)
        after = _threshold(min(sure), max(wrong[name], default=0.0), before, name in safety)
        if after != before:
            chosen[name] = after
    return chosen


def _threshold(own: float, wrong: float, usual: float, is_safety: bool) -> float:
    """Return the threshold between the least sure own take and the surest wrong one."""
    highest = max(LEAST, own - MARGIN)
    if is_safety:
        return _rounded(min(usual, highest))
    clear_of_wrong = wrong + MARGIN
    if highest < usual:
        return _rounded(min(usual, max(highest, clear_of_wrong)))
    if usual <= wrong and clear_of_wrong <= highest:
        return _rounded(clear_of_wrong)
    return usual


def _rounded(confidence: float) -> float:
    return round(confidence, 2)


def _confidences(tune: Figures) -> tuple[dict[str, list[float]], defaultdict[str, list[float]]]:
    """Return the confidences with which each command was heard: rightly, and wrongly."""
    own: dict[str, list[float]] = {}
    wrong: defaultdict[str, list[float]] = defaultdict(list)
    for one in tune.outcomes:
        for heard in one.heard:
            if heard.command is None:
                continue
            if heard.command == one.recording.command:
                own.setdefault(heard.command.name, []).append(heard.confidence)
            else:
                wrong[heard.command.name].append(heard.confidence)
    return own, wrong
