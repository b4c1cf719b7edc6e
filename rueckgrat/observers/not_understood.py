"""What the trainer did not understand: kept as text, for who wants to teach it their own words.

Only where the setting ``learn_words`` asks for it, on this machine, and never any sound.
"""

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from skill.content.states import FIRST, STATES
from skill.errors import reason
from skill.files import write_whole
from skill.messages.events import CommandHeard, Event, SpeechRejected, StateEntered
from skill.observers.observer import Observer
from skill.paths import user_dir

_log = logging.getLogger(__name__)

MOST_LINES = 500
"""So many utterances are kept, the latest ones."""

_LINES_OVER = 100
"""The file is cut when it has so many more: not with every line, for the sake of memory cards."""

_OWN_VOICE = "masked"
"""How the reason begins for which the coach's own words are rejected."""


@dataclass(frozen=True)
class Rejected:
    """An utterance that was no command: when (local time), in which state, why, and its words."""

    at: datetime
    state: str
    reason: str
    text: str


def not_understood_file() -> Path:
    """Return the file it is kept in, which need not exist."""
    return user_dir("data") / "not-understood.tsv"


def read_rejected(path: Path) -> list[Rejected]:
    """Return what is kept, oldest first; lines that are damaged are passed over. OSError."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    return list(_parsed(lines))[-MOST_LINES:]


class NotUnderstood(Observer):
    """Keeps rejected utterances.

    What is said in standby, what the coach says itself, and whatever is said while a guest trains
    ("without leaving a trace") is not kept. No failure ends a session: it is a warning, once.
    """

    title = "Das Heft mit dem Unverstandenen"

    def __init__(
        self, path: Path | None = None, clock: Callable[[], datetime] = datetime.now
    ) -> None:
        self._path = path or not_understood_file()
        self._clock = clock
        self._state = FIRST
        self._is_guest = False
        self._lines: int | None = None
        self._has_failed = False

    def add(self, event: Event) -> None:
        """Take note of where the session is, and keep what is not understood there."""
        match event:
            case StateEntered():
                self._state = event.state
                self._is_guest &= not STATES[event.state].is_asleep
            case CommandHeard():
                name = event.command.name
                self._is_guest = name == "guest" or (self._is_guest and name != "person")
            case SpeechRejected() if self._is_worth_it(event):
                self._keep(event)

    def _is_worth_it(self, event: SpeechRejected) -> bool:
        nobody_asked = self._is_guest or STATES[self._state].is_asleep
        return not nobody_asked and bool(_words(event)) and not event.reason.startswith(_OWN_VOICE)

    def _keep(self, event: SpeechRejected) -> None:
        at = self._clock().isoformat(timespec="seconds")
        line = "\t".join((at, self._state, " ".join(event.reason.split()), _words(event)))
        try:
            self._append(line)
        except (OSError, ValueError) as error:
            if not self._has_failed:
                why = reason(error)
                _log.warning("Was ich nicht verstehe, kann ich mir nicht merken (%s).", why)
            self._has_failed = True

    def _append(self, line: str) -> None:
        if self._lines is None:
            self._lines = self._begin()
        if self._lines >= MOST_LINES + _LINES_OVER:
            kept = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
            write_whole(self._path, "".join(f"{one}\n" for one in kept[-MOST_LINES + 1 :]))
            self._path.chmod(0o600)
            self._lines = MOST_LINES - 1
        with self._path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{line}\n")
        self._lines += 1

    def _begin(self) -> int:
        """Make the file, for its owner only, or end a line that a power cut has left; count."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        raw = self._path.read_bytes()
        if raw and not raw.endswith(b"\n"):
            with self._path.open("ab") as file:
                file.write(b"\n")
        return raw.count(b"\n")


def _words(event: SpeechRejected) -> str:
    """Return the words of an utterance; those that the recogniser had no name for are left out."""
    return " ".join(word for word in event.text.split() if not word.startswith(("[", "<")))


def _parsed(lines: list[str]) -> Iterator[Rejected]:
    for line in lines:
        cells = line.split("\t")
        if len(cells) != 4 or not cells[3].strip():
            continue
        try:
            at = datetime.fromisoformat(cells[0])
        except ValueError:
            continue
        yield Rejected(at.replace(tzinfo=None), *cells[1:])
