"""Draws the state machine as ``docs/states.md``: ``python -m skill.coach.diagram [FILE]``.

Everything is read from the machine itself. Arrows that start nearly everywhere, and those that
leave a pause, would hide all others: they are listed in tables below the picture.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skill.coach.machine import ENDING, STATES, TALKING, Machine
from skill.coach.trainee import LONG_AGO, Trainee
from skill.coach.training import Training
from skill.content.schema import Content
from skill.progress.profile import Profile

MANY = 8
"""A command that leads to one state from so many others goes into the table."""

_SILENT = ("paused", "standby")
_LEAVING = (
    *("resume", "next", "yes", "back", "skip", "done", "another", "exercise", "programme"),
    *("person", "guest"),
)
_HELD = "where the pause was made"
"""Stands for the guard that brings a pause back to its own state."""

_HEAD = """\
# The states of a session

Drawn from the machine by `python -m skill.coach.diagram docs/states.md`; a test keeps it current.

A word on an arrow is a command (`dialogs/commands.yaml` says what people say for it, and in which
states it counts), or something that happens by itself: *spoken* (all lines of the state were
said), *time_up* (its waiting time is over, `skill/coach/patience.py`), *set_over* (the last
repetition is made), *deaf*, *unheard* and *restored* (microphone gone, speaker gone, both back).
Words in brackets are conditions, methods of `Training`; of several arrows
for one word the first whose conditions hold is taken.

```mermaid
stateDiagram-v2
"""

_TABLES = """\
```

## From many states at once

| command | from | to |
|---|---|---|
{everywhere}
| repeat | everywhere | the same state, said once more |

## From a pause

Standby is what a long pause ends in. It says how to wake it; then only that, and safety commands,
count. Once woken, the session is back in its pause.

| command | from | to |
|---|---|---|
{pause}
"""


@dataclass(frozen=True)
class Arrow:
    """One transition of the machine; ``guards`` are the names of its conditions."""

    trigger: str
    source: str
    dest: str
    guards: tuple[str, ...]


def arrows(machine: Machine) -> list[Arrow]:
    """Return all transitions of a machine but those that only say a state's lines once more."""
    found = []
    for trigger, event in machine.inner.events.items():
        for source, transitions in event.transitions.items():
            for one in transitions:
                guards = tuple(c.func if isinstance(c.func, str) else _HELD for c in one.conditions)
                found.append(Arrow(trigger, source, str(one.dest), guards))
    return [arrow for arrow in found if arrow.trigger != "repeat"]


def states_page(machine: Machine) -> str:
    """Return the page: the picture in Mermaid, then the tables."""
    everything = arrows(machine)
    pause = [one for one in everything if one.source in _SILENT and one.trigger in _LEAVING]
    spread = [one for one in everything if one not in pause and _is_spread(one, everything)]
    drawn = [one for one in everything if one not in pause and one not in spread]
    picture = [*_states(), "    [*] --> standby", *_drawn(drawn), "    finished --> [*]"]
    tables = _TABLES.format(everywhere=_rows(spread), pause=_rows(pause))
    return _HEAD + "\n".join(picture) + "\n" + tables


def _is_spread(arrow: Arrow, everything: Iterable[Arrow]) -> bool:
    if arrow.dest.startswith(f"{arrow.source}."):
        return True  # Mermaid cannot draw an arrow from a group to a state inside it
    key = (arrow.trigger, arrow.dest, arrow.guards)
    return sum((one.trigger, one.dest, one.guards) == key for one in everything) >= MANY


def _states() -> Iterator[str]:
    for state in STATES:
        if isinstance(state, str):
            yield f"    {state}"
            continue
        yield f"    state {state['name']} {{"
        for child in state["children"]:
            node = _node(f"{state['name']}.{child}")
            yield f'        state "{child}" as {node}'
        yield "    }"


def _drawn(arrows_to_draw: Iterable[Arrow]) -> Iterator[str]:
    ways: dict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for arrow in arrows_to_draw:
        ways[arrow.source, arrow.dest].append(arrow)
    for (source, dest), alike in ways.items():
        yield f"    {_node(source)} --> {_node(dest)} : {_label(alike)}"


def _label(alike: Iterable[Arrow]) -> str:
    """Return the triggers of arrows between the same states, those of equal guards together."""
    triggers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for arrow in alike:
        if arrow.trigger not in triggers[arrow.guards]:
            triggers[arrow.guards].append(arrow.trigger)
    return ", ".join(
        " ".join([", ".join(names), *([f"[{', '.join(guards)}]"] if guards else [])])
        for guards, names in triggers.items()
    )


def _rows(listed: Iterable[Arrow]) -> str:
    """Return table rows: one for each way, with the states that it starts from."""
    starts: dict[tuple[str, tuple[str, ...], str], list[str]] = defaultdict(list)
    for arrow in listed:
        dest = _HELD if _HELD in arrow.guards else arrow.dest
        sources = starts[arrow.trigger, arrow.guards, dest]
        if arrow.source not in sources:
            sources.append(arrow.source)
    merged: dict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for (trigger, guards, dest), sources in starts.items():
        guards = tuple(guard for guard in guards if guard != _HELD)
        merged[_from(sources), dest].append(Arrow(trigger, "", dest, guards))
    return "\n".join(
        f"| {_label(alike)} | {source} | {dest} |" for (source, dest), alike in merged.items()
    )


def _from(sources: list[str]) -> str:
    left_out = [state for state in (*TALKING, "paused", *ENDING) if state not in sources]
    if len(sources) < MANY:
        return ", ".join(sources)
    return f"everywhere but {', '.join(left_out)}" if left_out else "everywhere"


def _node(state: str) -> str:
    return state.replace(".", "_")


def main() -> None:
    """Write the page to the file named, or print it."""
    content = Content(exercises=(), commands={}, phrases={}, respellings={}, decoys=())
    trainee = Trainee(content, (), lambda _: Profile(), lambda: LONG_AGO)
    page = states_page(Machine(Training(content, trainee)))
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)


if __name__ == "__main__":
    main()
