"""Whether what people naturally answer to a question means what it should, and nothing else."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from rueckgrat.understanding.table import Judged, TableRow, judge
from skill.content.lint import LintFinding
from skill.content.schema import Content
from skill.content.sentence_lint import written_at, wrong_templates
from skill.content.states import check_state
from skill.content.word_graph import Sense
from skill.paths import dialogs_dir
from skill.understanding.meant import Understanding
from skill.written.shapes import Phrase, Shape
from skill.written.yaml_model import validate
from skill.written.yaml_source import read_yaml

FILE = "answers.yaml"


class QuestionKind(Shape):
    """One kind of question: the states it is asked in, and what its answers may mean there.

    ``mean`` has the commands as in a table of utterances: several with ``|`` between them, and
    ``-`` for none.
    """

    asked_in: Annotated[
        tuple[Annotated[str, AfterValidator(check_state)], ...], Field(min_length=1)
    ]
    mean: dict[str, tuple[Phrase, ...]]

    def rows(self) -> Iterator[TableRow]:
        """Yield every answer in every state, and what has to come of it."""
        for state in self.asked_in:
            for commands, answers in self.mean.items():
                for answer in answers:
                    yield TableRow(0, state, tuple(commands.split("|")), answer)


class _Questions(Shape):
    answers: dict[str, QuestionKind]


def natural_answers() -> dict[str, QuestionKind]:
    """Return what people naturally answer, by kind of question; ContentError for a mistake."""
    return validate(read_yaml(dialogs_dir() / FILE), _Questions).answers


def misunderstood(content: Content) -> Iterator[Judged]:
    """Yield the natural answers of which something comes that is none of their meanings."""
    understanding = Understanding(content)
    for question in natural_answers().values():
        for row in question.rows():
            judged = judge(understanding, content, row)
            if not judged.is_right:
                yield judged


def answers_taken(content: Content) -> Iterator[LintFinding]:
    """Find sentences that take a natural answer to a question for something else."""
    if wrong_templates(content):
        return
    told = set()
    for one in misunderstood(content):
        command = one.obeyed
        if command is None or (command, one.meaning.template) in told:
            continue
        told.add((command, one.meaning.template))
        place, location = written_at(content, Sense(command, one.meaning.template))
        yield LintFinding(
            place,
            location,
            f"macht „{command}“ aus „{one.row.utterance}“, und das antwortet man auf meine Frage"
            f" in {one.row.state}",
            "Nimm andere Wörter, oder mehr davon.",
        )
