"""Which MQTT broker the trainer talks to: nothing of it unless it is wished."""

import re
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from skill.settings.household import YesNo, checked
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


def parse_broker(text: str) -> Broker | None:
    """Return the broker of ``host``, ``host:port`` or ``mqtts://user@host:port``; RuleError.

    None for an empty text.
    """
    try:
        url = urlsplit(text if "://" in text else f"mqtt://{text}")
        host, port = url.hostname, url.port
    except ValueError:
        raise RuleError("nennt keinen Port zwischen 1 und 65535", _MEND) from None
    if url.password is not None:
        raise RuleError("enthält ein Passwort", "Schreib es in mqtt_password, ohne Adresse davor.")
    if url.scheme not in _PORTS:
        raise RuleError(f"beginnt mit {url.scheme}://", "Es gibt mqtt:// und mqtts:// (TLS).")
    if text and (not host or port == 0 or url.path.strip("/") or re.search(r"[\s?]", text)):
        raise RuleError(f"ist keine Adresse: „{text}“", _MEND)
    secured = url.scheme == "mqtts"
    return Broker(host, port or _PORTS[url.scheme], url.username or "", secured) if host else None


def _as_text(value: object) -> object:
    return str(value) if type(value) is int else value  # a password of figures, not to be shown


_Address = Annotated[str, AfterValidator(checked(parse_broker))]


class HomeConnection(Shape):
    """Home Assistant and the other trainers of the household, by way of one MQTT broker."""

    mqtt: Annotated[_Address, Field(description="MQTT broker")] = ""
    mqtt_user: Annotated[str, Field(description="user of the broker")] = ""
    mqtt_password: Annotated[
        str, BeforeValidator(_as_text), Field(description="and the password", repr=False)
    ] = ""
    mqtt_password_file: Annotated[str, Field(description="file that holds it")] = ""
    mqtt_ca: Annotated[str, Field(description="certificate of the broker's own CA")] = ""
    mqtt_id: Annotated[str, Field(pattern=r"^$|[^\W_]", description="the trainer's room")] = ""
    mqtt_names: Annotated[YesNo, Field(description="tell the broker who trains")] = False
    mqtt_key: Annotated[str, Field(description="key of the household")] = ""

    @property
    def broker(self) -> Broker | None:
        """The broker, as these settings together name it; None where there is none."""
        if broker := parse_broker(self.mqtt):
            is_encrypted = broker.is_encrypted or bool(self.mqtt_ca)
            return broker._replace(user=self.mqtt_user or broker.user, is_encrypted=is_encrypted)
        return None

    @model_validator(mode="after")
    def _logs_in_one_way(self) -> "HomeConnection":
        passwords = [*filter(None, (self.mqtt_password, self.mqtt_password_file))]
        if len(passwords) > 1:
            what = "hat zwei Passwörter für den Broker (mqtt_password und mqtt_password_file)"
            raise RuleError(what, "Lösch eines davon.")
        if passwords and self.broker and not self.broker.user:
            what = "hat ein Passwort für den Broker, aber keinen Benutzer"
            raise RuleError(what, "Trag mqtt_user ein.")
        return self
