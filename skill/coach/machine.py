"""The state machine that follows the ways. `transitions` is imported here only."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from transitions.extensions.nesting import HierarchicalMachine, NestedState

from skill.coach import actions, guards, hurting
from skill.coach.training import Training
from skill.coach.ways import RULES, Rule
from skill.content.states import FIRST, STATES

_ACTIONS: Mapping[str, Callable[[Training], None]] = {**vars(actions), **vars(hurting)}


class _State(NestedState):
    separator = "."


class _Machine(HierarchicalMachine):
    state_cls = _State


class Machine:
    """The state machine around a `Training`, which keeps the state."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self.inner = _Machine(
            training,
            states=_nested(),
            transitions=[_as_transition(rule, training) for rule in RULES],
            initial=FIRST,
            auto_transitions=False,
            queued=True,
        )

    @property
    def state(self) -> str:
        """The state, children after a dot."""
        return self._training.state

    def may(self, trigger: str) -> bool:
        """Tell whether the trigger leads anywhere from here, with the guards as they stand."""
        return trigger in self.inner.events and bool(
            self._training.may_trigger(trigger)  # type: ignore[attr-defined]
        )

    def fire(self, trigger: str) -> None:
        """Go where the trigger leads. It must be one that `may` allows."""
        self._training.trigger(trigger)  # type: ignore[attr-defined]


def _nested() -> list[str | dict[str, Any]]:
    """Return the states as `transitions` wants them: children within their parent."""
    families: dict[str, list[str]] = defaultdict(list)
    for state in STATES.values():
        families[state.parent] += state.name.split(".")[1:]
    return [
        {"name": parent, "children": children} if children else parent
        for parent, children in families.items()
    ]


def _as_transition(rule: Rule, training: Training) -> dict[str, Any]:
    return {
        "trigger": rule.trigger,
        "source": rule.source,
        "dest": rule.dest,
        "conditions": [_guard(name, training) for name in rule.when],
        "before": [partial(_ACTIONS[name], training) for name in rule.do],
    }


def _guard(name: str, training: Training) -> "partial[bool]":
    name, _, argument = name.partition(":")
    return partial(getattr(guards, name), training, *([argument] if argument else ()))
