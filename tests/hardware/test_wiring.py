"""Pins in the settings: from the file and the environment, and what is wrong with them."""

from pathlib import Path

import pytest

from skill.errors import SettingsError
from skill.settings import Settings, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def _settings(file: Path, text: str = "", **variables: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    environment = {f"RUECKGRAT_{name.upper()}": value for name, value in variables.items()}
    return load_settings(environment=environment, file=file)


def test_nothing_is_wired_unless_it_is_wished(file: Path) -> None:
    assert not _settings(file).is_wired
    assert not _settings(file, 'button_pin = ""\nlight_pins = []\n').is_wired


@pytest.mark.parametrize("text", ["button_pin = 2\n", "light_pins = 18\n", "mute_pin = 27\n"])
def test_one_part_is_enough(file: Path, text: str) -> None:
    assert _settings(file, text).is_wired


def test_pins_are_numbers_in_the_file_and_in_the_environment(file: Path) -> None:
    settings = _settings(file, "button_pin = 3\nlight_pins = [17, 27, 22]\n", mute_pin="4")
    assert (settings.button_pin, settings.mute_pin) == (3, 4)
    assert settings.light_pins == (17, 27, 22)
    assert _settings(file, light_pins="17, 27, 22").light_pins == (17, 27, 22)
    assert _settings(file, "light_pins = 18\n").light_pins == (18,)


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("button_pin = 40", "button_pin darf nicht „40“ sein (Zeile 1", "bis 27"),
        ("mute_pin = 'GPIO4'", "mute_pin ist keine ganze Zahl: „GPIO4“", "ganze Zahl wie"),
        ("light_pins = [17, 27]", "light_pins enthält 2 Pins (Zeile 1", "drei für Rot, Grün"),
        (
            "button_pin = 17\nlight_pins = [17, 27, 22]",
            "Der Trainer nutzt den Pin 17 zweimal (button_pin und light_pins).",
            "einen eigenen Pin",
        ),
        (
            "light_pins = [17, 17, 22]",
            "Pin 17 zweimal (light_pins und light_pins)",
            "einen eigenen",
        ),
    ],
)
def test_what_cannot_be_wired_is_said(file: Path, text: str, problem: str, mend: str) -> None:
    with pytest.raises(SettingsError) as caught:
        _settings(file, text)
    assert problem in caught.value.problem
    assert mend in caught.value.mend
