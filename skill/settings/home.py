"""Which MQTT broker the trainer talks to: nothing of it unless it is wished."""

from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from skill.files import slug
from skill.settings.household import YesNo
from skill.written.mistakes import RuleError
from skill.written.shapes import Shape

_PORTS = {"mqtt": 1883, "mqtts": 8883}
_MEND = "Schreib den Namen des Brokers, etwa homeassistant.local:1883 oder mqtts://name@broker."


class Broker(NamedTuple):
    """Where a broker is, and as whom to log in."""

    host: str
    port: int
    user: str
    is_encrypted: bool


def parse_broker(text: str) -> Broker:
    """Return the broker of ``host``, ``host:port`` or ``mqtts://user@host:port``; RuleError."""
    try:
        url = urlsplit(text if "://" in text else f"mqtt://{text}")
        host, port = url.hostname, url.port
    except ValueError:
        raise RuleError("nennt keinen Port zwischen 1 und 65535", _MEND) from None
    if url.password is not None:
        raise RuleError("enthält ein Passwort", "Schreib es in mqtt_password, ohne Adresse davor.")
    if url.scheme not in _PORTS:
        raise RuleError(f"beginnt mit {url.scheme}://", "Es gibt mqtt:// und mqtts:// (TLS).")
    if not host or port == 0 or url.path.strip("/") or url.query or any(map(str.isspace, text)):
        raise RuleError(f"ist keine Adresse: „{text}“", _MEND)
    return Broker(host, port or _PORTS[url.scheme], url.username or "", url.scheme == "mqtts")


def _address(text: str) -> str:
    if text:
        parse_broker(text)
    return text


def _room(text: str) -> str:
    if text and not slug(text):
        raise RuleError(f"hat keine Buchstaben: „{text}“", "Nenn den Raum, etwa wohnzimmer.")
    return text


def _as_text(value: object) -> object:
    return str(value) if type(value) is int else value  # a password of figures, not to be shown


class HomeConnection(Shape):
    """Home Assistant and the other trainers of the household, by way of one MQTT broker."""

    mqtt: Annotated[str, AfterValidator(_address), Field(description="MQTT broker")] = ""
    mqtt_user: Annotated[str, Field(description="user of the broker")] = ""
    mqtt_password: Annotated[
        str, BeforeValidator(_as_text), Field(description="and the password", repr=False)
    ] = ""
    mqtt_password_file: Annotated[str, Field(description="file that holds it")] = ""
    mqtt_ca: Annotated[str, Field(description="certificate of the broker's own CA")] = ""
    mqtt_id: Annotated[str, AfterValidator(_room), Field(description="the trainer's room")] = ""
    mqtt_names: Annotated[YesNo, Field(description="tell the broker who trains")] = False
    mqtt_key: Annotated[str, Field(description="key of the household")] = ""

    @property
    def broker(self) -> Broker | None:
        """The broker, as these settings together name it; None where there is none."""
        if not self.mqtt:
            return None
        found = parse_broker(self.mqtt)
        is_encrypted = found.is_encrypted or bool(self.mqtt_ca)
        return found._replace(user=self.mqtt_user or found.user, is_encrypted=is_encrypted)

    @model_validator(mode="after")
    def _logs_in_one_way(self) -> "HomeConnection":
        if self.mqtt_password and self.mqtt_password_file:
            raise RuleError(
                "hat zwei Passwörter für den Broker (mqtt_password und mqtt_password_file)",
                "Lösch eines davon.",
            )
        has_password = self.mqtt_password or self.mqtt_password_file
        if has_password and self.broker and not self.broker.user:
            raise RuleError(
                "hat ein Passwort für den Broker, aber keinen Benutzer", "Trag mqtt_user ein."
            )
        return self
