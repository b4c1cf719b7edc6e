"""Sentence templates: the one module that knows ``hassil``, whose notation they are written in.

``[...]`` may be left out, ``(a|b)`` is one of several, ``(a;b)`` is both in any order, ``<name>``
stands for a rule:

    [<will>] [eine] [kurze|kleine] pause [machen]

A template stands for up to millions of sentences, so it is never written out: it becomes a part of
a ``WordGraph``, node by node.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, permutations
from typing import TypeAlias

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    Permutation,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError

from skill.content.word_graph import WordGraph
from skill.written.mistakes import RuleError, suggest

_MEND = (
    "Schreib [vielleicht], (das eine|das andere), <regel>, und sonst kleine Buchstaben mit"
    " Leerzeichen zwischen den Wörtern."
)
_GLUED = re.compile(r"[a-zäöüß][\[(<]|[\])>][a-zäöüß\[(<]")
_MOST_IN_ANY_ORDER = 4
"""Five things have 120 orders, ten of them millions: nobody says that."""

_WORD = re.compile(r"[a-zäöüß]+")

Plan: TypeAlias = "list[tuple[str, ...] | str | list[Plan]]"
"""What a template adds to a graph, one after the other: words, a rule's name, one of several."""

Names = Mapping[str, str]
"""What may be said for a rule that carries a value: template to value."""


def check_sentence_template(template: str) -> str:
    """Accept a template by itself; whether its rules are there shows when it is compiled."""
    _parse(template)
    return template


def compile_template(
    graph: WordGraph,
    template: str,
    start: int,
    rules: Mapping[str, str],
    named: Mapping[str, Names],
) -> int:
    """Add a template to ``graph`` from the node ``start`` on; return the node where it ends.

    ``rules`` are templates by name, ``named`` rules of which each template carries a value. Raises
    ``RuleError`` for a rule that is not there or names itself.
    """
    return _Compiler(graph, rules, named).add(_plan(template), start, ())


def template_words(template: str) -> list[str]:
    """Return the words written in a template, rules left out; for word lists."""
    return _WORD.findall(re.sub(r"<[^>]*>", " ", template))


@cache
def _parse(template: str) -> Sentence:
    """Return a template, parsed; ``RuleError`` where brackets or signs are wrong."""
    problem = f"ist kein Satzmuster: „{template}“"
    if _GLUED.search(template):
        raise RuleError(f"{problem}, denn eine Klammer klebt an einem Wort", _MEND)
    try:
        parsed = parse_sentence(template)
    except (ParseError, AssertionError, ValueError) as error:
        raise RuleError(problem, _MEND) from error
    for word in _written(parsed.expression):
        if not _WORD.fullmatch(word):
            raise RuleError(f"{problem}, denn niemand kann „{word}“ sagen", _MEND)
    return parsed


def _written(expression: Expression) -> Iterator[str]:
    match expression:
        case TextChunk():
            yield from expression.original_text.split()
        case Permutation() if len(expression.items) > _MOST_IN_ANY_ORDER:
            yield "(...;...)"
        case Group():
            for item in expression.items:
                yield from _written(item)
        case RuleReference():
            pass
        case _:
            yield "{...}"


@cache
def _plan(template: str) -> Plan:
    return _planned(_parse(template).expression)


def _planned(expression: Expression) -> Plan:
    """Return what is to be added for an expression, without the spaces between its parts."""
    match expression:
        case TextChunk():
            words = tuple(expression.original_text.split())
            return [words] if words else []
        case RuleReference():
            return [expression.rule_name]
        case Alternative():
            return [[_planned(item) for item in expression.items]]
        case Permutation():
            orders = permutations([_planned(item) for item in expression.items])
            return [[list(chain.from_iterable(order)) for order in orders]]
        case Group():
            return [step for item in expression.items for step in _planned(item)]
    raise AssertionError(expression)


class _Compiler:
    def __init__(
        self, graph: WordGraph, rules: Mapping[str, str], named: Mapping[str, Names]
    ) -> None:
        self._graph = graph
        self._rules = rules
        self._named = named

    def add(self, plan: Plan, start: int, within: tuple[str, ...]) -> int:
        """Add a plan from a node on; return where it ends. ``within``: the rules around it."""
        graph = self._graph
        for step in plan:
            if isinstance(step, tuple):
                start = graph.add_words(start, step)
            elif isinstance(step, str):
                start = self._rule(step, start, within)
            else:
                end = graph.add_node()
                for choice in step:
                    graph.add_way(self.add(choice, start, within), end)
                start = end
        return start

    def _rule(self, name: str, start: int, within: tuple[str, ...]) -> int:
        if name in self._named:
            end = self._graph.add_node()
            for phrase, value in self._named[name].items():
                last = self.add(_plan(phrase), start, (*within, name))
                self._graph.add_way(last, end, value)
            return end
        if name in within:
            raise RuleError(
                f"hat eine Regel, die sich selbst nennt: <{name}>", "Nimm sie aus der Regel heraus."
            )
        if name not in self._rules:
            raise RuleError(
                f"nennt eine Regel, die es nicht gibt: <{name}>", suggest(name, self._rules)
            )
        return self.add(_plan(self._rules[name]), start, (*within, name))
