"""Draws the state machine as ``docs/states.md``: ``python -m workbench.diagram [FILE]``.

Everything is read from the tables of states and of ways. Arrows that start nearly everywhere, and
those that leave a pause, would hide all others: they are listed in tables below the picture.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from skill.coach.ways import RULES
from skill.content.states import STATES

MANY = 8
"""A command that leads to one state from so many others goes into the table."""

_LEAVING = (
    *("resume", "next", "yes", "back", "skip", "done", "another", "exercise", "programme"),
    *("person", "guest"),
)
_HELD = "where the pause was made"
"""Stands for the guard that brings a pause back to its own state."""

_HEAD = """\
# The states of a session

Drawn from the machine by `python -m workbench.diagram docs/states.md`; a test keeps it current.

A word on an arrow is a command (`dialogs/commands.yaml` says what people say for it, and in which
states it counts), or something that happens by itself: *spoken* (all lines of the state were
said), *time_up* (its waiting time is over, `skill/content/states.py`), *set_over* (the last
repetition is made), *deaf*, *unheard* and *restored* (microphone gone, speaker gone, both back).
Words in brackets are conditions, functions of `skill/coach/guards.py`; of several
arrows for one word the first whose conditions hold is taken.

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


def arrows() -> list[Arrow]:
    """Return all transitions by trigger, but those that only say a state's lines once more."""
    triggers = list(dict.fromkeys(rule.trigger for rule in RULES))
    return [
        Arrow(rule.trigger, rule.source, rule.dest, tuple(map(_guard, rule.when)))
        for rule in sorted(RULES, key=lambda rule: triggers.index(rule.trigger))
        if rule.trigger != "repeat"
    ]


def _guard(name: str) -> str:
    return _HELD if name.startswith("is_held_at:") else name


def states_page() -> str:
    """Return the page: the picture in Mermaid, then the tables."""
    everything = arrows()
    pause = [one for one in everything if _is_pause(one.source) and one.trigger in _LEAVING]
    spread = [one for one in everything if one not in pause and _is_spread(one, everything)]
    drawn = [one for one in everything if one not in pause and one not in spread]
    picture = [*_states(), "    [*] --> standby", *_drawn(drawn), "    finished --> [*]"]
    tables = _TABLES.format(everywhere=_rows(spread), pause=_rows(pause))
    return _HEAD + "\n".join(picture) + "\n" + tables


def _is_pause(source: str) -> bool:
    return source in STATES and STATES[source].is_pause


def _is_spread(arrow: Arrow, everything: Iterable[Arrow]) -> bool:
    if arrow.dest.startswith(f"{arrow.source}."):
        return True  # Mermaid cannot draw an arrow from a group to a state inside it
    key = (arrow.trigger, arrow.dest, arrow.guards)
    return sum((one.trigger, one.dest, one.guards) == key for one in everything) >= MANY


def _states() -> Iterator[str]:
    for parent, family in groupby(STATES.values(), key=lambda state: state.parent):
        children = [state.name for state in family if state.name != parent]
        if not children:
            yield f"    {parent}"
            continue
        yield f"    state {parent} {{"
        for name in children:
            yield f'        state "{name.partition(".")[2]}" as {_node(name)}'
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
    left_out = [
        state.name for state in STATES.values() if state.name not in sources and not state.is_over
    ]
    if len(sources) < MANY:
        return ", ".join(sources)
    return f"everywhere but {', '.join(left_out)}" if left_out else "everywhere"


def _node(state: str) -> str:
    return state.replace(".", "_")


def main() -> None:
    """Write the page to the file named, or print it."""
    page = states_page()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)


if __name__ == "__main__":
    main()
