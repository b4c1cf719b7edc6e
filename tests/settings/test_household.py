"""What a household chooses, from the file, the environment and a dialog test's set-up."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from skill.errors import SettingsError
from skill.reminders import reminders_for
from skill.settings import Settings, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def _settings(file: Path, text: str = "", **variables: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    environment = {f"RUECKGRAT_{name.upper()}": value for name, value in variables.items()}
    return load_settings(environment=environment, file=file)


def test_lists_are_lists_in_the_file(file: Path) -> None:
    settings = _settings(
        file,
        'people = ["Anna", "Bernd"]\nwake = ["Hallo, Trainer!"]\n'
        'invitations = ["Mo Mi Fr 18:00", "täglich 7:30"]\nquiet = "21-7 Uhr"\nstays = true\n',
    )
    assert settings.people == ("Anna", "Bernd")
    assert settings.wake == ("hallo trainer",)
    assert settings.invitations == ("Mo Mi Fr 18:00", "täglich 7:30")
    assert settings.stays


def test_the_environment_separates_by_commas(file: Path) -> None:
    settings = _settings(
        file, people="Anna, Karl-Heinz,", wake="guten morgen,hallo trainer", stays="true"
    )
    assert settings.people == ("Anna", "Karl-Heinz")
    assert settings.wake == ("guten morgen", "hallo trainer")
    assert settings.stays


def test_nobody_is_named_or_invited_unless_it_is_wished(file: Path) -> None:
    settings = _settings(file)
    assert (settings.people, settings.wake, settings.invitations) == ((), (), ())
    assert settings.quiet == "22:00-07:00"
    assert not settings.stays


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ('people = ["Anna", "R2D2"]', "people enthält „R2D2“, und das ist kein Name", "Buchstaben"),
        ('people = ["Иван"]', "people enthält „Иван“, mit Buchstaben", "deutschen Buchstaben"),
        ('people = ["Zoë", "Zoe"]', "enthält „Zoë“ und „Zoe“", "Spitznamen"),
        ('people = ["Anna", "Anna"]', "enthält „Anna“ und „Anna“", "Spitznamen"),
        ("people = [3]", "people darf nicht „3“ sein", "Schreib einen Text"),
        ("people = 3", "people darf nicht „3“ sein", "Schreib eine Liste"),
        ('wake = ["hal 9000"]', "wake ist nichts, was ich hören kann: „hal 9000“", "kleine"),
        ('invitations = ["Mo 25:00"]', "wo in „Mo 25:00“ das „25:00“ steht", "Stunden und"),
        ('invitations = ["Mu 18:00"]', "nennt in „Mu 18:00“ einen Tag", "täglich"),
        ('quiet = "nachts"', "quiet ist keine Zeitspanne: „nachts“", "22:00-07:00"),
        ('quiet = "7-7"', "quiet endet, wenn es beginnt: „7-7“", 'Schreib ""'),
    ],
)
def test_a_wrong_value_names_its_line_and_the_mend(
    file: Path, text: str, problem: str, mend: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        _settings(file, f"# mine\n\n{text}\n")
    assert problem in caught.value.problem
    assert f"(Zeile 3 von {file})." in caught.value.problem
    assert mend in caught.value.mend


def test_an_invitation_in_the_quiet_hours_is_a_mistake(file: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        _settings(file, 'invitations = ["täglich 6:30"]\n')
    assert caught.value.problem == (
        "Der Trainer hat eine Einladung („täglich 6:30“) in der Ruhezeit (22:00-07:00)."
    )
    assert _settings(file, 'invitations = ["täglich 6:30"]\nquiet = ""\n').invitations


def test_reminders_follow_the_settings(file: Path) -> None:
    settings = _settings(file, 'invitations = ["Mi 18:00"]\n')
    wednesday, thursday = datetime(2026, 11, 25, 18), datetime(2026, 11, 26, 18)
    assert reminders_for(settings).take_due(wednesday)
    assert not reminders_for(settings).take_due(thursday)


@pytest.mark.parametrize("page", ["README.md", "docs/people-and-standby.md"])
def test_the_settings_of_the_documentation_work(page: str, file: Path) -> None:
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    (example,) = (
        one for one in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "people" in one
    )
    settings = _settings(file, example)
    assert settings.people == ("Anna", "Bernd")
    assert settings.stays
    assert reminders_for(settings).take_due(datetime(2026, 11, 25, 18))
