from typing import Any

import pytest
from pydantic import ValidationError

from skill.content.command_row import CommandRow
from skill.content.exercise import Breath, Exercise, Phase, Repetitions, Variant
from skill.content.loader import load_content
from skill.content.schema import Content, Programme
from skill.content.states import check_state, covers
from skill.messages.heard import Command
from skill.written.spoken import (
    LONGEST_CUE_LETTERS,
    LONGEST_LINE_LETTERS,
    check_cue,
    check_phrase,
    check_spoken,
    check_template,
    contains_phrase,
    placeholders,
    words,
)
from tests.content.every_exercise import CONTENT


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.mark.parametrize("phrase", ["weiter", "wie viele noch", "dreißig", "brücke"])
def test_phrases_are_words_of_small_letters(phrase: str) -> None:
    assert check_phrase(phrase) == phrase


@pytest.mark.parametrize("phrase", ["", "Weiter", "alle 3", "los geht's", "a  b", " a", "a-b", "é"])
def test_other_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="was ich hören kann"):
        check_phrase(phrase)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (" ", "ist leer"),
        ("zwei\nZeilen", "Zeilenumbruch"),
        ("zwei  Leerzeichen", "zwei Leerzeichen"),
        ("Mehr als 80 % haben Rückenschmerzen.", "enthält „%“"),
        ("<break/> Weich.", "enthält „<“"),
        ("Wirbel - Wirbel", "Strich, der allein steht"),
        ("a" * (LONGEST_LINE_LETTERS + 1), "Zeichen lang"),
        ("Noch {count.", "Klammer ohne ihr Gegenstück"),
        ("Noch {}.", "Platzhalter"),
        ("Noch {count} mal.", "Platzhalter in geschweiften"),
    ],
)
def test_unspeakable_lines_are_refused(line: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        check_spoken(line)


def test_templates_may_hold_placeholders() -> None:
    assert check_template("Noch {count}, dann {next}.")
    assert placeholders("Noch {count}, dann {next}.") == {"count", "next"}


def test_cues_are_short() -> None:
    assert check_cue("a" * LONGEST_CUE_LETTERS)
    with pytest.raises(ValueError, match="zu lang für eine Bewegung"):
        check_cue("a" * (LONGEST_CUE_LETTERS + 1))


@pytest.mark.parametrize(
    ("phase_seconds", "limit"), [(4.0, LONGEST_CUE_LETTERS), (10.0, 70), (20.0, 120), (90.0, 120)]
)
def test_cues_of_long_phases_may_be_longer(phase_seconds: float, limit: int) -> None:
    assert check_cue("a" * limit, phase_seconds)
    with pytest.raises(ValueError, match=rf"Nimm höchstens {limit}\."):
        check_cue("a" * (limit + 1), phase_seconds)


def test_a_phase_knows_how_long_its_cues_may_be() -> None:
    assert Phase(name="gehen", seconds=20, say=("a" * 120,))
    with pytest.raises(ValidationError, match="zu lang für eine Bewegung"):
        Phase(name="gehen", seconds=17, say=("a", "a" * 120))


def test_lines_are_compared_as_they_sound() -> None:
    assert words("Und – Stopp! Jetzt.") == "und stopp jetzt"
    assert contains_phrase("Und Stopp!", "stopp")
    assert contains_phrase("Das tut, weh.", "tut weh")
    assert not contains_phrase("Die Haltung zählt.", "halt")


def test_a_parent_state_covers_its_children() -> None:
    assert covers("everywhere", "menu.ask")
    assert covers("menu", "menu.ask")
    assert covers("menu.ask", "menu.ask")
    assert not covers("menu.count", "menu.ask")
    assert not covers("men", "menu.ask")


def test_places_are_states() -> None:
    assert check_state("exercise") == "exercise"
    with pytest.raises(ValueError, match="nicht gibt: „exercize“"):
        check_state("exercize")


def test_a_row_counts_where_it_says() -> None:
    row = CommandRow(means="", phrases=("ja",), where=("menu", "paused"))
    assert row.counts_in("menu.count")
    assert not row.counts_in("summary")


def test_repetitions_start_within_their_range() -> None:
    with pytest.raises(ValidationError, match=r"beginnt mit 9, .* zwischen 1 und 8"):
        Repetitions(start=9, most=8)


def test_vocabulary_maps_phrases_to_commands(content: Content) -> None:
    assert content.vocabulary["weiter"] == Command("next")
    assert content.vocabulary["zwo"] == Command("number", "2")
    assert content.vocabulary["die brücke"] == Command("exercise", "bruecke")


def test_live_commands_follow_the_state(content: Content) -> None:
    assert "number" in content.live_commands("menu.count")
    assert "number" not in content.live_commands("exercise.repeat")
    assert content.safety_commands == {"stop", "pain"}
    assert content.safety_commands <= content.live_commands("finished")


def test_exercises_are_found_by_id(content: Content) -> None:
    assert content.exercise("roll-up").title == "Roll Up"
    with pytest.raises(KeyError):
        content.exercise("nosuch")


def test_the_phases_of_a_variant_have_names_of_their_own() -> None:
    phases = (Phase(name="auf", seconds=2, say=("Auf.",)),) * 2
    with pytest.raises(ValidationError, match="nennt zwei Phasen „auf“"):
        Variant(title="Auf und auf", say=("Auf und auf.",), phases=phases)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"instead": {"c": "b"}, "material": "ein Band"}, "ersetzt „c“, und das ist keine"),
        ({"instead": {"a": "b"}}, "hat „instead“, aber kein „material“"),
    ],
)
def test_a_programme_replaces_only_what_is_in_it(changed: dict[str, object], problem: str) -> None:
    plain = {
        "id": "p",
        "title": "P",
        "spoken_names": ("p",),
        "purpose": "p",
        "introduction": ("p",),
        "exercises": ("a",),
    }
    assert Programme.model_validate(plain)
    with pytest.raises(ValidationError, match=problem):
        Programme.model_validate(plain | changed)


def changed(**fields: Any) -> Exercise:
    shipped = CONTENT.exercise("bein-anheben").model_dump()
    return Exercise.model_validate({**shipped, **fields})


def test_sides_that_alternate_are_two_with_short_calls() -> None:
    with pytest.raises(ValidationError, match="wechselt die Seiten, hat aber keine zwei"):
        changed(sides=(), easier=None)
    long = {
        "name": "rechts",
        "title": "rechts",
        "announce": ["Nun ist das rechte Bein dran, also los."],
    }
    other = {"name": "links", "title": "links", "announce": ["Links."]}
    with pytest.raises(ValidationError, match="zu lang für eine Bewegung"):
        changed(sides=(long, other))
    assert changed(sides=(long, other), alternating=False)


def test_a_variant_has_the_exercise_s_own_sides() -> None:
    easier = CONTENT.exercise("bein-anheben").easier
    assert easier
    turned = {**easier.model_dump(), "sides": tuple(reversed(easier.model_dump()["sides"]))}
    with pytest.raises(ValidationError, match="hat in easier andere Seiten als sonst"):
        changed(easier=turned)


def test_only_a_hold_is_breathed_in_turn() -> None:
    assert Phase(name="oben", kind="hold", seconds=5, say=("Oben.",), breath=Breath.BOTH)
    with pytest.raises(ValidationError, match="hat „breath: both“, ist aber kein Halten"):
        Phase(name="hoch", seconds=5, say=("Hoch.",), breath=Breath.BOTH)
