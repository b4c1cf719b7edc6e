"""What holds for every command: errors, help, defaults, character sets."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from rueckgrat.cli.app import GOODBYE, CommandGroup, app
from skill.exit_codes import INTERRUPTED
from tests.cli.conftest import Run

COMMANDS = (
    "train",
    "replay",
    "listen",
    "calibrate",
    "say",
    "exercises",
    "exercise",
    "model",
    "devices",
    "doctor",
)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_help_names_every_command_and_gives_examples(arguments: list[str]) -> None:
    answer = CliRunner().invoke(app, arguments)
    assert answer.exit_code == 0
    for name in COMMANDS:
        assert f" {name} " in answer.output
    assert "rueckgrat --microphone Jabra" in answer.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    answer = CliRunner().invoke(app, [command, "--help"])
    assert answer.exit_code == 0
    assert "Aufruf: " in answer.output


def test_help_imports_no_engine(program: Run) -> None:
    answer = program("--help", PYTHONPROFILEIMPORTTIME="1")
    assert answer.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in answer.stderr.splitlines()}
    assert "typer" in imported
    assert not imported & {"numpy", "vosk", "pyttsx3", "sounddevice", "soundfile", "pydantic"}


def test_an_unknown_command_is_not_taken_for_training() -> None:
    answer = CliRunner().invoke(app, ["trian"])
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Fehler: Den Befehl „trian“ gibt es nicht. Meinst du „train“?")


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ([], ["train"]),
        (["--microphone", "Jabra"], ["train", "--microphone", "Jabra"]),
        (["--verbose"], ["train"]),
        (["train", "--out", "x"], ["train", "--out", "x"]),
        (["exercises", "-v"], ["exercises"]),
    ],
)
def test_training_is_the_default(typed: list[str], parsed: list[str]) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, CommandGroup)
    context = group.make_context("rueckgrat", list(typed))
    assert [*context._protected_args, *context.args] == parsed
    assert context.params["verbose"] == bool({"-v", "--verbose"} & set(typed))


@pytest.mark.parametrize(
    ("typed", "stays"), [([], True), (["--stay"], True), (["--no-stay"], False)]
)
def test_whether_it_stays_is_a_setting_with_an_option(
    typed: list[str], stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rueckgrat.cli import live

    trained: list[bool] = []
    monkeypatch.setattr(live, "train_live", lambda settings, *_: trained.append(settings.stays))
    monkeypatch.setenv("RUECKGRAT_STAYS", "true")
    assert CliRunner().invoke(app, typed).exit_code == 0
    assert trained == [stays]


def test_an_error_is_one_line_and_exit_code_2(program: Run) -> None:
    answer = program("replay", "nowhere.wav")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Fehler: ")
    assert answer.stderr.count("\n") == 1
    assert "nowhere.wav" in answer.stderr


def test_verbose_shows_where_an_error_came_from(program: Run) -> None:
    answer = program("replay", "nowhere.wav", "--verbose")
    assert answer.returncode == 2
    assert "Traceback" in answer.stderr
    assert "Fehler: " in answer.stderr.splitlines()[-1]


def test_a_respelling_of_ones_own_is_heard(program: Run, tmp_path: Path) -> None:
    program("say", "Kobra.", "--out", "built_in.wav")
    (tmp_path / "own").mkdir()
    respelling = "respellings: {Kobra: Kobra Kobra Kobra Kobra}\n"
    (tmp_path / "own" / "respellings.yaml").write_text(respelling, encoding="utf-8")
    program("say", "Kobra.", "--out", "own.wav", RUECKGRAT_DIALOGS="own")
    built_in, own = (tmp_path / name for name in ("built_in.wav", "own.wav"))
    assert own.stat().st_size > 2 * built_in.stat().st_size


def test_a_wrong_setting_is_named_by_every_command_that_needs_it(program: Run) -> None:
    answer = program("train", RUECKGRAT_WORDS_PER_MINUTE="schnell")
    assert answer.returncode == 2
    assert "RUECKGRAT_WORDS_PER_MINUTE" in answer.stderr


def test_ctrl_c_ends_with_a_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("skill.content.own.content_for", interrupted)
    answer = CliRunner().invoke(app, ["exercises"])
    assert answer.exit_code == INTERRUPTED
    assert answer.output.strip() == GOODBYE


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"TERM": "dumb", "COLUMNS": "20"},
    ],
)
def test_any_locale_and_any_pipe_will_do(program: Run, environment: dict[str, str]) -> None:
    answer = program("devices", **environment)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Mikrofon" in answer.stdout
    assert "\x1b" not in answer.stdout


def test_utf_8_stays_utf_8(program: Run) -> None:
    assert "Prüft" in program("--help", LC_ALL="C").stdout
