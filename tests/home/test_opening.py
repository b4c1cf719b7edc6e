"""Nothing of a home where nobody wants one, and a sentence where something is missing."""

import builtins
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rueckgrat.home import open_home
from rueckgrat.home.opening import trainer_id
from skill.extras import HOME
from skill.messages.events import Snapshot
from skill.messages.heard import Command
from skill.observers import Observer
from skill.settings import Settings
from tests.home.bus import Notes

CHECKOUT = Path(__file__).parents[2]

WITHOUT = """
import sys
import rueckgrat.cli.app, rueckgrat.cli.live, rueckgrat.home, rueckgrat.cli.commands.home
from rueckgrat.home import open_home
from skill.settings import Settings
with open_home(Settings(), None, None, None, print):
    pass
print(*{name.partition(".")[0] for name in sys.modules} & {"paho", "cryptography"})
"""


class Nobody:
    """A session that is only looked at."""

    def __init__(self) -> None:
        self.following: list[Observer] = []

    def follow(self, observer: Observer) -> None:
        self.following.append(observer)

    def command(self, command: Command) -> None:
        raise AssertionError

    def snapshot(self) -> Snapshot:
        return Snapshot(state="standby")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    return tmp_path


def test_without_a_broker_nothing_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def _opened(settings: Settings) -> tuple[list[Observer], list[str]]:
    session, said = Nobody(), []
    with open_home(settings, session, Notes(), lambda: {}, said.append):
        return session.following, said


def test_a_missing_extra_is_a_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.startswith(("paho", "rueckgrat.home.link")):
            monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without_paho(name: str, *rest: Any) -> Any:
        if name.startswith("paho"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_paho)
    following, said = _opened(Settings(mqtt="broker"))
    assert following == []
    assert len(said) == 1
    assert HOME.command in said[0]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"mqtt_ca": "/nirgends.pem"}, "Das Zertifikat /nirgends.pem kann ich nicht lesen"),
        ({"mqtt_ca": __file__}, "darin steht keines"),
        ({"mqtt_key": "/nirgends.key"}, "Den Haushaltsschlüssel /nirgends.key"),
        ({"mqtt_password_file": "/nirgends", "mqtt_user": "a"}, "Das Passwort in /nirgends"),
    ],
)
def test_what_is_missing_is_said_and_one_trains_without_it(
    settings: dict[str, str], sentence: str
) -> None:
    following, said = _opened(Settings.model_validate({"mqtt": "127.0.0.1:1"} | settings))
    assert following == []
    assert len(said) == 1
    assert sentence in said[0]


def test_a_trainer_remembers_its_id_and_takes_no_host_name(home: Path) -> None:
    first = trainer_id(Settings())
    assert first == trainer_id(Settings())
    assert len(first) == 8
    (home / "data" / "trainer-id").unlink()
    assert trainer_id(Settings()) != first
    assert trainer_id(Settings(mqtt_id="Großes Bad")) == "grosses-bad"
