"""Everything behind the figures, for JSON: recall by command, every miss, every false accept."""

from collections import Counter, defaultdict
from typing import Any

from rueckgrat.calibration.peers import EAR
from workbench.ears import scenes
from workbench.ears.answers import Answer
from workbench.ears.conditions import CONDITIONS
from workbench.ears.rows import Answers


def details_of(found: Answers) -> dict[str, Any]:
    """Return recall by condition and command, every miss and every false accept, of the ear."""
    return {
        "recall_by_command": {
            condition: _by_command(found, condition)
            for condition in CONDITIONS
            if found.of(EAR, scenes.RECALL_KINDS, condition)
        },
        "misses": [
            {"clip": one.clip, "condition": condition, **_miss(one)}
            for condition in CONDITIONS
            for one in found.of(EAR, scenes.RECALL_KINDS, condition)
            if not found.is_right(one)
        ],
        "false_accepts": [
            {"clip": one.clip, "speaker": one.speaker, "state": one.state, **vars(decided)}
            for state in scenes.QUIET_STATES
            for one in found.of(EAR, scenes.QUIET_KINDS, state=state)
            for decided in found.accepted(one, state)
        ],
    }


def _by_command(found: Answers, condition: str) -> dict[str, dict[str, int]]:
    """Return, by command, how many clips there were, how many were right, what else was heard."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for answer in found.of(EAR, scenes.RECALL_KINDS, condition):
        own = counts[answer.expected]
        own["clips"] += 1
        own["right"] += found.is_right(answer)
        for one in found.accepted(answer):
            if one.command != answer.expected:
                own[f"heard as {one.command}"] += 1
    return {command: dict(own) for command, own in sorted(counts.items())}


def _miss(answer: Answer) -> dict[str, Any]:
    heard = [f"{one.command or one.reason}: {one.text}" for one in answer.decided]
    said = answer.expected
    return {"speaker": answer.speaker, "state": answer.state, "said": said, "heard": heard}
