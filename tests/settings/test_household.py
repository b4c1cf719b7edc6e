"""What a household chooses, from the file, the environment and a dialog test's set-up."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from skill.errors import SettingsError
from skill.reminders import reminders_for
from skill.settings import Settings, load_settings, save_setting
from skill.written.names import respelt_names


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


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ('people = ["Anna", "Ben"]\nvoices = {anna = "kerstin", Ben = "gmw/de"}', {}),
        ('people = ["Anna", "Ben"]\n[voices]\nANNA = "kerstin"\nben = "gmw/de"', {}),
        ("", {"people": "Anna, Ben", "voices": "anna=kerstin, ben = gmw/de,"}),
    ],
)
def test_people_have_voices_of_their_own(file: Path, text: str, variables: dict[str, str]) -> None:
    settings = _settings(file, text, **variables)
    assert settings.own_voices == {"Anna": "kerstin", "Ben": "gmw/de"}
    assert settings.voices_in_use == ("gmw/de", "kerstin")


def test_a_voice_is_saved_beside_the_others_and_their_comments(file: Path) -> None:
    file.write_text(
        '# mine\npeople = ["Anna", "Ben"]\n[voices] # ours\nanna = "a" # hers\n', encoding="utf-8"
    )
    save_setting("voices", {"anna": "kerstin", "ben": "thorsten"}, file)
    save_setting("voice", "thorsten", file)
    text = file.read_text(encoding="utf-8")
    assert 'anna = "kerstin" # hers\nben = "thorsten"\n' in text
    settings = load_settings(environment={}, file=file)
    assert settings.voice == "thorsten"
    assert settings.own_voices == {"Anna": "kerstin", "Ben": "thorsten"}


def test_the_first_voice_of_somebodys_own_takes_one_line(file: Path) -> None:
    file.write_text('people = ["Anna"] # us\n', encoding="utf-8")
    save_setting("voices", {"Anna": "kerstin"}, file)
    save_setting("quiet", "21-7 Uhr", file)
    assert file.read_text(encoding="utf-8") == (
        'people = ["Anna"] # us\nvoices = {Anna = "kerstin"}\nquiet = "21-7 Uhr"\n'
    )


def test_a_name_may_be_read_in_another_way_than_it_is_written(file: Path) -> None:
    settings = _settings(file, 'people = ["Anna", {name = "Zoë", say = " Zo-ä "}, {name = "Ben"}]')
    assert settings.people == ("Anna", "Zoë", "Ben")
    assert respelt_names(settings.people) == {"Zoë": "Zo-ä"}


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
        ('people = [{nam = "Zoë"}]', "people hat einen Eintrag mit „nam“", "Meinst du „name“?"),
        ('people = [{say = "Zo-ä"}]', "people hat einen Eintrag ohne Namen", 'name = "Zoë"'),
        (
            'people = [{name = "Zoë", say = "Zo3"}]',
            "people enthält „Zo3“, und so kann ich „Zoë“ nicht aussprechen",
            "Buchstaben",
        ),
        ('people = [{name = "Zoë", say = 3}]', "people darf nicht „3“ sein", "Schreib einen Text"),
        ("voices = 3", "voices nennt nicht, wer welche Stimme hört: „3“", 'anna = "kerstin"'),
        ('voices = "anna"', "wer welche Stimme hört: „anna“", 'anna = "kerstin"'),
        ("voices = {anna = 3}", "voices darf nicht „3“ sein", "Schreib einen Text"),
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


@pytest.mark.parametrize(
    ("people", "mend"), [('["Anna"]', "Meinst du „anna“?"), ("[]", "Schreib ihn dazu.")]
)
def test_a_voice_of_nobody_is_a_mistake(file: Path, people: str, mend: str) -> None:
    with pytest.raises(SettingsError) as caught:
        _settings(file, f'people = {people}\nvoices = {{ana = "kerstin"}}\n')
    assert "Stimme für „ana“, aber unter people steht niemand" in caught.value.problem
    assert caught.value.mend == mend


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
