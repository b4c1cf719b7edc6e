"""Turns a finished utterance into what was heard: a command, rejected speech, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Final

from skill.ear.level import LevelMeter
from skill.ear.own_voice import Own, OwnVoice
from skill.ear.rules import EarRules
from skill.messages.heard import ECHO, MASKED, TALKED_OVER, Command, Decision, Heard, Meaning
from skill.understanding import SpokenWord, Understanding
from skill.understanding.meant import NEGATED, NOT_ASKED, UNKNOWN_WORDS

LOW_CONFIDENCE: Final = "low confidence"
NO_VOICE: Final = "no voice"
DOUBTED: Final = "doubted by free decoding"

_SPEECH = (UNKNOWN_WORDS, NOT_ASKED, NEGATED, LOW_CONFIDENCE, NO_VOICE)
"""Reasons that are reported only where somebody really spoke."""


@dataclass(frozen=True)
class Moment:
    """The circumstances in which an utterance ended."""

    live: frozenset[str]
    voice: OwnVoice
    meter: LevelMeter


@dataclass(frozen=True)
class Judge:
    """Applies the rules, one after the other; each is named in ``docs/ears.md``."""

    understanding: Understanding
    rules: EarRules

    def judge(
        self, words: Sequence[SpokenWord], decision: Decision, moment: Moment
    ) -> Heard | None:
        """Return what was heard; None for noise.

        What is no command and sounds over the coach counts as echo of its own voice.

        Word times are seconds on the session's clock.
        """
        if not words:
            return None
        meaning = self.understanding.meaning(words, moment.live)
        wanted = meaning.command or meaning.maybe
        own = words[meaning.first : meaning.last] if wanted else words
        confidence = min(word.confidence for word in own)
        reason = self._reason(meaning, own, confidence, moment)
        if reason in _SPEECH:
            if not self._is_speech(words, moment):
                return None
            reason = ECHO if moment.voice.sounding else reason
        return Heard(
            command=None if reason else meaning.command,
            text=" ".join(word.text for word in words),
            confidence=confidence,
            start_seconds=own[0].start_seconds,
            end_seconds=own[-1].end_seconds,
            decided_seconds=moment.voice.now_seconds,
            decision=decision,
            reason=reason,
            maybe=self._maybe(meaning, reason, confidence, moment),
            meaning=meaning,
            words=tuple(words),
        )

    def _reason(
        self, meaning: Meaning, own: Sequence[SpokenWord], confidence: float, moment: Moment
    ) -> str:
        """Return why this is no command; empty if it is one."""
        command = meaning.command
        if command is None:
            return meaning.reason
        is_safety = self.understanding.is_safety(command)
        start_seconds, end_seconds = own[0].start_seconds, own[-1].end_seconds
        match moment.voice.brings(meaning.sentence, start_seconds, end_seconds):
            case Own.OVER:
                return MASKED
            case Own.BEHIND:
                return TALKED_OVER
        unsure = is_safety and confidence < self.rules.confidence_over_voice
        if unsure and moment.voice.resembles(meaning.sentence, start_seconds, end_seconds):
            return MASKED
        if _voice(own) < (self.rules.voice_safety if is_safety else self.rules.voice_command):
            return NO_VOICE
        if confidence < self._least_confidence(command, meaning, moment):
            return LOW_CONFIDENCE
        return ""

    def _maybe(
        self, meaning: Meaning, reason: str, confidence: float, moment: Moment
    ) -> Command | None:
        """Return what is worth a question back: a command that counts, not clear enough."""
        if moment.voice.sounding or confidence < self.rules.confidence_maybe:
            return None
        if (
            reason == LOW_CONFIDENCE
            and meaning.command
            and not self.understanding.is_safety(meaning.command)
        ):
            return meaning.command if meaning.command.name in moment.live else None
        return meaning.maybe if confidence >= self.rules.confidence else None

    def _least_confidence(self, command: Command, meaning: Meaning, moment: Moment) -> float:
        rules = self.rules
        if self.understanding.is_safety(command):
            alone = all(one.why == "filler" for one in meaning.passed)
            most = rules.confidence_safety if alone else rules.confidence_spotted
            return min(most, rules.confidence_of.get(command.name, most))
        listed = self.understanding.is_listed(meaning.sentence)
        asked = bool(command.slot) or "yes" in moment.live
        usual = rules.confidence if listed and not asked else rules.confidence_expected
        named = rules.confidence_of.get(command.name, usual)
        usual = named if listed else min(usual, named)  # figures are measured with listed phrases
        if moment.voice.sounding:
            return max(usual, rules.confidence_over_voice)
        if command.name not in moment.live:
            return max(usual, rules.confidence_elsewhere)
        return usual

    def _is_speech(self, words: Sequence[SpokenWord], moment: Moment) -> bool:
        """Return whether this was speech, and not a noise."""
        spoken_seconds = sum(word.end_seconds - word.start_seconds for word in words)
        since_start = moment.voice.now_seconds - words[0].start_seconds
        above_floor_db = moment.meter.loudest_dbfs(since_start) - moment.meter.floor_dbfs
        return (
            spoken_seconds >= self.rules.rejected_seconds
            and _voice(words) >= self.rules.voice_command
            and above_floor_db >= self.rules.rejected_above_floor_db
        )


def _voice(words: Sequence[SpokenWord]) -> float:
    """Return the mean probability of a voice in these words; 1 where nobody measured."""
    seconds = [max(0.01, word.end_seconds - word.start_seconds) for word in words]
    voices = [1.0 if word.voice is None else word.voice for word in words]
    return float(sum(map(mul, seconds, voices)) / sum(seconds))
