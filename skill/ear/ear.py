"""The ear: blocks of audio in, decided utterances out."""

import logging
from dataclasses import replace

import numpy as np

from skill.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, Pcm, silence
from skill.content.schema import Content
from skill.ear.clocked import ClockedRecogniser
from skill.ear.endpointer import Endpointer
from skill.ear.judge import DOUBTED, Judge, Moment
from skill.ear.level import LevelMeter
from skill.ear.own_voice import OwnVoice, own_words
from skill.ear.phrasebook import Phrasebook, make_grammar, unknown_words, without_unknown
from skill.ear.recogniser import Recogniser, Word
from skill.ear.rules import EarRules
from skill.ear.safety_watch import SafetyWatch
from skill.ear.second_opinion import SecondOpinion
from skill.ear.vosk_recogniser import SpeechModel
from skill.heard import Decision, Heard, Listening

_log = logging.getLogger(__name__)


class Ear:
    """Listens block by block. Blocks are counted; their number is the clock.

    ``partial`` and ``meter`` show what is being heard, for ``listen`` and for a level display.
    ``safety_recogniser`` listens beside the other one while the coach is speaking;
    ``second_opinion`` may doubt commands, safety commands excepted.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        safety_recogniser: Recogniser,
        phrasebook: Phrasebook,
        rules: EarRules | None = None,
        second_opinion: SecondOpinion | None = None,
    ) -> None:
        self.partial = ""
        self.meter = LevelMeter()
        self._rules = rules or EarRules()
        self._recogniser = ClockedRecogniser(recogniser, self._rules.renew_after_utterances)
        self._watch = SafetyWatch(safety_recogniser, phrasebook, self._rules)
        self._second_opinion = second_opinion
        self._endpointer = Endpointer(phrasebook, self._rules)
        self._phrasebook = phrasebook
        self._judge = Judge(phrasebook, self._rules)
        self._blocks = 0
        self._last_block = silence(0)
        self._decided_seconds = -1.0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take the next 100 ms (1,600 samples of int16 at 16 kHz); return what was decided in it.

        A block of another shape or type is mended, an empty one is silence: the clock goes on.
        """
        block = _whole_block(block)
        self._blocks += 1
        self.meter.process(block)
        if self._second_opinion:
            self._second_opinion.hear(block)
        voice = OwnVoice(listening.speaking, self._blocks * BLOCK_SECONDS, self._rules)
        moment = Moment(listening.live, voice, self.meter)
        heard: list[Heard] = []
        if self.meter.onset and self.partial:
            heard += self._judged(self._finish(moment), Decision.FINAL, moment)
            # Again: the new word may begin in it.
            self._recogniser.accept(self._last_block, voice.now_seconds)
        self._last_block = block
        hypothesis = self._recogniser.accept(block, voice.now_seconds)
        self.partial = hypothesis.text
        safety_words = self._watch.process(block, voice, self.meter.quiet_seconds)
        if safety := self._judged(safety_words, Decision.EARLY, moment):
            self._finish(moment)
            return heard + safety
        if hypothesis.final:
            self._forget_utterance()
            return heard + self._judged(hypothesis.words, Decision.FINAL, moment)
        decision = self._endpointer.process(
            self.partial, listening.live, self.meter.quiet_seconds, BLOCK_SECONDS
        )
        if decision:
            heard += self._judged(self._finish(moment), decision, moment)
        return heard

    def _finish(self, moment: Moment) -> tuple[Word, ...]:
        """End the utterance here; return its words."""
        self._forget_utterance()
        return self._recogniser.finish(moment.voice.now_seconds).words

    def _forget_utterance(self) -> None:
        self.partial = ""
        self._endpointer.reset()

    def _judged(self, words: tuple[Word, ...], decision: Decision, moment: Moment) -> list[Heard]:
        """Judge an utterance, unless it is the rest of a word that was already acted on."""
        heard = self._judge.judge(words, decision, moment)
        if heard is None:
            return []
        if heard.end_seconds < self._decided_seconds + self._rules.after_decision_seconds:
            _log.debug("ignored as the rest of a decided word: %s", heard)
            return []
        self._decided_seconds = heard.decided_seconds
        return [heard if self._supported(heard) else replace(heard, command=None, reason=DOUBTED)]

    def _supported(self, heard: Heard) -> bool:
        """Return whether free decoding agrees; safety commands don't wait for it."""
        if not self._second_opinion or not heard.command:
            return True
        return self._phrasebook.is_safety(heard.command) or self._second_opinion.supports(
            heard.text, heard.decided_seconds - heard.start_seconds
        )


def open_ear(model: SpeechModel, content: Content, rules: EarRules | None = None) -> Ear:
    """Return an ear that understands the commands of ``content``, warmed up.

    Words that the model does not know are no error here: ask ``words_unknown``.
    """
    rules = rules or EarRules()
    phrasebook = Phrasebook(content.commands)
    grammar = make_grammar(phrasebook.phrases, content.decoys, model.knows)
    echo = make_grammar(phrasebook.phrases, [*content.decoys, *own_words(content)], model.knows)
    second_opinion = None
    if not model.rejects:
        grammar = without_unknown(grammar)
        second_opinion = SecondOpinion(model.open_recogniser(()), rules.least_similarity)
    return Ear(
        model.open_recogniser(grammar),
        model.open_recogniser(without_unknown(echo)),
        phrasebook,
        rules,
        second_opinion,
    )


def words_unknown(model: SpeechModel, content: Content) -> dict[str, list[str]]:
    """Return the command words that the model cannot recognise, by command; empty when all can."""
    return unknown_words(content.commands, model.knows)


def _whole_block(block: Pcm) -> Pcm:
    """Return the block as int16 mono samples; silence in place of an empty or unreadable one.

    Floats are taken as samples of -1 to 1; of several channels the first counts.
    """
    samples = np.asarray(block)
    if samples.ndim == 2:
        samples = samples[:, 0]
    if samples.ndim != 1 or not samples.size or samples.dtype.kind not in "if":
        _log.warning("A block that is no audio was taken as silence: %r", block)
        return silence(EAR_BLOCK_SAMPLES)
    if samples.dtype.kind == "f":
        samples = np.clip(np.nan_to_num(samples), -1.0, 1.0) * 32767
    return np.ascontiguousarray(samples, dtype=np.int16)
