"""What breaks in the soak: lines that cannot be rendered, a full disk, devices that are gone."""

import errno
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from skill.content.schema import Content
from skill.errors import SkillError, VoiceError
from skill.messages.blocks import Pcm
from skill.messages.notes import HistoryEntry
from skill.session import Session
from skill.settings import Settings
from skill.trainer import HistoryLike
from skill.voice import Voice
from skill.voice.cache import LineCache
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Pyttsx3Synthesiser

_BROKEN_SHARE = 0.4


class Switch:
    """Something that can be broken for a while."""

    def __init__(self) -> None:
        self.is_broken = False


class BreakableLines(Renderings):
    """Lines of which, while the switch is on, a good third cannot be spoken: always the same."""

    def __init__(self, switch: Switch, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._switch = switch

    def pcm(self, text: str) -> Pcm:
        """See ``Renderings.pcm``. VoiceError while broken, even for what was rendered before."""
        if self._switch.is_broken and is_unlucky(text):
            raise VoiceError(f"espeak-ng could not render {text!r}.", "This is a rehearsal.")
        return super().pcm(text)


def is_unlucky(text: str) -> bool:
    """Return whether this line fails when the voice does."""
    return hashlib.sha256(text.encode()).digest()[0] < _BROKEN_SHARE * 256


def breakable_voice(switch: Switch, folder: Path) -> Callable[[Settings, Content], Voice]:
    """Return what makes a voice like the coach's, with lines that can be broken."""

    def make(settings: Settings, content: Content) -> Voice:
        synthesiser = Pyttsx3Synthesiser(settings.voice, settings.words_per_minute)
        respell = Respeller(content.respellings)
        return Voice(BreakableLines(switch, synthesiser, respell, LineCache(folder)))

    return make


class Ledger:
    """What a history has taken, person by person, in order: a count and a digest of each."""

    def __init__(self, kept: Mapping[str, tuple[int, str]] | None = None) -> None:
        self._digests = dict(kept or {})

    @property
    def kept(self) -> dict[str, tuple[int, str]]:
        """Count and digest of each person's entries: what another ledger can begin with."""
        return dict(self._digests)

    def add(self, entry: HistoryEntry) -> None:
        """Take note of an entry."""
        count, digest = self._digests.get(entry.person, (0, ""))
        digest = hashlib.sha256(f"{digest} {entry!r}".encode()).hexdigest()
        self._digests[entry.person] = (count + 1, digest)

    def count(self, person: str) -> int:
        """Return how many entries of this person were taken."""
        return self._digests.get(person, (0, ""))[0]

    def agrees(self, person: str, entries: Iterable[HistoryEntry]) -> bool:
        """Return whether these are the very entries that were taken."""
        other = Ledger()
        for entry in entries:
            other.add(entry)
        return self._digests.get(person) == other._digests.get(person)

    def catches_up(self, person: str, entries: Sequence[HistoryEntry]) -> bool:
        """Take over a history that may hold more than was noted; False if it lacks any of that."""
        count = self.count(person)
        begins_so = self.agrees(person, entries[:count])
        for entry in entries[count:]:
            self.add(entry)
        return begins_so


class BreakableHistory:
    """A history whose disk can be full; the ledger knows what it has acknowledged."""

    def __init__(self, history: HistoryLike, switch: Switch, ledger: Ledger) -> None:
        self._history = history
        self._switch = switch
        self._ledger = ledger

    def add(self, entry: HistoryEntry) -> None:
        """Write an entry down; SkillError while the disk is full."""
        if self._switch.is_broken:
            full = OSError(errno.ENOSPC, "No space left on device")
            raise SkillError("Die Speicherkarte ist voll.") from full
        self._history.add(entry)
        self._ledger.add(entry)

    def entries(self, person: str) -> Iterable[HistoryEntry]:
        """Return a person's entries, oldest first."""
        return self._history.entries(person)


def tell_of_devices(session: Session, lost: bool, audible: bool) -> bool:
    """Tell a session that a device is gone, or that all are back, as the live loop does.

    ``audible``: it is the microphone that is gone, and the speaker is there. Returns whether the
    session has something to say about it. One that does not want to know just gets no blocks.
    """
    tell = getattr(session, "lost" if lost else "back", None)
    if tell is None:
        return False
    return bool(tell(audible) if lost else tell())
