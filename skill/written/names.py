"""Names of people and phrases that wake the trainer: what may be written, and how it sounds."""

import re
import unicodedata
from collections.abc import Iterable

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


class PersonName(str):
    """A person's name as it is written. ``say`` is how the voice must read it; empty: like that."""

    say: str

    def __new__(cls, name: str, say: str = "") -> "PersonName":
        """Return the name; ``RuleError`` for what nobody is called, or can't be read."""
        made = super().__new__(cls, check_name(name))
        made.say = _check_say(say, name) if say.strip() else ""
        return made


def respelt_names(people: Iterable[str]) -> dict[str, str]:
    """Return the names that are read in another way than they are written, and how."""
    return {str(one): one.say for one in people if isinstance(one, PersonName) and one.say}


def _check_say(say: str, name: str) -> str:
    say = " ".join(say.split())
    if not _NAME.fullmatch(say):
        raise RuleError(
            f"enthält „{say}“, und so kann ich „{name}“ nicht aussprechen",
            "Schreib mit Buchstaben, wie der Name klingt, etwa „Zo-ä“.",
        )
    return say


def spoken_name(name: str) -> str:
    """Return a name as the recogniser may know it: ``Anna-Zoë`` is heard as "anna zoe"."""
    return re.sub("['’-]", " ", "".join(map(_plain_letter, name.lower())))


def check_wake_phrase(phrase: str) -> str:
    """Return words to wake the trainer as the recogniser needs them; ``RuleError`` if it can't."""
    return check_phrase(" ".join(re.sub("[,.!-]", " ", phrase.lower()).split()))


def _plain_letter(letter: str) -> str:
    """Return a letter without accents, unless German has it."""
    return letter if letter in "äöüß" else unicodedata.normalize("NFD", letter)[0]
