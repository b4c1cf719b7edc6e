"""A real broker with TLS and passwords, and somebody who listens on it."""

import datetime
import ipaddress
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from paho.mqtt.enums import CallbackAPIVersion

PROGRAM = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
PASSWORDS = shutil.which("mosquitto_passwd")
USER, PASSWORD = "trainer", "rücken-4711"
PATIENCE_SECONDS = 20.0


def until(reached: Callable[[], object], what: str = "it", pause_seconds: float = 0.02) -> None:
    """Wait for something of another thread; fail where it never comes."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < end, f"never came to {what}"
        time.sleep(pause_seconds)


class Mosquitto:
    """A broker in a folder of its own, on a free port of this machine.

    ``rights`` say who may read and write what, as mosquitto wants them; without them everybody may.
    """

    def __init__(self, folder: Path, rights: str = "") -> None:
        assert PROGRAM
        assert PASSWORDS
        self.folder = folder
        self.ca = folder / "ca.pem"
        _make_certificates(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        passwords = folder / "passwords"
        passwords.touch(0o600)
        subprocess.run([PASSWORDS, "-b", str(passwords), USER, PASSWORD], check=True)
        self._settings = folder / "mosquitto.conf"
        self._settings.write_text(
            f"listener {self.port} 127.0.0.1\n"
            f"cafile {self.ca}\ncertfile {folder}/broker.pem\nkeyfile {folder}/broker.key\n"
            f"allow_anonymous false\npassword_file {passwords}\n"
            "persistence false\nlog_dest none\nuser root\n"
        )
        if rights:
            (folder / "rights").write_text(rights)
            with self._settings.open("a") as settings:
                settings.write(f"acl_file {folder}/rights\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen([PROGRAM or "", "-c", str(self._settings)])
        until(self._answers, "a broker")

    def kill(self) -> None:
        """End it at once; it forgets all it kept."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0


class Watcher:
    """Somebody else on the broker, as Home Assistant is: hears everything, and says things."""

    def __init__(self, broker: Mosquitto, *topics: str) -> None:
        self.heard: list[mqtt.MQTTMessage] = []
        self._topics = topics
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self._client.username_pw_set(USER, PASSWORD)
        self._client.tls_set(str(broker.ca))
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = self._connected
        self._client.on_message = lambda _c, _u, message: self.heard.append(message)
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        self._is_in = False
        until(lambda: self._is_in, "a watcher")

    def _connected(self, *_: Any) -> None:
        self._client.on_subscribe = lambda *_: setattr(self, "_is_in", True)
        self._client.subscribe([(topic, 1) for topic in self._topics])

    def say(self, topic: str, payload: str | bytes, retained: bool = False) -> None:
        """Send a message, and wait until the broker has it."""
        self._client.publish(topic, payload, 1, retained).wait_for_publish(PATIENCE_SECONDS)

    def payloads(self, topic: str) -> list[str]:
        """Return what was heard on a topic so far."""
        return [one.payload.decode() for one in [*self.heard] if one.topic == topic]

    def close(self) -> None:
        """Go."""
        self._client.disconnect()
        self._client.loop_stop()


def _make_certificates(folder: Path) -> None:
    """Make a CA and a certificate of this machine that it has signed."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Haus-CA")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    ca = _certificate(ca_name, ca_name, ca_key, ca_key, x509.BasicConstraints(True, None))
    broker = _certificate(name, ca_name, key, ca_key, here)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca.public_bytes(pem))
    (folder / "broker.pem").write_bytes(broker.public_bytes(pem))
    (folder / "broker.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> x509.Certificate:
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    made = x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - day,
        not_valid_after=now + day,
    ).add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return made.sign(signed_by, hashes.SHA256())
