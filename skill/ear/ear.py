"""The ear: blocks of audio in, decided utterances out."""

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np

from skill.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence
from skill.content.schema import Content
from skill.ear.endpointer import Endpointer
from skill.ear.judge import Judge, Moment
from skill.ear.level import LevelMeter
from skill.ear.own_voice import OwnVoice
from skill.ear.phrasebook import Phrasebook, make_grammar, unknown_words
from skill.ear.recogniser import Hypothesis, Recogniser
from skill.ear.rules import EarRules
from skill.ear.vosk_recogniser import SpeechModel
from skill.heard import Decision, Heard, Listening

_log = logging.getLogger(__name__)


class Ear:
    """Listens block by block. Blocks are counted; their number is the clock.

    ``partial`` and ``meter`` show what is being heard, for ``listen`` and for a level display.
    """

    def __init__(
        self, recogniser: Recogniser, phrasebook: Phrasebook, rules: EarRules | None = None
    ) -> None:
        self.partial = ""
        self.meter = LevelMeter()
        self._rules = rules or EarRules()
        self._recogniser = recogniser
        self._endpointer = Endpointer(phrasebook, self._rules)
        self._judge = Judge(phrasebook, self._rules)
        self._blocks = 0
        self._fed_samples = 0
        self._last_block = silence(0)
        self._utterances = 0
        self._decided_seconds = -1.0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take the next 100 ms (1,600 samples of int16 at 16 kHz); return what was decided in it.

        A block of another shape or type is mended, an empty one is silence: the clock goes on.
        """
        block = _whole_block(block)
        self._blocks += 1
        self.meter.process(block)
        voice = OwnVoice(listening.speaking, self._blocks * BLOCK_SECONDS, self._rules)
        moment = Moment(listening.live, voice, self.meter)
        heard: list[Heard] = []
        if self.meter.onset and self.partial:
            heard += self._end_utterance(self._finish(), Decision.FINAL, moment)
            self._accept(self._last_block)  # again: the new word may begin in it
        self._last_block = block
        hypothesis = self._accept(block)
        self.partial = hypothesis.text
        if hypothesis.final:
            return heard + self._end_utterance(hypothesis, Decision.FINAL, moment)
        decision = self._endpointer.process(
            self.partial,
            listening.live,
            voice.sounding,
            self.meter.quiet_seconds,
            BLOCK_SECONDS,
        )
        if decision:
            heard += self._end_utterance(self._finish(), decision, moment)
        return heard

    def _accept(self, block: Pcm) -> Hypothesis:
        self._fed_samples += len(block)
        try:
            return self._on_clock(self._recogniser.accept(block))
        except Exception:
            self._recogniser.renew()
            raise

    def _finish(self) -> Hypothesis:
        return self._on_clock(self._recogniser.finish())

    def _on_clock(self, hypothesis: Hypothesis) -> Hypothesis:
        """Turn seconds of audio fed to the recogniser into seconds on the session's clock."""
        ahead_seconds = self._fed_samples / EAR_RATE_HZ - self._blocks * BLOCK_SECONDS
        words = tuple(
            replace(
                word,
                start_seconds=word.start_seconds - ahead_seconds,
                end_seconds=word.end_seconds - ahead_seconds,
            )
            for word in hypothesis.words
        )
        return replace(hypothesis, words=words)

    def _end_utterance(
        self, hypothesis: Hypothesis, decision: Decision, moment: Moment
    ) -> list[Heard]:
        """Judge the utterance, unless it is the rest of a word that was already acted on."""
        self.partial = ""
        self._endpointer.reset()
        self._utterances += 1
        if self._utterances % self._rules.renew_after_utterances == 0:
            self._recogniser.renew()
        heard = self._judge.judge(hypothesis.words, decision, moment)
        if heard is None:
            return []
        if heard.end_seconds < self._decided_seconds + self._rules.after_decision_seconds:
            _log.debug("ignored as the rest of a decided word: %s", heard)
            return []
        self._decided_seconds = heard.decided_seconds
        return [heard]


def open_ear(model_dir: Path, content: Content, rules: EarRules | None = None) -> Ear:
    """Return an ear that understands the commands of ``content``, warmed up.

    Raises ModelError when the directory holds no whole speech model. Words that the model does
    not know are no error here: ask ``words_unknown``.
    """
    model = SpeechModel(model_dir)
    phrasebook = Phrasebook(content.commands)
    grammar = make_grammar(phrasebook.phrases, content.decoys, model.knows)
    return Ear(model.open_recogniser(grammar), phrasebook, rules)


def words_unknown(model_dir: Path, content: Content) -> dict[str, list[str]]:
    """Return the command words that the model cannot recognise, by command; empty when all can.

    Raises ModelError when the directory holds no whole speech model.
    """
    return unknown_words(content.commands, SpeechModel(model_dir).knows)


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
