"""Every sentence that is understood: the phrases and templates of all commands, as one graph."""

from collections.abc import Collection, Iterator, Mapping

from skill.content.command_row import CommandRow
from skill.content.templates import Names, compile_template
from skill.content.word_graph import Sense, WordGraph
from skill.messages.heard import Command
from skill.written.mistakes import RuleError
from skill.written.yaml_source import Location


def graph_of(
    commands: Mapping[str, CommandRow],
    rules: Mapping[str, str],
    only: Collection[str] | None = None,
) -> WordGraph:
    """Return the graph of all sentences, in the order of the rows; raises ``RuleError``.

    ``only`` are the commands whose sentences are wanted, where not all of them are.
    """
    graph, templates = WordGraph(), TemplateAdder(commands, rules)
    for name, row in commands.items():
        if only is not None and name not in only:
            continue
        for phrase, slot in (*((one, "") for one in row.phrases), *row.slots.items()):
            start = graph.begin(Sense(Command(name, slot), phrase, phrase in row.opening))
            graph.end(graph.add_words(start, phrase.split()))
        for _, sense in templates_of(name, row):
            templates.add(graph, sense)
    return graph


def templates_of(name: str, row: CommandRow) -> Iterator[tuple[Location, Sense]]:
    """Yield every template of a row, and where in the row it is written."""
    for value, templates in row.also.items():
        for index, template in enumerate(templates):
            yield ("also", value, index), Sense(Command(name, value), template)
    for index, template in enumerate(row.sentences):
        yield ("sentences", index), Sense(Command(name), template)
    for index, template in enumerate(row.opening):
        yield ("opening", index), Sense(Command(name), template, opening=True)
    for sign, templates in row.signs.items():
        for index, template in enumerate(templates):
            yield ("signs", sign, index), Sense(Command(name, sign=sign), template)


class TemplateAdder:
    """Adds templates to a graph, with the rules and names that they may hold."""

    def __init__(self, commands: Mapping[str, CommandRow], rules: Mapping[str, str]) -> None:
        self._commands = commands
        self._names = {
            one.called: _names(one) for one in commands.values() if one.called and one.slots
        }
        # A name carries its value in the sentences of its own command only; elsewhere it is a rule.
        said = {called: f"({'|'.join(names)})" for called, names in self._names.items()}
        self._rules = {**rules, **said}

    def add(self, graph: WordGraph, sense: Sense, named: Mapping[str, Names] | None = None) -> None:
        """Add one template and what it means; raises ``RuleError`` with its text.

        ``named`` are the names that carry a value in it, by rule, where not all of its command.
        """
        called = self._commands[sense.command.name].called
        if called and called not in self._names and f"<{called}>" in sense.template:
            return  # nobody has a name yet
        if named is None:
            named = {called: self._names[called]} if called in self._names else {}
        start = graph.begin(sense)
        try:
            graph.end(compile_template(graph, sense.template, start, self._rules, named))
        except RuleError as error:
            raise RuleError(f"{error.problem}, in „{sense.template}“", error.mend) from None


def _names(row: CommandRow) -> Names:
    more = {template: value for value, templates in row.also.items() for template in templates}
    return {**row.slots, **more}
