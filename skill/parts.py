"""What a session is made of: an ear, a coach, a voice and a memory, whatever they are inside."""

from collections.abc import Callable, Iterable
from typing import Protocol

from skill.messages.blocks import Pcm
from skill.messages.cues import Cue, Sound
from skill.messages.heard import Heard, Listening, Speaking
from skill.messages.notes import HistoryEntry


class EarLike(Protocol):
    """Blocks to decisions."""

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take one block (1,600 samples at 16 kHz); return what was decided in it."""
        ...


class CoachLike(Protocol):
    """Decisions and time to cues."""

    @property
    def state(self) -> str:
        """The state the machine is in, children after a dot: ``exercise.repeat``."""
        ...

    @property
    def finished(self) -> bool:
        """True once the goodbye has been played."""
        ...

    @property
    def live_commands(self) -> frozenset[str]:
        """Names of the commands that count now."""
        ...

    def start(self) -> list[Cue]:
        """Begin the session."""
        ...

    def pass_time(self, seconds: float) -> list[Cue]:
        """Let time pass."""
        ...

    def cue_done(self, cue_id: int) -> list[Cue]:
        """Go on after a spoken cue has been played to its end."""
        ...

    def hear(self, heard: Heard) -> list[Cue]:
        """React to a command, or to rejected speech."""
        ...

    def invite(self) -> list[Cue]:
        """Invite to train, if nobody is being trained now."""
        ...

    def lost(self, audible: bool) -> list[Cue]:
        """Pause, because the microphone (then ``audible``) or the speaker is gone."""
        ...

    def mention_silent_microphone(self) -> list[Cue]:
        """Say that nothing comes from the microphone; nothing where nobody is to be disturbed."""
        ...

    def back(self) -> list[Cue]:
        """Offer to go on after `lost`."""
        ...

    def upcoming(self) -> Iterable[str]:
        """Return what may be said next, most urgent first; nothing changes by asking."""
        ...


class VoiceLike(Protocol):
    """Cues to blocks."""

    def perform(self, cue: Sound) -> tuple[float, float]:
        """Schedule a cue; return its start and end in session seconds."""
        ...

    def finished_cues(self) -> list[int]:
        """Return ids of spoken cues that ended since the last call, oldest first."""
        ...

    def speaking(self) -> tuple[Speaking, ...]:
        """Return the lines sounding now or just ended, for masking."""
        ...

    def expect(self, upcoming: Callable[[], Iterable[str]]) -> None:
        """Prepare for what may be said next, if this voice does; ask for it only then."""
        ...

    def shortfall(self) -> str:
        """Return, once, a German sentence about lines that were not ready; empty without any."""
        ...

    def next_block(self) -> Pcm:
        """Return the next 2,205 samples at 22,050 Hz and move the clock on by one block."""
        ...


class MemoryLike(Protocol):
    """Keeps what the coach wants remembered."""

    def add(self, entry: HistoryEntry) -> None:
        """Write one entry down, safe against a power cut when this returns."""
        ...
