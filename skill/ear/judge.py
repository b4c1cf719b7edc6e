"""Turns a finished utterance into what was heard: a command, rejected speech, or nothing."""

from dataclasses import dataclass
from typing import Final

from skill.ear.level import LevelMeter
from skill.ear.own_voice import OwnVoice
from skill.ear.phrasebook import Phrasebook
from skill.ear.recogniser import Word
from skill.ear.rules import EarRules
from skill.heard import Command, Decision, Heard

UNKNOWN_WORDS: Final = "unknown words"
LOW_CONFIDENCE: Final = "low confidence"
NOT_ASKED: Final = "an answer to no question"
DOUBTED: Final = "doubted by free decoding"
MASKED: Final = "masked by the coach's own line"


@dataclass(frozen=True)
class Moment:
    """The circumstances in which an utterance ended."""

    live: frozenset[str]
    voice: OwnVoice
    meter: LevelMeter


@dataclass(frozen=True)
class Judge:
    """Applies the rules, one after the other; each is named in ``docs/ears.md``."""

    phrasebook: Phrasebook
    rules: EarRules

    def judge(self, words: tuple[Word, ...], decision: Decision, moment: Moment) -> Heard | None:
        """Return what was heard; None for noise and for echo of the coach's own voice.

        Word times are seconds on the session's clock.
        """
        if not words:
            return None
        text = " ".join(word.text for word in words)
        command = self.phrasebook.match(text)
        confidence = min(word.confidence for word in words)
        start_seconds, end_seconds = words[0].start_seconds, words[-1].end_seconds
        if command is None:
            reason = UNKNOWN_WORDS
        elif command.slot and command.name not in moment.live:
            reason = NOT_ASKED  # single words of talk become numbers more than anything else
        elif moment.voice.brings(
            text, start_seconds, end_seconds, self.phrasebook.is_safety(command)
        ):
            reason = MASKED
        elif confidence < self._least_confidence(command, moment):
            reason = LOW_CONFIDENCE
        else:
            reason = ""
        if reason in (UNKNOWN_WORDS, NOT_ASKED, LOW_CONFIDENCE) and not self._is_speech(
            words, moment
        ):
            return None
        return Heard(
            command=None if reason else command,
            text=text,
            confidence=confidence,
            start_seconds=start_seconds,
            end_seconds=end_seconds,
            decided_seconds=moment.voice.now_seconds,
            decision=decision,
            reason=reason,
        )

    def _least_confidence(self, command: Command, moment: Moment) -> float:
        rules = self.rules
        if self.phrasebook.is_safety(command):
            most = rules.confidence_safety
            return min(most, rules.confidence_of.get(command.name, most))
        usual = rules.confidence_of.get(command.name, rules.confidence)
        if moment.voice.sounding:
            return max(usual, rules.confidence_over_voice)
        if command.name not in moment.live:
            return max(usual, rules.confidence_elsewhere)
        return usual

    def _is_speech(self, words: tuple[Word, ...], moment: Moment) -> bool:
        """Return whether somebody else than the coach said something worth an answer."""
        spoken_seconds = sum(word.end_seconds - word.start_seconds for word in words)
        since_start = moment.voice.now_seconds - words[0].start_seconds
        above_floor_db = moment.meter.loudest_dbfs(since_start) - moment.meter.floor_dbfs
        return (
            not moment.voice.sounding
            and spoken_seconds >= self.rules.rejected_seconds
            and above_floor_db >= self.rules.rejected_above_floor_db
        )
