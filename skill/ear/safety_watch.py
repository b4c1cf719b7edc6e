"""Hears "stopp" and "aua" while the coach is speaking."""

from skill.ear.clocked import ClockedRecogniser
from skill.ear.endpointer import StablePartial
from skill.ear.own_voice import OwnVoice
from skill.ear.recogniser import Recogniser, Word
from skill.ear.rules import EarRules
from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.understanding import Understanding


class SafetyWatch:
    """A second recogniser that listens only while the coach's voice sounds.

    Its grammar has no ``[unk]``, which would take echo and person together for one unknown word,
    but the words of the coach's own lines: echo becomes those, and a safety phrase stands out.
    Being a recogniser of its own, it may also end its utterances at every short gap, even within
    a word: the other one goes on undisturbed.
    """

    def __init__(
        self, recogniser: Recogniser, understanding: Understanding, rules: EarRules
    ) -> None:
        self._recogniser = ClockedRecogniser(recogniser, rules.renew_after_utterances)
        self._understanding = understanding
        self._rules = rules
        self._partial = StablePartial()
        self._begun = False
        self._sound = False

    def process(self, block: Pcm, voice: OwnVoice, quiet_seconds: float) -> tuple[Word, ...]:
        """Take a block; return the words of the safety phrase that was found in it, or none.

        ``quiet_seconds`` is how long the microphone has been quiet at the block's end.
        """
        now_seconds = voice.now_seconds
        if not voice.sounding:
            if self._begun:
                self._recogniser.finish(now_seconds)
                self._reset(begun=False)
            return ()
        self._begun = True
        self._sound |= quiet_seconds < BLOCK_SECONDS
        hypothesis = self._recogniser.accept(block, now_seconds)
        if not hypothesis.final:
            if not self._due(hypothesis.text, quiet_seconds):
                return ()
            hypothesis = self._recogniser.finish(now_seconds)
        self._reset(begun=True)
        span = self._understanding.safety_span([word.text for word in hypothesis.words])
        return hypothesis.words[slice(*span)] if span else ()

    def _due(self, text: str, quiet_seconds: float) -> bool:
        """Return whether it is time to look: after a sound, or once a safety phrase stands."""
        words = text.split()
        span = self._understanding.safety_span(words)
        phrase = " ".join(words[slice(*span)]) if span else ""
        stood_seconds = self._partial.process(phrase, BLOCK_SECONDS)
        over = self._sound and quiet_seconds >= self._rules.early_quiet_seconds
        return over or bool(phrase and stood_seconds >= self._rules.stable_safety_seconds)

    def _reset(self, *, begun: bool) -> None:
        self._begun = begun
        self._partial = StablePartial()
        self._sound = False
