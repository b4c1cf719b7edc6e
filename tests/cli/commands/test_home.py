"""`home`: whether the broker can be reached, the household's key, and leaving nothing behind."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.cli.views.home import FORGOTTEN, NOT_SHARED, NOTHING, STILL_SHARED
from rueckgrat.doctor.configuration import check_home
from rueckgrat.doctor.finding import Verdict
from rueckgrat.history import open_history
from rueckgrat.home.key import key_file
from rueckgrat.home.topics import HOUSEHOLD, TrainerTopics
from skill.settings import Settings, load_settings, settings_file
from skill.trainer import the_only_one
from tests.history.entries import numbered
from tests.home.conftest import Room, broker, make_room, watcher
from workbench.broker import PASSWORD, USER, Mosquitto, Watcher, until

__all__ = ["broker", "make_room", "watcher"]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "home"))


def _home(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["home", *arguments])


def _settings(broker: Mosquitto, **more: str) -> None:
    lines = {
        "mqtt": f"mqtts://{USER}@127.0.0.1:{broker.port}",
        "mqtt_password": PASSWORD,
        "mqtt_ca": str(broker.ca),
        "mqtt_id": "Küche",
    } | more
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in lines.items())
    settings_file().write_text(text, encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["forget"]])
def test_without_a_broker_it_says_how_to_name_one(arguments: list[str]) -> None:
    answer = _home(*arguments)
    assert answer.exit_code == 2
    assert "kein Broker eingestellt" in answer.output
    assert 'mqtt = "homeassistant.local:1883"' in answer.output


def test_a_key_is_made_and_where_to_copy_it_is_said() -> None:
    answer = _home("key")
    assert answer.exit_code == 0
    assert str(key_file(Settings())) in answer.output
    assert "Kopier diese Datei" in answer.output
    again = _home("key")
    assert again.exit_code == 2
    assert "gibt es schon" in again.output


def test_it_says_that_it_is_let_in_and_how_it_is_called(broker: Mosquitto) -> None:
    _settings(broker)
    answer = _home()
    assert answer.exit_code == 0, answer.output
    assert f"Der Broker 127.0.0.1:{broker.port} lässt mich herein, verschlüsselt." in answer.output
    assert "„Rückgrat Küche“, auf dem Broker kueche." in answer.output
    assert NOT_SHARED in answer.output
    assert PASSWORD not in answer.output
    found = check_home(load_settings())
    assert (found.verdict, found.figures["is_encrypted"]) == (Verdict.OK, True)


def test_it_says_why_it_is_not_let_in(broker: Mosquitto) -> None:
    _settings(broker, mqtt_password="falsch")
    answer = _home()
    assert answer.exit_code == 2
    assert "lässt er mich nicht herein" in answer.output
    found = check_home(load_settings())
    assert found.verdict is Verdict.WARNING
    assert "lässt er mich nicht herein" in found.measured
    assert "mqtt_user" in found.mend


def test_it_leaves_nothing_behind(
    broker: Mosquitto, make_room: Callable[..., Room], tmp_path: Path
) -> None:
    _settings(broker)
    assert _home("forget").output.strip() == NOTHING
    _home("key")
    with open_history(tmp_path / "Küche.db") as history:
        history.add(numbered(1))
    room = make_room("Küche")
    until(lambda: room.home._shown, "a state")
    room.home.close()
    with the_only_one():
        assert "Hier läuft schon ein Trainer" in _home("forget").output
    answer = _home("forget")
    assert answer.output.strip() == FORGOTTEN
    seen = Watcher(broker, f"{HOUSEHOLD}/#", *TrainerTopics("kueche").of_device)
    seen.say("end", "")
    seen.close()
    assert [one.topic for one in seen.heard if one.retain] == []


def test_who_deletes_a_shared_history_is_told_of_the_other_copies() -> None:
    with open_history() as history:
        history.add(numbered(1))
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('mqtt = "broker"\n', encoding="utf-8")
    forget = ["history", "forget", "--yes"]
    assert STILL_SHARED not in CliRunner().invoke(app, forget).output
    _home("key")
    assert STILL_SHARED in CliRunner().invoke(app, forget).output
