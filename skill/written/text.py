"""A person's text, however it was typed, saved or passed on: the one home of its reading."""

import os
import re
import unicodedata
from pathlib import Path

_UNSEEN = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile("[\xa0\u2007\u202f]")
_GERMAN = re.compile(r"[\x00-\x7fÀ-ÖØ-ÝßŠŽŒà-öø-ýšžœŸ„“”‚‘’‹›«»–—…€§°´·•\xa0\xad]*")
"""What a German text of the encoding Windows-1252 holds; anything else is no text."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""With which UTF-16 begins."""


class NotTextError(ValueError):
    """Bytes that are a text in no encoding that is in use here."""


def read_text(path: Path) -> str:
    """Return the text of a file, with plain line ends; OSError, or NotTextError."""
    return composed(decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n"))


def decoded(raw: bytes) -> str:
    """Return text in UTF-8, UTF-16 or Windows-1252 (of which Latin-1 is a part).

    UTF-8 and UTF-16 may begin with a byte order mark. Raises ``NotTextError`` for anything else.
    """
    if raw in _MARKS:
        raise NotTextError("der Text ist nicht UTF-8")
    try:
        if raw.startswith(_MARKS):
            return raw.decode("utf-16")
        if b"\0" in raw[:2]:
            return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be")
    except UnicodeDecodeError as error:
        raise NotTextError("der Text ist weder UTF-8 noch UTF-16") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = raw.decode("cp1252", errors="replace")
        if not _GERMAN.fullmatch(text):
            raise NotTextError("der Text ist nicht UTF-8") from error
        return text


def composed(text: str) -> str:
    """Return text in which an umlaut is one character and no character is unseen."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _UNSEEN.sub("", text)))


def typed(text: str) -> str:
    """Return what came from a command line or the environment, whatever the terminal's encoding.

    Bytes that are no text at all become replacement signs: they could not be shown either.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(text)
        try:
            text = decoded(raw)
        except NotTextError:
            text = raw.decode(errors="replace")
    return composed(text)
