"""Every mistake across the files of a `Whole`, those between own sentences and others too."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from skill.content.breath_lint import breaths_wrong
from skill.content.dialog_files import Commands
from skill.content.lint import LintFinding, lint
from skill.content.schema import Content
from skill.content.sentence_lint import (
    safety_sentences_spoken,
    sentences_of_two_meanings,
    slack_templates,
    wrong_templates,
)
from skill.content.sentences import TemplateAdder
from skill.content.whole import Whole, phrases_heard
from skill.content.word_graph import Sense, WordGraph
from skill.errors import ContentError
from skill.messages.heard import Command

Rule = Callable[[Content], Iterable[LintFinding]]


def mistakes(
    whole: Whole,
    blamed: Collection[Path] = (),
    further_rules: Iterable[Rule] = (),
    awaited: Collection[str] = (),
) -> list[ContentError]:
    """Return every mistake across files, each at its place.

    Where two files do not go together and only one is among ``blamed``, that one is named.
    ``awaited`` are exercises that are named but not there yet.
    """
    content = whole.content
    wrong = wrong_templates(content)
    findings = [*whole.findings, *_turning_fillers(whole), *wrong, *lint(content, awaited)]
    findings += breaths_wrong(content)
    findings += [one for rule in further_rules for one in rule(content)]
    if not wrong:
        findings += _own_findings(whole)
    return [whole.places.error(_as_seen_from(whole, blamed, one)) for one in findings]


def own_mistakes(whole: Whole, rule: Rule) -> list[ContentError]:
    """Return the mistakes by one more rule that are in ``own-commands.yaml``."""
    places = whole.places
    return [places.error(one) for one in rule(whole.content) if places.is_added(one)]


def _as_seen_from(whole: Whole, blamed: Collection[Path], finding: LintFinding) -> LintFinding:
    both = [one for one in (finding, finding.other) if one]
    return next((one for one in both if whole.places.path(one) in blamed), finding)


def _own_findings(whole: Whole) -> Iterator[LintFinding]:
    """Yield what is wrong between a person's own sentences and all others."""
    content = whole.content
    clashes: dict[object, LintFinding] = {}
    for finding in sentences_of_two_meanings(content, _own_graph(whole)):
        for one in _own_view(whole, finding):  # of a template the first says enough
            clashes.setdefault((one.place, one.location), one)
    yield from clashes.values()
    yield from filter(whole.places.is_added, slack_templates(content, whole.added))
    if whole.added.keys() & content.safety_commands:
        for finding in safety_sentences_spoken(content):
            if finding.other and whole.places.is_added(finding.other):
                yield finding.other
    for filler in whole.own_fillers:
        for sense in content.sentences.whole(filler.split())[:1]:
            if not _turns(content, filler):
                meant = f"das ist ein ganzer Satz für „{sense.command.name}“"
                yield _no_filler(filler, meant)


def _own_graph(whole: Whole) -> WordGraph:
    """Return all that a person's own files let the ear hear, as sentences."""
    graph, adder = WordGraph(), TemplateAdder(whole.content.commands, whole.content.rules)
    for sense in whole.added_senses():
        adder.add(graph, sense)
    for file in whole.files:
        if file.path in whole.own and not isinstance(file.shape, Commands):
            for phrase in phrases_heard(file.shape):
                start = graph.begin(Sense(Command(""), phrase))
                graph.end(graph.add_words(start, phrase.split()))
    return graph


def _own_view(whole: Whole, finding: LintFinding) -> Iterator[LintFinding]:
    """Yield a finding as seen from the person's own file, if one is to blame."""
    for one in (finding, finding.other):
        in_own = one and whole.places.path(one) in whole.own
        if one and in_own and (one.place[0] != "commands" or whole.places.is_added(one)):
            yield replace(one, other=None)
            return


def _turning_fillers(whole: Whole) -> Iterator[LintFinding]:
    for filler in whole.own_fillers:
        if _turns(whole.content, filler):
            yield _no_filler(filler, "das kehrt den Sinn der Wörter daneben um")


def _turns(content: Content, filler: str) -> bool:
    return not {*content.negations, *content.absences}.isdisjoint(filler.split())


def _no_filler(filler: str, why: str) -> LintFinding:
    return LintFinding(
        ("fillers", filler),
        (),
        f"enthält „{filler}“, und {why}",
        "Nimm es aus fillers heraus.",
    )
