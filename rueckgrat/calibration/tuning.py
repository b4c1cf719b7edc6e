"""Chooses a person's confidence thresholds, from the takes that tune and from no others."""

from collections import defaultdict
from collections.abc import Callable, Collection

from rueckgrat.calibration.measuring import Figures

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

    Thresholds are only ever lowered: a few takes can show that one is too high for a person, not
    that it might be higher (see ``docs/calibration.md``). None is lowered to where something else
    in the same takes would fire, but those of safety commands.
    """
    own, wrong = _confidences(tune)
    chosen = {}
    for name, sure in own.items():
        wanted = max(LEAST, min(sure) - MARGIN)
        if name not in safety:
            wanted = max(wanted, max(wrong[name], default=0.0) + MARGIN)
        if wanted < usual(name):
            chosen[name] = round(wanted, 2)
    return chosen


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
