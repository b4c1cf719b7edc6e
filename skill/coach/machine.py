"""The state machine that follows the ways. `transitions` is imported here only."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from threading import RLock
from typing import Any

from transitions import EventData
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
        self.inner = _all_ways()
        with _ONE_AT_A_TIME:
            self.inner.add_model(training, FIRST)
            self.inner.remove_model(training)  # it can be used, but is not kept for ever

    @property
    def state(self) -> str:
        """The state, children after a dot."""
        return self._training.state

    def may(self, trigger: str) -> bool:
        """Tell whether the trigger leads anywhere from here, with the guards as they stand."""
        if trigger not in self.inner.events:
            return False
        with _ONE_AT_A_TIME:
            return bool(self._training.may_trigger(trigger))  # type: ignore[attr-defined]

    def fire(self, trigger: str) -> None:
        """Go where the trigger leads. It must be one that `may` allows."""
        with _ONE_AT_A_TIME:
            self._training.trigger(trigger)  # type: ignore[attr-defined]


_ONE_AT_A_TIME = RLock()
"""`transitions` keeps in the machine where it is while it follows one of the sessions."""


@cache
def _all_ways() -> _Machine:
    """Return the states and the ways between them, which are the same for every session."""
    return _Machine(
        model=None,
        states=_nested(),
        transitions=[_as_transition(rule) for rule in RULES],
        initial=FIRST,
        auto_transitions=False,
        queued=True,
        send_event=True,
    )


def _nested() -> list[str | dict[str, Any]]:
    """Return the states as `transitions` wants them: children within their parent."""
    families: dict[str, list[str]] = defaultdict(list)
    for state in STATES.values():
        families[state.parent] += state.name.split(".")[1:]
    return [
        {"name": parent, "children": children} if children else parent
        for parent, children in families.items()
    ]


def _as_transition(rule: Rule) -> dict[str, Any]:
    return {
        "trigger": rule.trigger,
        "source": rule.source,
        "dest": rule.dest,
        "conditions": [_guard(name) for name in rule.when],
        "before": [_action(name) for name in rule.do],
    }


@cache
def _guard(name: str) -> Callable[[EventData], bool]:
    name, _, argument = name.partition(":")
    guard: Callable[..., bool] = getattr(guards, name)
    arguments = [argument] if argument else []
    return lambda event: guard(event.model, *arguments)


@cache
def _action(name: str) -> Callable[[EventData], None]:
    action: Callable[..., None] = _ACTIONS[name]
    return lambda event: action(event.model)
