"""The README keeps its promises: commands, links and targets exist."""

import re
from pathlib import Path

import pytest

from skill.content.loader import load_content

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def _commands_by_phrase() -> dict[str, str]:
    content = load_content()
    phrases = {
        phrase: name
        for name, row in content.commands.items()
        for phrase in (*row.phrases, *row.slots)
    }
    names = {name: "exercise" for one in content.exercises for name in one.spoken_names}
    return phrases | names


def _phrases_in_the_table() -> list[str]:
    rows = re.findall(r"^\| (?!Say|---)(.+?) \| ", README, re.MULTILINE)
    return [
        phrase.strip("* ")
        for row in rows
        for part in row.split(" · ")
        for phrase in part.split(",")
    ]


@pytest.mark.parametrize("phrase", _phrases_in_the_table())
def test_every_phrase_of_the_table_is_understood(phrase: str) -> None:
    assert phrase in _commands_by_phrase()


def test_every_command_is_in_the_table() -> None:
    by_phrase = _commands_by_phrase()
    assert {by_phrase[phrase] for phrase in _phrases_in_the_table()} == set(by_phrase.values())


def test_every_exercise_is_named() -> None:
    for exercise in load_content().exercises:
        assert set(exercise.spoken_names) & set(_phrases_in_the_table())


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (CHECKOUT / target).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?m)(?:^|`)make (\w+)", README))))
def test_every_make_target_exists(target: str) -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_program_command_exists() -> None:
    from rueckgrat.cli.app import app

    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    names |= {group.name for group in app.registered_groups}
    used = re.findall(r'ARGS="?(\w+)', README)
    assert used
    assert set(used) <= names
