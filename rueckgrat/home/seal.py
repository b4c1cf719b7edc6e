"""What the trainers of a household tell each other, sealed. `cryptography` is imported here only.

AES-256-GCM with a fresh nonce for each message; the topic is authenticated with it, so that no
message can be moved to another trainer's topic.
"""

import hashlib
import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"R1"
_NONCE_BYTES = 12
_MOST_BYTES = 16 * 1024 * 1024
"""What a message may hold unpacked: a month of notes is some hundred thousand."""


class ForeignError(ValueError):
    """A message that nobody of this household has written, or not in this place."""


class Seal:
    """Seals messages with the household's ``key`` (32 bytes). ``house`` names it in topics."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self.house = hashlib.sha256(b"rueckgrat household " + key).hexdigest()[:16]

    def sealed(self, topic: str, content: bytes) -> bytes:
        """Return the message that holds ``content``, packed, for this topic."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        packed = zlib.compress(content, 9)
        return _VERSION + nonce + self._cipher.encrypt(nonce, packed, topic.encode())

    def opened(self, topic: str, message: bytes) -> bytes:
        """Return the content of a message; ForeignError where it was not sealed for this topic."""
        head = len(_VERSION) + _NONCE_BYTES
        if not message.startswith(_VERSION) or len(message) <= head:
            raise ForeignError("no sealed message")
        nonce = message[len(_VERSION) : head]
        try:
            packed = self._cipher.decrypt(nonce, message[head:], topic.encode())
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(packed, _MOST_BYTES)
        except (InvalidTag, zlib.error) as error:
            raise ForeignError("another key, or another topic") from error
        if unpacking.unconsumed_tail:
            raise ForeignError("too large")
        return content
