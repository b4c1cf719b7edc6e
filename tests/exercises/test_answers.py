"""What people naturally answer to each question means what it should there, and nothing else."""

from pathlib import Path

import pytest

from rueckgrat.exercises.answers import answers_taken, misunderstood, natural_answers
from rueckgrat.exercises.check import check_path
from skill.content.loader import load_content
from skill.content.states import STATES, Waits
from skill.ear.grammar import beside, sayable

PEOPLE = ("Anna", "Bernd")


def test_no_natural_answer_becomes_another_command() -> None:
    content = load_content(people=PEOPLE)
    wrong = [
        f"{one.row.state}: „{one.row.utterance}“ is {one.obeyed}, not {'|'.join(one.row.commands)}"
        for one in misunderstood(content)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_question_has_its_answers() -> None:
    asked = {state.name for state in STATES.values() if state.asks or state.waits is Waits.ANSWER}
    assert asked <= {state for one in natural_answers().values() for state in one.asked_in}


def test_the_ear_listens_for_every_word_of_them() -> None:
    """A word that it does not listen for becomes the one that sounds most like it."""
    content = load_content(people=PEOPLE)
    heard = {word for said in (*sayable(content), *beside(content)) for word in said.split()}
    rows = [row for one in natural_answers().values() for row in one.rows()]
    assert not {word for row in rows for word in row.utterance.split()} - heard


@pytest.mark.parametrize(
    ("own", "line", "told"),
    [
        ("sentences:\n  pause:\n    - a rast\n    - keine ahnung", 4, "keine ahnung"),
        ("sentences:\n  louder: [naja]", 2, "na ja"),
        ("sentences:\n  pause: [a rast]", None, ""),
        ("sentences:\n  pause: [<nirgends>]", 2, "nirgends"),
    ],
)
def test_ones_own_sentences_leave_them_alone(
    tmp_path: Path, own: str, line: int | None, told: str
) -> None:
    path = tmp_path / "own-commands.yaml"
    path.write_text(own, encoding="utf-8")
    mistakes = check_path(path, [], None, [answers_taken]).mistakes
    assert {one.line for one in mistakes} == ({line} if line else set())
    assert all(told in str(one) for one in mistakes)
