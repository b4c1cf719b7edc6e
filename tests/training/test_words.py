from __future__ import annotations

from pathlib import Path

import pytest

from models.training import words
from models.training.config import DEFAULT_DIALOGS, RecipeError
from skill.written.spoken import check_phrase


def test_the_numbers_go_from_null_to_dreissig() -> None:
    assert len(words.NUMBERS) == 31
    assert (words.NUMBERS[0], words.NUMBERS[-1]) == ("null", "dreißig")


def test_phrases_come_from_commands_slots_names_and_questions(tmp_path: Path) -> None:
    for folder in ("exercises", "programmes", "knowledge"):
        (tmp_path / folder).mkdir()
    (tmp_path / "commands.yaml").write_text(
        "commands:\n  go: {phrases: [Los gehts]}\n  number: {slots: {vier: 4}}\n", "utf-8"
    )
    (tmp_path / "exercises" / "b.yaml").write_text("spoken_names: [die brücke]\n", "utf-8")
    (tmp_path / "programmes" / "p.yaml").write_text("spoken_names: [kraft]\n", "utf-8")
    (tmp_path / "knowledge" / "k.yaml").write_text(
        "topics:\n  sitting: {questions: [wie sitze ich]}\n", "utf-8"
    )
    assert words.dialog_phrases(tmp_path) == [
        *("los gehts", "vier", "die brücke", "kraft", "wie sitze ich"),
    ]


def test_without_dialogs_the_seeds_remain(tmp_path: Path) -> None:
    assert words.dialog_phrases(tmp_path) == []
    assert "weiter" in words.command_words(tmp_path)


def test_a_phrase_that_is_no_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "commands.yaml").write_text("commands:\n  go: {phrases: los}\n", "utf-8")
    with pytest.raises(RecipeError, match="command go"):
        words.command_words(tmp_path)


def test_a_question_that_is_no_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "k.yaml").write_text("topics:\n  a: {questions: wie}\n", "utf-8")
    with pytest.raises(RecipeError, match=r"k\.yaml, topic a"):
        words.command_words(tmp_path)


def test_first_names_are_words_that_settings_accept() -> None:
    assert len(words.FIRST_NAMES) > 1000
    assert all(check_phrase(name) for name in words.FIRST_NAMES)
    assert words.FIRST_NAMES["anna"] == ()
    assert words.FIRST_NAMES["ayse"] == ("eische",)
    assert words.FIRST_NAMES["alice"] == ("alihs", "aliss")


def test_no_phrase_of_the_dialogs_is_a_decoy() -> None:
    commands = set(words.dialog_phrases(DEFAULT_DIALOGS))
    assert not commands & set(words.decoys(DEFAULT_DIALOGS))
