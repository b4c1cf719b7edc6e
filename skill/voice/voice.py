"""Cues to blocks: what the coach wants heard, placed on the session's clock."""

from collections.abc import Callable, Iterable

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.cues import Breathe, Earcon, Hush, Say, SetManner, SetVolume, Sound
from skill.messages.heard import Speaking
from skill.voice.ahead import Ahead
from skill.voice.breath import breath
from skill.voice.earcons import earcon
from skill.voice.lane import SpeechLane
from skill.voice.manners import Manners
from skill.voice.mixer import FADE_SAMPLES, Mixer
from skill.voice.renderings import Renderings


class Voice:
    """Performs cues; satisfies ``skill.parts.VoiceLike``.

    The k-th call of ``next_block`` (counted from 1) returns the session's seconds k × 0.1 to
    (k + 1) × 0.1. Before it, a cue can be placed no earlier than k × 0.1; one that lies in the past
    starts at once. Lines are rendered when they are said, or measured; in a live session ahead of
    that.
    """

    def __init__(self, lines: Renderings, manners: Manners | None = None) -> None:
        self._lines = lines
        self.ahead: Ahead | None = None
        """What has the lines of a live session ready."""
        self._manners = manners
        self._lane = SpeechLane()
        self._mixer = Mixer()

    def perform(self, cue: Sound) -> tuple[float, float]:
        """Schedule a cue; return its start and end in session seconds.

        VoiceError if it can't be spoken, or a sign tone is unknown. A line never sounds together
        with another one: see ``SpeechLane.place``. A sign tone without a time takes its turn
        among the lines; breaths, and sign tones with a time, sound under them. A manner counts
        from the next line on; where a person's own voice can't be had, the household's speaks.
        """
        match cue:
            case Say():
                pcm = (self.ahead or self._lines).pcm(cue.text)
                return self._take_turn(pcm, cue.at_seconds, cue)
            case Earcon():
                return self._sign(cue)
            case Breathe():
                return self._play(breath(cue.direction, cue.seconds), self._at(cue.at_seconds))
            case Hush():
                self._mixer.cut()
                self._lane.cut(self._mixer.position, FADE_SAMPLES)
                return self._now(), self._now() + FADE_SAMPLES / VOICE_RATE_HZ
            case SetVolume():
                self._mixer.set_gain(cue.gain_db)
                return self._now(), self._now()
            case SetManner():
                self._take_manner(cue)
                return self._now(), self._now()

    def finished_cues(self) -> list[int]:
        """Return ids of spoken cues that ended since the last call, oldest first."""
        return self._lane.finished(self._mixer.position)

    def speaking(self) -> tuple[Speaking, ...]:
        """Return the lines that sounded in the block just heard, or up to 0.5 s before its end."""
        return self._lane.speaking(self._mixer.position)

    def speech_seconds(self, text: str) -> float:
        """Return how long a line takes; renders and keeps it, so that saying it is cheap.

        In a live session it is estimated instead while a slow voice has yet to render it.
        """
        return (self.ahead or self._lines).seconds(text)

    def render_ahead(self, at_once: Iterable[str], later: Iterable[str]) -> None:
        """Be the voice of a live session, whose lines are rendered by a thread of their own.

        Returns when all of the lines ``at_once`` can be said; the others follow ``later``.
        """
        self.ahead = Ahead(self._lines)
        self.ahead.make_ready(at_once, later)

    def expect(self, upcoming: Callable[[], Iterable[str]]) -> None:
        """Prepare for what may be said next, most urgent first; asked for in live sessions only."""
        if self.ahead:
            self.ahead.want(upcoming())

    def shortfall(self) -> str:
        """Return, once, a German sentence about lines that the stand-in said; empty without any."""
        return self.ahead.shortfall() if self.ahead else ""

    def next_block(self) -> Pcm:
        """Return the next 2,205 samples at 22,050 Hz and move the clock on by one block."""
        return self._mixer.next_block()

    def _take_manner(self, manner: SetManner) -> None:
        if self._manners is None:
            return
        try:
            self._lines = self._manners.lines(manner)
        except VoiceError:
            self._lines = self._manners.lines(manner)  # they know by now which voice is broken
            raise
        finally:
            if self.ahead:
                self.ahead.use(self._lines)

    def _sign(self, cue: Earcon) -> tuple[float, float]:
        if cue.at_seconds is None:
            return self._take_turn(earcon(cue.name), None, None)
        return self._play(earcon(cue.name), self._at(cue.at_seconds))

    def _take_turn(
        self, pcm: Pcm, at_seconds: float | None, cue: Say | None
    ) -> tuple[float, float]:
        at = None if at_seconds is None else self._at(at_seconds)
        start = self._lane.place(len(pcm), at, self._mixer.position)
        self._lane.take(start, len(pcm), cue)
        return self._play(pcm, start)

    def _play(self, pcm: Pcm, start: int) -> tuple[float, float]:
        self._mixer.add(pcm, start)
        return start / VOICE_RATE_HZ, (start + len(pcm)) / VOICE_RATE_HZ

    def _at(self, seconds: float) -> int:
        return max(round(seconds * VOICE_RATE_HZ), self._mixer.position)

    def _now(self) -> float:
        return self._mixer.position / VOICE_RATE_HZ
