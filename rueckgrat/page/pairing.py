"""Which devices may see the page over the network: codes that the coach speaks, and who used one.

Time is a parameter, in seconds of any clock that goes on.
"""

import hashlib
import hmac
import json
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from skill.errors import SkillError, reason
from skill.files import appearing_whole, held

CODE_SECONDS = 120.0
TRIES = 5
"""A code of four digits is guessed with five tries once in 2,000."""

MOST_DEVICES = 32
_LOCK_TRIES, _LOCK_SECONDS = 100, 0.02

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PairedDevice:
    """A device that may see the page: a name for people, since when, and what proves it."""

    name: str
    since: str
    proof: str


class PairedDevices:
    """The paired devices, in a file that only the user may read.

    It keeps no secret itself: of a device's token only the SHA-256 is written.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> tuple[PairedDevice, ...]:
        """Return all devices, the oldest first; a file that cannot be read holds none."""
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
            return tuple(map(_as_device, rows))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, RecursionError) as error:
            _log.warning("Wer die Seite sehen darf, kann ich nicht lesen (%s).", reason(error))
            return ()

    def add(self, name: str, since: str) -> str:
        """Let one more device see the page; return its token, which is nowhere else.

        SkillError where it cannot be kept. The oldest make room for new ones.
        """
        token = secrets.token_urlsafe(32)
        with self._held():
            self._write(
                (*self.all(), PairedDevice(name, since, _proof(token).decode()))[-MOST_DEVICES:]
            )
        return token

    def knows(self, token: str) -> bool:
        """Return whether this is the token of a paired device."""
        proof = _proof(token)
        return any(hmac.compare_digest(proof, one.proof.encode()) for one in self.all())

    def forget(self) -> int:
        """Let no device see the page any more; return how many could."""
        with self._held():
            count = len(self.all())
            self._write(())
        return count

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep others from changing the file: a forgotten device must not be written anew."""
        lock = self._file.with_suffix(".lock")
        for _ in range(_LOCK_TRIES):
            with held(lock) as is_ours:
                if is_ours:
                    yield
                    return
            time.sleep(_LOCK_SECONDS)
        raise self._unwritable("ein anderes Programm schreibt gerade")

    def _write(self, devices: tuple[PairedDevice, ...]) -> None:
        rows = [asdict(one) for one in devices]
        try:
            with appearing_whole(self._file) as part:
                part.touch(0o600)
                part.write_text(json.dumps(rows, indent=1), encoding="utf-8")
        except OSError as error:
            raise self._unwritable(reason(error)) from error

    def _unwritable(self, why: str) -> SkillError:
        return SkillError(
            f"Wer die Seite sehen darf, kann ich nicht aufheben ({why}).",
            f"Erlaub mir, {self._file} zu schreiben.",
            code="devices-unwritable",
        )


class Pairing:
    """The one code that counts at a time."""

    def __init__(self) -> None:
        self._code = ""
        self._ends = 0.0
        self._tries = 0

    def new_code(self, now: float) -> str:
        """Return a new code of four digits, that counts for two minutes; the last one is void."""
        self._code = f"{secrets.randbelow(10_000):04d}"
        self._ends = now + CODE_SECONDS
        self._tries = TRIES
        return self._code

    def is_open(self, now: float) -> bool:
        """Return whether there is a code that counts."""
        return bool(self._code) and now < self._ends and self._tries > 0

    def redeem(self, code: str, now: float) -> bool:
        """Return whether this is the code. Right or wrong, it costs a try; right, it is used up."""
        if not self.is_open(now):
            self._code = ""
            return False
        self._tries -= 1
        given = code.strip().encode(errors="replace")
        is_right = hmac.compare_digest(given, self._code.encode())
        if is_right:
            self._code = ""
        return is_right


def _as_device(row: dict[str, str]) -> PairedDevice:
    """Return what a row of the file says; TypeError where it is none."""
    device = PairedDevice(**row)
    if not all(isinstance(value, str) for value in asdict(device).values()):
        raise TypeError("kein Gerät")
    return device


def _proof(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest().encode()
