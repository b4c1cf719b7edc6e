"""Rules for whole sentences, in copies of the shipped dialogs and in the shipped ones."""

import pytest

from skill.content.command_row import CommandRow
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.content.sentence_lint import (
    decoys_that_mean_something,
    safety_sentences_spoken,
    slack_templates,
    spoken_safety,
    written_at,
)
from tests.content.dialogs_copy import DialogsCopy

KNOWN_LINES = frozenset(
    {
        *("phrases safety.red_flags", "exercises bein-anheben", "exercises kniebeuge"),
        *("exercises intervalle", "knowledge stress", "knowledge arzt"),
    }
)
"""Files with lines that hold a safety sentence still: none may be added."""

KNOWN_DECOYS = 45
"""So many decoys are a whole sentence of a command still: none may be added."""


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def test_a_template_that_cannot_be_compiled(dialogs: DialogsCopy) -> None:
    line = dialogs.replace("commands.yaml", "- stopp mal\n", "- stopp <imm>\n")
    complaint = dialogs.complaint()
    assert complaint.startswith(
        f"commands.yaml, Zeile {line}: Feld „commands“, „stop“, „sentences“"
    )
    assert "gibt: <imm>, in „stopp <imm>“. Meinst du „im“?" in complaint


def test_a_rule_that_names_another_that_is_not_there(dialogs: DialogsCopy) -> None:
    line = dialogs.replace("commands.yaml", "rules:\n", "rules:\n  da: (am|im) <körpr>\n")
    complaint = dialogs.complaint()
    assert complaint.startswith(f"commands.yaml, Zeile {line + 1}: Feld „rules“, „da“ ")
    assert "Meinst du „körper“?" in complaint


def test_a_rule_that_names_itself(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "rules:\n", "rules:\n  da: (am|<da>)\n")
    assert "hat eine Regel, die sich selbst nennt: <da>" in dialogs.complaint()


def test_no_shipped_template_is_slack(content: Content) -> None:
    assert list(slack_templates(content, content.commands)) == []


def test_no_further_line_of_the_coach_holds_a_safety_sentence(content: Content) -> None:
    found = list(safety_sentences_spoken(content))
    assert {" ".join(one.place) for one in found} <= KNOWN_LINES, found


def test_no_further_decoy_is_a_sentence(content: Content) -> None:
    found = list(decoys_that_mean_something(content))
    assert len(found) <= KNOWN_DECOYS, [one.problem for one in found]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Wenn mir das zu viel wird.", []),
        ("Sag einfach: Das ist zu viel!", ["das ist zu viel"]),
        ("Dein Knie zwickt im Rücken?", ["knie zwickt", "zwickt im rücken"]),
        ("Gib dem Becken Ruhe.", []),
        ("Gib dem Becken Zeit. Ruhe!", ["ruhe"]),
        ("Ruhe bitte.", ["ruhe bitte"]),
    ],
)
def test_safety_sentences_within_a_line(content: Content, line: str, said: list[str]) -> None:
    rows = {
        "stop": {"sentences": ["das ist zu viel"], "opening": ["ruhe [bitte]"]},
        "pain": {"sentences": ["knie zwickt", "zwickt im rücken"]},
    }
    fields = {name: getattr(content, name) for name in Content.model_fields}
    safety = {"means": "x", "where": ["everywhere"], "safety": True}
    fields["commands"] = {
        name: CommandRow.model_validate({**row, **safety}) for name, row in rows.items()
    }
    assert spoken_safety(Content(**fields), line) == said


def test_every_sense_is_written_somewhere(content: Content) -> None:
    graph = content.sentences
    for sentence in ("stopp", "warte mal kurz", "brücke", "acht", "zu heftig", "muss ich zum arzt"):
        for sense in graph.whole(sentence.split()):
            _, location = written_at(content, sense)
            assert location, sense
