"""Every sentence that is understood: the phrases and templates of all commands, as one graph."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from skill.content.mistakes import RuleError
from skill.content.templates import Names, compile_template
from skill.content.word_graph import Sense, WordGraph
from skill.heard import Command

if TYPE_CHECKING:
    from skill.content.schema import CommandRow


def graph_of(commands: Mapping[str, "CommandRow"], rules: Mapping[str, str]) -> WordGraph:
    """Return the graph of all sentences, in the order of the rows; raises ``RuleError``."""
    named = {row.called: _names(row) for row in commands.values() if row.called and row.slots}
    graph = WordGraph()
    for name, row in commands.items():
        for phrase, slot in (*((one, "") for one in row.phrases), *row.slots.items()):
            start = graph.begin(Sense(Command(name, slot), phrase, phrase in row.opening))
            graph.end(graph.add_words(start, phrase.split()))
        for sense in _told(name, row):
            if row.called and not row.slots and f"<{row.called}>" in sense.template:
                continue  # nobody has a name yet
            # A name carries its value in the sentences of its own command only.
            carried = {row.called: named[row.called]} if row.called in named else {}
            others = {one: f"({'|'.join(said)})" for one, said in named.items() if one not in carried}
            add_template(graph, sense, {**rules, **others}, carried)
    return graph


def add_template(
    graph: WordGraph, sense: Sense, rules: Mapping[str, str], named: Mapping[str, Names]
) -> None:
    """Add one template and what it means; raises ``RuleError`` with its text."""
    start = graph.begin(sense)
    try:
        graph.end(compile_template(graph, sense.template, start, rules, named))
    except RuleError as error:
        raise RuleError(f'{error.problem}, in "{sense.template}"', error.mend) from None


def _names(row: "CommandRow") -> Names:
    more = {template: value for value, templates in row.also.items() for template in templates}
    return {**row.slots, **more}


def _told(name: str, row: "CommandRow") -> Iterator[Sense]:
    for value, templates in row.also.items():
        for template in templates:
            yield Sense(Command(name, value), template)
    for template in row.sentences:
        yield Sense(Command(name), template)
    for template in row.opening:
        yield Sense(Command(name), template, opening=True)
    for sign, templates in row.signs.items():
        for template in templates:
            yield Sense(Command(name, sign=sign), template)
