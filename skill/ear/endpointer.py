"""When to ask the recogniser for its last word."""

from dataclasses import dataclass, field

from skill.ear.rules import EarRules
from skill.messages.heard import Decision
from skill.understanding import Understanding


@dataclass
class StablePartial:
    """Measures for how long a partial result has stood.

    A recogniser changes its mind while a word is still being spoken; what has stood for a while
    usually stays.
    """

    text: str = ""
    stood_seconds: float = 0.0

    def process(self, text: str, block_seconds: float) -> float:
        """Return for how long this partial has stood; 0 in the block in which it appears."""
        self.stood_seconds = self.stood_seconds + block_seconds if text == self.text else 0.0
        self.text = text
        return self.stood_seconds


@dataclass
class Endpointer:
    """Decides in which block an utterance is over: early for a command, else after a pause.

    Vosk's own endpointer waits for 0.5 s of decoded silence and more. Here two witnesses end an
    utterance sooner: the microphone has fallen quiet, or the same phrase has stood long enough.
    """

    understanding: Understanding
    rules: EarRules
    _partial: StablePartial = field(default_factory=StablePartial)
    _safety: StablePartial = field(default_factory=StablePartial)
    _sound_seconds: float = 0.0
    _doubted: set[str] = field(default_factory=set)

    def doubt(self, partial: str) -> None:
        """Offer no early end for this text any more: the words behind it were others."""
        self._doubted.add(partial)

    def reset(self) -> None:
        """Forget partial and sound: the utterance is over."""
        self._partial = StablePartial()
        self._safety = StablePartial()
        self._doubted.clear()
        self._sound_seconds = 0.0

    def process(
        self,
        partial: str,
        live: frozenset[str],
        quiet_seconds: float,
        silent_seconds: float,
        block_seconds: float,
    ) -> Decision | None:
        """Return how the utterance ends in this block, None while it goes on.

        ``quiet_seconds`` is how long the microphone has been quiet, ``silent_seconds`` how long
        nobody has spoken, whatever else sounds.

        Without a partial yet the utterance ends as well once a sound has died away: the decoder
        runs up to 0.45 s behind the microphone, and a short "ja" is over before it shows.
        """
        stood_seconds = self._partial.process(partial, block_seconds)
        if quiet_seconds < block_seconds:
            self._sound_seconds += block_seconds
        if not partial:
            # A word may begin without a voice, "scht": no voice alone ends no sound so short.
            over = quiet_seconds >= self.rules.short_quiet_seconds or (
                silent_seconds >= self.rules.short_quiet_seconds
                and self._sound_seconds >= self.rules.voiceless_seconds
            )
            return Decision.FINAL if over and self._sound_seconds else None
        meaning = self.understanding.text(partial, live)
        command = meaning.command
        is_safety = command is not None and self.understanding.is_safety(command)
        safety_stood = self._safety.process(meaning.sentence if is_safety else "", block_seconds)
        if silent_seconds >= self._end_quiet_seconds(partial, live):
            return Decision.FINAL
        if command is None or command.name not in live or partial in self._doubted:
            return None
        if is_safety:
            return self._early(
                safety_stood >= self.rules.stable_safety_seconds
                or quiet_seconds >= self.rules.early_quiet_seconds
            )
        if self.understanding.goes_on(partial, live):
            return None
        return self._early(
            stood_seconds >= self.rules.stable_seconds
            or quiet_seconds >= self.rules.early_quiet_seconds
        )

    def _end_quiet_seconds(self, partial: str, live: frozenset[str]) -> float:
        if self.understanding.unfinished(partial, live):
            return self.rules.unfinished_quiet_seconds
        return self.rules.end_quiet_seconds

    @staticmethod
    def _early(due: bool) -> Decision | None:
        return Decision.EARLY if due else None
