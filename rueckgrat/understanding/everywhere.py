"""What one utterance means in every state of the coach, and what was passed over in it."""

from collections.abc import Sequence
from dataclasses import replace

from rueckgrat.understanding.table import obeyed_in
from skill.content.schema import Content
from skill.content.sentences import TemplateAdder
from skill.content.states import STATES
from skill.content.word_graph import Places, Sense, WordGraph
from skill.messages.heard import Command, Meaning, SpokenWord
from skill.understanding.meant import Understanding


def in_all_states(
    understanding: Understanding, content: Content, words: Sequence[SpokenWord]
) -> dict[Command | None, tuple[str, ...]]:
    """Return what words are obeyed as (None: not at all), and the states where; most states first.

    A parent such as "exercise" stands for all of its children.
    """
    found: dict[Command | None, list[str]] = {}
    for state in STATES:
        found.setdefault(obeyed_in(understanding, content, words, state)[1], []).append(state)
    ordered = sorted(found.items(), key=lambda one: -len(one[1]))
    return {command: _by_parent(states) for command, states in ordered}


def _by_parent(states: list[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for state in states:
        parent = STATES[state].parent
        family = [one.name for one in STATES.values() if one.parent == parent]
        whole = set(family) <= set(states)
        names[parent if whole else state] = None
    return tuple(names)


def passed_within(content: Content, meaning: Meaning) -> tuple[str, ...]:
    """Return the fillers that were passed over within the sentence of a meaning, in their order."""
    if meaning.command is None:
        return ()
    graph = WordGraph()
    name = replace(meaning.command, slot="")
    adder = TemplateAdder(content.commands, content.rules)
    adder.add(graph, Sense(name, meaning.template))
    fewest: tuple[str, ...] | None = None
    waiting: list[tuple[Places, tuple[str, ...], tuple[str, ...]]] = [
        (graph.start, tuple(meaning.sentence.split()), ())
    ]
    while waiting:
        places, words, passed = waiting.pop()
        if not words:
            if graph.senses(places) and (fewest is None or len(passed) < len(fewest)):
                fewest = passed
            continue
        if onward := graph.step(places, words[0]):
            waiting.append((onward, words[1:], passed))
        if words[0] in content.fillers and places != graph.start:
            waiting.append((places, words[1:], (*passed, words[0])))
    return fewest or ()
