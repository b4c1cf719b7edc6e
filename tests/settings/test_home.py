"""The settings of the MQTT broker: addresses, passwords, and what is wrong about them."""

from pathlib import Path

import pytest

from skill.errors import SettingsError
from skill.settings import Settings, load_settings
from skill.settings.home import Broker


def _settings(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(environment={}, file=file)


def test_without_a_word_there_is_no_broker() -> None:
    settings = Settings()
    assert settings.broker is None
    assert not settings.mqtt_names


@pytest.mark.parametrize(
    ("text", "broker"),
    [
        ('mqtt = "broker.local"', Broker("broker.local", 1883, "", False)),
        ('mqtt = "broker.local:1884"', Broker("broker.local", 1884, "", False)),
        ('mqtt = "mqtt://192.168.1.2/"', Broker("192.168.1.2", 1883, "", False)),
        ('mqtt = "[fe80::1]:1883"', Broker("fe80::1", 1883, "", False)),
        ('mqtt = "mqtts://anna@broker"', Broker("broker", 8883, "anna", True)),
        ('mqtt = "mqtts://a@broker:42"\nmqtt_user = "b"', Broker("broker", 42, "b", True)),
        ('mqtt = "broker:8883"\nmqtt_ca = "ca.pem"', Broker("broker", 8883, "", True)),
    ],
)
def test_the_broker_is_named_as_people_name_it(tmp_path: Path, text: str, broker: Broker) -> None:
    assert _settings(tmp_path, text).broker == broker


def test_a_password_of_figures_is_a_password(tmp_path: Path) -> None:
    settings = _settings(tmp_path, 'mqtt = "anna@b"\nmqtt_password = 1234')
    assert settings.mqtt_password == "1234"
    assert "1234" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ('mqtt = "broker:99999"', "mqtt nennt keinen Port", "homeassistant.local:1883"),
        ('mqtt = "broker:0"', "mqtt ist keine Adresse: „broker:0“", "homeassistant.local"),
        ('mqtt = "http://broker"', "mqtt beginnt mit http://", "mqtts:// (TLS)"),
        ('mqtt = "mein broker"', "ist keine Adresse: „mein broker“", "Schreib den Namen"),
        ('mqtt = "broker/topic"', "ist keine Adresse", "Schreib den Namen"),
        ('mqtt = "mqtt://"', "ist keine Adresse", "Schreib den Namen"),
        ('mqtt = "mqtt://anna:geheim@b"', "mqtt enthält ein Passwort", "mqtt_password"),
        ('mqtt_id = "??"', "mqtt_id darf nicht „??“ sein", "Schreib etwas anderes"),
        ('mqtt_names = "wohl"', "mqtt_names ist weder true noch false", "true oder false"),
        ('mqtt_host = "b"', "mqtt_host gibt es nicht", "Meinst du"),
        (
            'mqtt = "anna@b"\nmqtt_password = "geheim"\nmqtt_password_file = "datei"',
            "Der Trainer hat zwei Passwörter",
            "Lösch eines davon",
        ),
        ('mqtt = "b"\nmqtt_password = "geheim"', "aber keinen Benutzer", "mqtt_user"),
    ],
)
def test_what_is_wrong_is_said_without_passwords(
    tmp_path: Path, text: str, problem: str, mend: str
) -> None:
    with pytest.raises(SettingsError) as failed:
        _settings(tmp_path, text)
    assert problem in str(failed.value)
    assert mend in failed.value.mend
    assert "geheim" not in str(failed.value)
