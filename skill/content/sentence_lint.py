"""Rules for whole sentences: what templates must be, what they clash with, what the coach says.

Pure, like ``lint``; apart from it because every sentence there is must be gone through.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from skill.content.clashes import Clash, sentence_clashes
from skill.content.command_row import CommandRow
from skill.content.lines import spoken_lines
from skill.content.lint import LintFinding, claims
from skill.content.schema import Content
from skill.content.sentences import TemplateAdder, graph_of, templates_of
from skill.content.templates import compile_template
from skill.content.word_graph import Sense, WordGraph
from skill.written.mistakes import RuleError
from skill.written.spoken import words
from skill.written.yaml_source import Location

_ANOTHER = "Nimm andere Wörter."
_SENTENCE_ENDS = re.compile(r"[.!?:;…]")


def wrong_templates(content: Content) -> list[LintFinding]:
    """Return every template that cannot be compiled: a rule that is not there, or names itself.

    What is without findings here can be understood, that is ``Content.sentences`` does not raise.
    """
    return [*_wrong_rules(content), *_wrong_sentences(content)]


def written_at(content: Content, sense: Sense) -> tuple[tuple[str, str], Location]:
    """Return the place and location where the phrase or template of a sense is written."""
    name = sense.command.name
    for claim in claims(content):
        if (claim.command, claim.phrase) == (name, sense.template):
            return claim.place, claim.location
    for location, other in templates_of(name, content.commands[name]):
        if other.template == sense.template:
            return ("commands", name), location
    return ("commands", name), ()


def spoken_safety(content: Content, line: str) -> list[str]:
    """Return the safety sentences that stand within a line of the coach, word by word."""
    return [said for said, _ in _within(_safety_graph(content), line)]


# --- templates by themselves ----------------------------------------------------------------


def _wrong_rules(content: Content) -> Iterator[LintFinding]:
    for name in content.rules:
        try:
            graph = WordGraph()
            compile_template(graph, f"<{name}>", graph.add_node(), content.rules, {})
        except RuleError as error:
            yield LintFinding(("rules", name), (), error.problem, error.mend)


def _wrong_sentences(content: Content) -> Iterator[LintFinding]:
    try:
        _ = content.sentences
    except RuleError:
        adder = _adder(content)
        for name, row in content.commands.items():
            for location, sense in templates_of(name, row):
                try:
                    adder.add(WordGraph(), sense)
                except RuleError as error:
                    yield LintFinding(("commands", name), location, error.problem, error.mend)


def slack_templates(content: Content, commands: Collection[str]) -> Iterator[LintFinding]:
    """Find templates that nothing need be said for, and those that may lack their value."""
    adder = _adder(content)
    for name in commands:
        row = content.commands[name]
        for location, sense in templates_of(name, row):
            if _may_be_nothing(adder, sense):
                yield LintFinding(
                    ("commands", name),
                    location,
                    f"kann auch ganz wegbleiben: „{sense.template}“",
                    "Lass eines der Wörter ohne Klammern.",
                )
            if not sense.command.slot and _may_lack_a_value(adder, row, sense):
                yield LintFinding(
                    ("commands", name),
                    location,
                    f"sagt nicht, was man davon will: „{sense.template}“",
                    f"Schreib <{row.called}> hinein, aber nicht in eckige Klammern.",
                )


def _adder(content: Content) -> TemplateAdder:
    return TemplateAdder(content.commands, content.rules)


def _may_be_nothing(adder: TemplateAdder, sense: Sense) -> bool:
    graph = WordGraph()
    adder.add(graph, sense)
    return bool(graph.senses(graph.start))


def _may_lack_a_value(adder: TemplateAdder, row: CommandRow, sense: Sense) -> bool:
    if not row.called:
        return bool(row.slots)
    graph = WordGraph()  # in which none of the names can be said
    adder.add(graph, sense, {row.called: {}})
    waiting = [graph.start]
    while waiting:
        places = waiting.pop()
        if graph.senses(places):
            return True
        waiting += graph.onward(places).values()
    return False


# --- templates and other things ------------------------------------------------------------


def sentences_of_two_meanings(
    content: Content, within: WordGraph | None = None
) -> Iterator[LintFinding]:
    """Find what ``sentence_clashes`` finds, each as seen from both of its templates.

    Phrases that two commands claim are left to ``lint``.
    """
    claimed: dict[str, set[str]] = defaultdict(set)
    for claim in claims(content):
        claimed[claim.phrase].add(claim.command)
    for clash in sentence_clashes(content, within):
        if not {clash.first.command.name, clash.second.command.name} <= claimed[clash.sentence]:
            yield _clash(content, clash)


def _clash(content: Content, clash: Clash) -> LintFinding:
    later = _meant_twice(content, clash, clash.second, clash.first)
    return replace(later, other=_meant_twice(content, clash, clash.first, clash.second))


def _meant_twice(content: Content, clash: Clash, sense: Sense, other: Sense) -> LintFinding:
    place, location = written_at(content, sense)
    return LintFinding(
        place,
        location,
        f"sagt „{clash.sentence}“, und das sagt auch „{other.command}“, in „{other.template}“"
        f" (in {clash.state} gilt beides)",
        _ANOTHER,
    )


def decoys_that_mean_something(content: Content) -> Iterator[LintFinding]:
    """Find decoys that are a whole sentence of a command; ``lint`` looks for phrases."""
    for decoy in content.decoys:
        if decoy in content.vocabulary:
            continue  # this is what ``lint`` finds
        for sense in content.sentences.whole(decoy.split())[:1]:
            place, location = written_at(content, sense)
            yield LintFinding(
                ("decoy", decoy),
                (),
                f"ist „{decoy}“, und das ist ein ganzer Satz für „{sense.command.name}“",
                "Nimm es aus decoys heraus.",
                LintFinding(place, location, f"sagt „{decoy}“, und das steht in decoys", _ANOTHER),
            )


def safety_sentences_spoken(content: Content) -> Iterator[LintFinding]:
    """Find lines with which the coach would call a halt to itself; ``lint`` looks for phrases."""
    if wrong_templates(content):
        return
    graph = _safety_graph(content)
    for place, location, line in spoken_lines(content):
        for said, sense in _within(graph, line):
            if sense.template in content.vocabulary:
                continue
            where, at = written_at(content, sense)
            yield LintFinding(
                place,
                location,
                f"lässt mich „{said}“ sagen, und das würde ich selbst als Halt verstehen",
                "Sag es mit anderen Wörtern.",
                LintFinding(where, at, f"sagt „{said}“, wie ich selbst in „{line}“", _ANOTHER),
            )


def _safety_graph(content: Content) -> WordGraph:
    return graph_of(content.commands, content.rules, content.safety_commands)


def _within(graph: WordGraph, line: str) -> list[tuple[str, Sense]]:
    """Return all sentences within a line, and what they mean; of each beginning the longest."""
    found = []
    for part in _SENTENCE_ENDS.split(line):
        said = words(part).split()
        for first in range(len(said)):
            if longest := _longest(graph, said[first:], begins=first == 0):
                found.append(longest)
    return found


def _longest(graph: WordGraph, said: Sequence[str], begins: bool) -> tuple[str, Sense] | None:
    places, longest = graph.start, None
    for count, word in enumerate(said, start=1):
        places = graph.step(places, word)
        if not places:
            break
        senses = [one for one in graph.senses(places) if begins or not one.opening]
        if senses:
            longest = " ".join(said[:count]), senses[0]
    return longest
