"""Sentences of two meanings, and how many sentences there are."""

import time
from itertools import product

import pytest

from skill.content.clashes import Clash, count_sentences, sentence_clashes
from skill.content.command_row import CommandRow
from skill.content.loader import load_content
from skill.content.schema import Content

KNOWN = frozenset(
    {
        *("another no", "back done", "back quieter", "back repeat", "done feeling", "done no"),
        *("done quit", "explain help", "explain repeat", "feeling next", "feeling pain"),
        *("feeling stop", "feeling yes", "hear_you yes", "help repeat", "help which_exercise"),
        *("how_many week", "how_many which_exercise", "louder repeat", "more next"),
        *("next skip", "next which_exercise", "no pause", "no question", "no quit"),
        *("no repeat", "no skip", "pause quit", "pause slower", "quieter stop", "quit stop"),
        *("body_part next", "slower yes"),
    }
)
"""Pairs of rows that still say one thing in one state: the earlier row wins. To grow shorter."""


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(people=["Anna", "Bernd"])


def with_rows(content: Content, **rows: CommandRow) -> Content:
    """Return content that understands these rows and no others."""
    fields = {name: getattr(content, name) for name in Content.model_fields}
    return Content(**(fields | {"commands": rows}))


def row(*sentences: str, where: str = "menu", **fields: object) -> CommandRow:
    return CommandRow.model_validate(
        {"means": "x", "sentences": sentences, "where": (where,), **fields}
    )


def pairs(clashes: list[Clash]) -> set[str]:
    """Return the names of both commands of each clash, in the order of the alphabet."""
    return {" ".join(sorted((one.first.command.name, one.second.command.name))) for one in clashes}


def test_no_new_sentence_of_the_shipped_rows_means_two_things(content: Content) -> None:
    started = time.process_time()
    clashes = sentence_clashes(content)
    assert time.process_time() - started < 5
    assert pairs(clashes) <= KNOWN, [one for one in clashes if not pairs([one]) <= KNOWN]


def test_the_shortest_sentence_that_both_match(content: Content) -> None:
    made = with_rows(
        content,
        pause=row("[kurz] [mal] (warten|pause)"),
        back=row("(geh|mal) [bitte] (zurück|warten)"),
    )
    (clash,) = sentence_clashes(made)
    assert (clash.sentence, clash.state) == ("mal warten", "menu.ask")
    assert (clash.first.command.name, clash.second.command.name) == ("pause", "back")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"pause": row("halt"), "skip": row("halt", where="paused")}, set()),
        ({"next": row("ja los"), "yes": row("ja los"), "resume": row("ja los")}, set()),
        ({"stop": row("au", safety=True), "pain": row("au", safety=True)}, set()),
        ({"stop": row("au", safety=True), "skip": row("au")}, {"skip stop"}),
        ({"stop": row(opening=("au",), safety=True), "skip": row("au")}, {"skip stop"}),
        ({"pause": row("warte", "(warte|halt)")}, set()),
    ],
)
def test_who_may_say_the_same(
    content: Content, rows: dict[str, CommandRow], expected: set[str]
) -> None:
    assert pairs(sentence_clashes(with_rows(content, **rows))) == expected


def test_two_values_of_one_command_are_two_meanings(content: Content) -> None:
    made = with_rows(
        content,
        feeling=row("es war <wie>", called="wie", slots={"gut": "good", "schwer": "hard"}),
        variant=row(also={"easier": ("leicht",), "harder": ("leicht",)}, called="stufe"),
    )
    (clash,) = sentence_clashes(made)
    assert clash.sentence == "leicht"
    assert {clash.first.command.slot, clash.second.command.slot} == {"easier", "harder"}


def test_sentences_are_counted_once_however_many_templates_say_them(content: Content) -> None:
    made = with_rows(
        content,
        pause=row("[kurz] [mal] (warten|pause)", "mal warten", "(kurz;mal) pause"),
        number=row("[so] <zahl>", called="zahl", slots={"acht": "8", "neun": "9"}),
    )
    said = {
        " ".join(filter(None, words))
        for words in product(("", "kurz"), ("", "mal"), ("warten", "pause"))
    } | {"mal kurz pause"}
    assert count_sentences(made) == {"pause": len(said), "number": 4}


def test_the_shipped_ones_are_many(content: Content) -> None:
    counts = count_sentences(content)
    assert counts.keys() == content.commands.keys()
    assert all(count > 0 for count in counts.values())
    assert sum(counts.values()) > 1_000_000
