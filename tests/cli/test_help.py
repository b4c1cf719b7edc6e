"""Help and errors of every command: German, whole words, at any width, in any character set."""

import re

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.cli.help import GermanCommand, GermanGroup, label_of
from tests.cli.conftest import Run
from tests.cli.walk import broken_words, commands, english_words

PATHS = list(commands())


def _run(typed: str, columns: int = 80) -> Result:
    return CliRunner().invoke(app, typed.split(), env={"COLUMNS": str(columns)})


def _help(path: str, columns: int = 80) -> str:
    answer = _run(f"{path} --help", columns)
    assert (answer.exit_code, answer.stderr) == (0, "")
    return answer.output


def _refused(typed: str) -> str:
    answer = _run(typed)
    assert (answer.exit_code, answer.stdout) == (2, ""), answer.output
    assert answer.stderr.startswith("Fehler: ")
    assert answer.stderr.count("\n") == 1
    assert english_words(answer.stderr) == set()
    return answer.stderr


@pytest.mark.parametrize("path", PATHS)
def test_help_is_german_and_names_every_option(path: str) -> None:
    command, text = commands()[path], _help(path)
    assert isinstance(command, GermanCommand | GermanGroup)
    assert re.match(r"Aufruf: \S+" + f" {path}".rstrip() + r" \[OPTIONEN\]", text)
    assert "Zeig diese Hilfe." in text
    assert english_words(text) == set()
    for one in command.params:
        assert f"  {label_of(one)}" in text
        assert one.help
    for name in getattr(command, "commands", ()):
        assert f"  {name}  " in text


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("path", PATHS)
def test_help_fits_and_breaks_no_word(path: str, columns: int) -> None:
    text = _help(path, columns)
    assert max(map(len, text.splitlines())) <= columns
    assert broken_words(text, _help(path, 400)) == []


@pytest.mark.parametrize("path", PATHS)
def test_what_is_typed_wrongly_is_said_in_german(path: str) -> None:
    command = commands()[path]
    assert "--sperren gibt es nicht" in _refused(f"{path} --sperren")
    for one in command.params:
        if one.param_type_name == "option" and not one.is_flag:
            assert "braucht einen Wert" in _refused(f"{path} {one.opts[0]}")
        if one.param_type_name == "option" and one.is_flag and path:
            assert "nimmt keinen Wert" in _refused(f"{path} {one.opts[0]}=3".strip())
    if hasattr(command, "commands"):
        near = max(command.commands, key=len)
        sentence = _refused(f"{path} {near}x")
        assert f"Den Befehl „{near}x“ gibt es nicht. Meinst du „{near}“?" in sentence
        return
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    if any(one.required for one in arguments):
        assert f"Da fehlt noch {label_of(arguments[0])}" in _refused(path)
    if all(one.nargs == 1 for one in arguments):
        too_many = " ".join(["wort"] * (len(arguments) + 1))
        assert "kann ich hier nichts anfangen" in _refused(f"{path} {too_many}")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("train --microfon x", "Die Option --microfon gibt es nicht. Meinst du „--microphone“?"),
        ("--microfon x", "Meinst du „--microphone“?"),
        ("train --words-per-minute viele", "--words-per-minute N: Das muss eine ganze Zahl sein."),
        ("history --weeks 0", "--weeks N: Das muss eine ganze Zahl ab 1 sein."),
        ("train --out pyproject.toml", "Das ist eine Datei, ich brauche einen Ordner."),
        ("say hallo --out .", "Das ist ein Ordner, ich brauche eine Datei."),
        ("say", "Mehr dazu: "),
    ],
)
def test_what_to_do_instead(typed: str, sentence: str) -> None:
    assert sentence in _refused(typed)


@pytest.mark.parametrize("group", ["exercise", "model"])
def test_a_group_alone_explains_itself(group: str) -> None:
    answer = _run(group)
    assert (answer.exit_code, answer.stderr) == (2, "")
    assert answer.stdout == _help(group)


def test_english_words_are_found() -> None:
    text = "Show this message and exit.  [required]  --show-this  „the“  the.wav"
    assert english_words(text) == {"show", "this", "message", "and", "exit", "required"}


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "dumb", "NO_COLOR": "1"},
    ],
)
def test_help_in_any_locale(program: Run, environment: dict[str, str]) -> None:
    answer = program("train", "--help", **environment)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert re.search(r"N(ä|ae)he", answer.stdout)
    assert "?" not in answer.stdout
    assert "\x1b" not in answer.stdout
