"""The line to the broker. `paho.mqtt` is imported here only.

The library keeps the connection in a thread of its own, and comes back by itself with growing
pauses: a broker that restarts, or a network that is gone for an hour, is nobody else's business.
"""

import logging
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from skill.errors import SkillError, reason
from skill.paths import expanded
from skill.settings import Settings
from skill.settings.home import Broker
from skill.written.text import read_text

_log = logging.getLogger(__name__)

KEEPALIVE_SECONDS = 30
RECONNECT_SECONDS = (1, 60)
"""The first pause before it tries again, and the longest: each is twice the one before."""

_CLOSING_SECONDS = 3.0

_MOST_WAITING = 500
"""Messages that wait for the broker's word; more are dropped, with a line in the log."""

_REFUSED = {
    "Bad user name or password": "Benutzer oder Passwort stimmen nicht",
    "Not authorized": "mit diesem Benutzer und Passwort lässt er mich nicht herein",
    "Server unavailable": "er ist gerade nicht bereit",
}


@dataclass(frozen=True)
class Login:
    """How to get onto the broker; ``ca`` is a file with certificates, empty for the system's."""

    broker: Broker
    password: str = ""
    ca: str = ""


def login_of(settings: Settings) -> Login:
    """Return how the settings say to log in; SkillError where a file of theirs can't be read."""
    assert settings.broker
    password = settings.mqtt_password
    if settings.mqtt_password_file:
        password = _first_line(settings.mqtt_password_file)
    ca = str(expanded(settings.mqtt_ca)) if settings.mqtt_ca else ""
    return Login(settings.broker, password, ca)


class BrokerLink:
    """A connection that wants to be. Callbacks come in the library's thread.

    ``will`` are topic and payload that the broker publishes, retained, when the trainer is gone.
    ``on_up`` is called with every connection, ``on_message`` with topic, payload and whether it
    lay there before (retained), ``on_trouble`` with a German sentence, once until it works again.
    """

    def __init__(
        self,
        login: Login,
        name: str,
        will: tuple[str, str] | None,
        on_up: Callable[[], None],
        on_message: Callable[[str, bytes, bool], None] = lambda *_: None,
        on_trouble: Callable[[str], None] = _log.warning,
        reconnect_seconds: tuple[int, int] = RECONNECT_SECONDS,
    ) -> None:
        self._login = login
        self._on_up = on_up
        self._on_message = on_message
        self._on_trouble = on_trouble
        self._is_told = False
        client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=name)
        self._client = client
        client.suppress_exceptions = True  # one in a callback would end the library's thread
        client.max_queued_messages_set(_MOST_WAITING)
        client.reconnect_delay_set(*reconnect_seconds)
        if login.broker.user:
            client.username_pw_set(login.broker.user, login.password or None)
        if login.broker.is_encrypted:
            _encrypt(client, login.ca)
        if will:
            client.will_set(*will, qos=1, retain=True)
        client.on_connect = self._connected
        client.on_connect_fail = self._failed
        client.on_disconnect = self._disconnected
        client.on_message = self._received

    @property
    def is_up(self) -> bool:
        """Whether the broker is there now."""
        return self._client.is_connected()

    def open(self) -> None:
        """Connect, and stay connected, until `close`; returns at once."""
        broker = self._login.broker
        self._client.connect_async(broker.host, broker.port, KEEPALIVE_SECONDS)
        self._client.loop_start()

    def subscribe(self, topics: Sequence[tuple[str, int]]) -> None:
        """Listen to topics, each with the quality it is wanted in."""
        self._client.subscribe([*topics])

    def publish(self, topic: str, payload: str | bytes, retained: bool, quality: int = 1) -> None:
        """Send a message if the broker is there; what is sent without one is not sent later."""
        if self.is_up:
            self._client.publish(topic, payload, quality, retained)

    def finish(self, topic: str, payload: str, patience_seconds: float = 2.0) -> None:
        """Send a last, retained message and wait until the broker has it, or patience ends."""
        if self.is_up:
            sent = self._client.publish(topic, payload, 1, retain=True)
            try:
                sent.wait_for_publish(patience_seconds)
            except (RuntimeError, ValueError) as error:
                _log.info("Not sent: %s", error)

    def close(self) -> None:
        """Say goodbye to the broker, which then tells no last will; ends the thread.

        It may just be waiting for a name server, half a minute long: nobody waits for that.
        """
        self._client.disconnect()
        closing = threading.Thread(target=self._client.loop_stop, name="line", daemon=True)
        closing.start()
        closing.join(_CLOSING_SECONDS)

    # Everything below runs in the library's thread.

    def _connected(self, _c: Any, _u: Any, _f: Any, code: ReasonCode, _p: Any) -> None:
        if code.is_failure:
            why = _REFUSED.get(str(code), f"er sagt „{code}“")
            self._complain(f"Der Broker {self._place} nimmt mich nicht an ({why}).")
            return
        self._is_told = False
        self._on_up()

    def _failed(self, _client: Any, _user: Any) -> None:
        error = sys.exc_info()[1]  # the library calls this where it has caught one
        _log.info("No connection: %s", error)
        self._complain(f"Den Broker {self._place} erreiche ich nicht{_because(error)}.")

    def _disconnected(self, _c: Any, _u: Any, _f: Any, code: ReasonCode, _p: Any) -> None:
        if code.is_failure:
            _log.info("The broker is gone: %s", code)

    def _received(self, _client: Any, _user: Any, message: mqtt.MQTTMessage) -> None:
        self._on_message(message.topic, bytes(message.payload), message.retain)

    def _complain(self, sentence: str) -> None:
        if not self._is_told:
            self._is_told = True
            self._on_trouble(sentence)

    @property
    def _place(self) -> str:
        return f"{self._login.broker.host}:{self._login.broker.port}"


def _because(error: BaseException | None) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ": Sein Zertifikat kenne ich nicht. Mit mqtt_ca nennst du mir, wer es ausstellt"
    if isinstance(error, ssl.SSLError):
        return ": Er spricht dort nicht verschlüsselt"
    if isinstance(error, socket.gaierror):
        return ": Diesen Namen kennt das Netz nicht"
    return f" ({reason(error)})" if isinstance(error, OSError) and error.errno else ""


def _encrypt(client: mqtt.Client, ca: str) -> None:
    try:
        client.tls_set(ca_certs=ca or None)
    except (OSError, ssl.SSLError) as error:
        why = "darin steht keines" if isinstance(error, ssl.SSLError) else reason(error)
        raise SkillError(
            f"Das Zertifikat {ca} kann ich nicht lesen ({why}).",
            "Nenn mit mqtt_ca die Datei, mit der dein Broker sein Zertifikat unterschrieben hat.",
            code="no-certificate",
        ) from error


def _first_line(file: str) -> str:
    try:
        return read_text(expanded(file)).split("\n")[0]
    except (OSError, ValueError) as error:
        raise SkillError(
            f"Das Passwort in {file} kann ich nicht lesen ({reason(error)}).",
            "Nenn mit mqtt_password_file eine Datei, in der nur das Passwort steht.",
            code="no-password",
        ) from error
