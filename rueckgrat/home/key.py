"""The household's key: made on one trainer, copied to the others by hand. No engine needed."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from skill.errors import SkillError, reason
from skill.files import is_there
from skill.paths import expanded, user_dir
from skill.settings import Settings
from skill.written.text import read_text

KEY_BYTES = 32
_COPY = "Kopier die Datei noch einmal von dem Trainer, auf dem du sie gemacht hast."


def key_file(settings: Settings) -> Path:
    """Return where the household's key lies (it need not exist)."""
    default = user_dir("config") / "household.key"
    return expanded(settings.mqtt_key) if settings.mqtt_key else default


def make_key(path: Path) -> None:
    """Write a new key, for its owner's eyes only; SkillError where there is one, or none can be."""
    text = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{text}\n")
    except OSError as error:
        if not is_there(path):
            raise SkillError(
                f"In {path.parent} kann ich keinen Schlüssel ablegen ({reason(error)}).",
                "Nenn mit mqtt_key eine Datei an einem anderen Ort.",
                code="unwritable",
                path=path,
            ) from error
        raise SkillError(
            f"Einen Haushaltsschlüssel gibt es schon: {path}.",
            "Kopier diese Datei auf die anderen Trainer, oder lösch sie zuerst.",
            code="key-exists",
            path=path,
        ) from None


def read_key(settings: Settings) -> bytes | None:
    """Return the household's key; None where there is none and the settings name none.

    SkillError for one that cannot be read, or is no key.
    """
    path = key_file(settings)
    if not settings.mqtt_key and not is_there(path):
        return None
    try:
        key = base64.urlsafe_b64decode(read_text(path).strip().encode())
    except OSError as error:
        raise SkillError(
            f"Den Haushaltsschlüssel {path} kann ich nicht lesen ({reason(error)}).",
            _COPY,
            code="no-key",
            path=path,
        ) from error
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise SkillError(f"In {path} steht kein Haushaltsschlüssel.", _COPY, code="no-key")
    return key
