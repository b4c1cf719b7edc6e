"""Names of people and phrases that wake the trainer: what may be written, and how it sounds."""

import re
import unicodedata

from skill.written.mistakes import RuleError
from skill.written.spoken import check_phrase

_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")


def check_name(name: str) -> str:
    """Accept a person's name as it is written; raise ``RuleError`` for what nobody is called."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise RuleError(
            f"enthält „{name}“, und das ist kein Name",
            "Schreib einen Namen aus Buchstaben, etwa „Anna“.",
        )
    try:
        check_phrase(spoken_name(name))
    except RuleError:
        raise RuleError(
            f"enthält „{name}“, mit Buchstaben, die das Sprachmodell nicht kennt",
            "Schreib den Namen mit deutschen Buchstaben, so wie er klingt.",
        ) from None
    return name


def spoken_name(name: str) -> str:
    """Return a name as the recogniser may know it: ``Anna-Zoë`` is heard as "anna zoe"."""
    return re.sub("['’-]", " ", "".join(map(_plain_letter, name.lower())))


def check_wake_phrase(phrase: str) -> str:
    """Return words to wake the trainer as the recogniser needs them; ``RuleError`` if it can't."""
    return check_phrase(" ".join(re.sub("[,.!-]", " ", phrase.lower()).split()))


def _plain_letter(letter: str) -> str:
    """Return a letter without accents, unless German has it."""
    return letter if letter in "äöüß" else unicodedata.normalize("NFD", letter)[0]
