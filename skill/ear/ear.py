"""The ear: blocks of audio in, decided utterances out."""

import logging
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from skill.audio.offset import OffsetFilter
from skill.content.schema import Content
from skill.ear.clocked import ClockedRecogniser
from skill.ear.endpointer import Endpointer
from skill.ear.gate import VoiceGate
from skill.ear.grammar import beside, make_grammar, sayable, unknown_words, without_unknown
from skill.ear.judge import DOUBTED, LOW_CONFIDENCE, Judge, Moment
from skill.ear.level import LevelMeter
from skill.ear.own_voice import OwnVoice, own_words
from skill.ear.recogniser import Recogniser, Word
from skill.ear.rehearing import RehearingRecogniser
from skill.ear.rules import EarRules
from skill.ear.safety_watch import SafetyWatch
from skill.ear.second_opinion import SecondOpinion
from skill.ear.voices import Voices, open_voices
from skill.ear.vosk_recogniser import SpeechModel
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, Pcm, silence
from skill.messages.heard import ECHO, MASKED, TALKED_OVER, Decision, Heard, Listening
from skill.understanding import SpokenWord, Understanding
from skill.understanding.meant import UNKNOWN_WORDS
from skill.understanding.rules import UnderstandingRules

_log = logging.getLogger(__name__)

_USUAL = ""
"""Name of the recogniser that listens where nothing is asked for."""


class Ear:
    """Listens block by block. Blocks are counted; their number is the clock.

    ``partial`` and ``meter`` show what is being heard, for ``listen`` and for a level display.
    ``safety_recogniser`` listens beside the other one while the coach is speaking;
    ``second_opinion`` may doubt commands, safety commands excepted. ``asking`` are recognisers that
    listen in place of the first one wherever their command counts, which they expect.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        safety_recogniser: Recogniser,
        understanding: Understanding,
        rules: EarRules | None = None,
        second_opinion: SecondOpinion | None = None,
        asking: Mapping[str, Recogniser] | None = None,
        voices: Voices | None = None,
    ) -> None:
        self.partial = ""
        self.meter = LevelMeter()
        self._rules = rules or EarRules()
        self._asking = tuple(asking or ())
        self._recogniser = RehearingRecogniser(
            {
                name: ClockedRecogniser(one, self._rules.renew_after_utterances)
                for name, one in {_USUAL: recogniser, **(asking or {})}.items()
            },
            _USUAL,
            self._rules,
        )
        self._watch = SafetyWatch(safety_recogniser, understanding, self._rules)
        self._second_opinion = second_opinion
        self._voices = voices
        self._gate = VoiceGate(self._rules)
        self._endpointer = Endpointer(understanding, self._rules)
        self._understanding = understanding
        self._judge = Judge(understanding, self._rules)
        self._offset = OffsetFilter()
        self._blocks = 0
        self._decided: Heard | None = None

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take the next 100 ms (1,600 samples of int16 at 16 kHz); return what was decided in it.

        A block of another shape or type is mended, an empty one is silence: the clock goes on. A
        constant offset is taken out.
        """
        block = self._offset.process(_whole_block(block))
        self._blocks += 1
        self.meter.process(block)
        if self._second_opinion:
            self._second_opinion.hear(block)
        voice = OwnVoice(listening.speaking, self._blocks * BLOCK_SECONDS, self._rules)
        moment = Moment(listening.live, voice, self.meter)
        safety_words = self._watch.process(block, voice, self.meter.quiet_seconds)
        safety = self._judged(safety_words, Decision.EARLY, moment)
        if any(heard.reason != ECHO for heard in safety):
            self._finish(moment)
            return safety
        return self._listen(block, moment)

    def _listen(self, block: Pcm, moment: Moment) -> list[Heard]:
        """Decode the block, if somebody may be speaking; return what was decided."""
        was_open = self._gate.is_open
        voice = self._voice(block, moment)
        self._gate.process(self.meter, bool(self.partial), voice, BLOCK_SECONDS)
        if not self._gate.is_open and not was_open:
            self._recogniser.wait(block)
            return []
        heard = self._decode(block, moment)
        return heard if self._gate.is_open else heard + self._rest(moment)

    def _voice(self, block: Pcm, moment: Moment) -> float | None:
        """Return the probability of a voice; None where nobody can tell, or the coach speaks."""
        if self._voices is None:
            return None
        if moment.voice.sounding:
            self._voices.skip(block, silent=False)
            return None
        if self._gate.sounds(self.meter) or self.partial:
            return self._voices.process(block)
        self._voices.skip(block, silent=True)
        return 0.0

    def _quiet_seconds(self, moment: Moment) -> float:
        """Return for how long nobody has spoken, by the level or by the lack of a voice."""
        quiet_seconds = self.meter.quiet_seconds
        if self._voices is None or moment.voice.sounding:
            return quiet_seconds
        return max(quiet_seconds, self._voices.silent_seconds(self._rules.voice_ends))

    def _decode(self, block: Pcm, moment: Moment) -> list[Heard]:
        self._recogniser.turn_to(self._asked(moment.live), moment.voice.now_seconds)
        hypothesis = self._recogniser.accept(block, moment.voice.now_seconds)
        self.partial = hypothesis.text
        if hypothesis.final:
            self._forget_utterance()
            return self._judged(hypothesis.words, Decision.FINAL, moment)
        decision = self._endpointer.process(
            self.partial,
            moment.live,
            self.meter.quiet_seconds,
            self._quiet_seconds(moment),
            BLOCK_SECONDS,
        )
        if decision is Decision.EARLY:
            return self._decide_early(moment)
        return self._judged(self._finish(moment), decision, moment) if decision else []

    def _asked(self, live: frozenset[str]) -> str:
        return next((name for name in self._asking if name in live), _USUAL)

    def _rest(self, moment: Moment) -> list[Heard]:
        """Decode what is still buffered, and free memory: silence has begun."""
        words = self._finish(moment)
        self._recogniser.rest()
        return self._judged(words, Decision.FINAL, moment)

    def _decide_early(self, moment: Moment) -> list[Heard]:
        """Ask for the words of a command that stands; take the question back if they differ.

        A recogniser that is asked in the middle of a word makes another one of its half.
        """
        words = self._recogniser.finish(moment.voice.now_seconds).words
        if self._confirms(words, moment):
            self._forget_utterance()
            return self._judged(words, Decision.EARLY, moment)
        self._endpointer.doubt(self.partial)
        hypothesis = self._recogniser.hear_again(moment.voice.now_seconds)
        self.partial = hypothesis.text
        if not hypothesis.final:
            return []
        self._forget_utterance()
        return self._judged(hypothesis.words, Decision.FINAL, moment)

    def _confirms(self, words: tuple[Word, ...], moment: Moment) -> bool:
        """Return whether these words, too, are the command that stood; or one for safety."""
        heard = self._judge.judge(self._spoken(words, moment), Decision.EARLY, moment)
        if (
            heard is None
            or heard.meaning is None
            or heard.reason in (UNKNOWN_WORDS, LOW_CONFIDENCE, ECHO)
        ):
            return False
        command = heard.meaning.command
        same = command == self._understanding.text(self.partial, moment.live).command
        return same or (command is not None and self._understanding.is_safety(command))

    def _finish(self, moment: Moment) -> tuple[Word, ...]:
        """End the utterance here; return its words."""
        words = self._recogniser.finish(moment.voice.now_seconds).words
        self._forget_utterance()
        return words

    def _forget_utterance(self) -> None:
        self.partial = ""
        self._endpointer.reset()
        self._recogniser.forget()

    def _judged(self, words: tuple[Word, ...], decision: Decision, moment: Moment) -> list[Heard]:
        """Judge an utterance, unless it is the rest of a word that was already acted on."""
        heard = self._judge.judge(self._spoken(words, moment), decision, moment)
        if heard is None:
            return []
        if self._trails(heard):
            _log.debug("ignored as the rest of a decided word: %s", heard)
            return []
        if heard.reason == ECHO:
            return [heard]
        self._decided = heard
        return [heard if self._supported(heard) else replace(heard, command=None, reason=DOUBTED)]

    def _spoken(self, words: tuple[Word, ...], moment: Moment) -> tuple[SpokenWord, ...]:
        """Return words with what the sound says for them."""
        now_seconds, knows_voices = moment.voice.now_seconds, not moment.voice.sounding
        spoken = []
        for word in words:
            span = now_seconds - word.start_seconds, now_seconds - word.end_seconds
            voice = self._voices.mean(*span) if self._voices and knows_voices else None
            level_dbfs = moment.meter.mean_dbfs(*span)
            times = word.start_seconds, word.end_seconds
            confidence = self._rules.probability(word.confidence)
            spoken.append(SpokenWord(word.text, confidence, *times, level_dbfs, voice))
        return tuple(spoken)

    def _trails(self, heard: Heard) -> bool:
        """Return whether this is the rest of what was decided; a safety word is of nothing else.

        Its words end before that decision, or hardly later; or they follow rejected words without
        a pause.
        """
        last, command, rules = self._decided, heard.command, self._rules
        if last is None:
            return False
        if command and self._understanding.is_safety(command) and command != last.command:
            return False
        flows_on = heard.start_seconds < last.end_seconds + rules.flow_seconds
        if flows_on and last.command is None and last.reason not in (MASKED, TALKED_OVER):
            return True
        return heard.end_seconds < last.decided_seconds + rules.after_decision_seconds

    def _supported(self, heard: Heard) -> bool:
        """Return whether free decoding agrees; safety commands don't wait for it."""
        if not self._second_opinion or not heard.command:
            return True
        return self._understanding.is_safety(heard.command) or self._second_opinion.supports(
            heard.text, heard.decided_seconds - heard.start_seconds
        )


def open_ear(model: SpeechModel, content: Content, rules: EarRules | None = None) -> Ear:
    """Return an ear that understands the commands of ``content``, warmed up.

    Words that the model does not know are no error here: ask ``words_unknown``.
    """
    rules = rules or EarRules()
    said = sayable(content)
    listed = [*content.vocabulary]
    grammar = make_grammar(said, beside(content), model.knows, listed)
    asking = {
        name: make_grammar(
            said,
            beside(content, near),
            model.knows,
            [*listed, *2 * [*content.commands[name].phrases, *content.commands[name].slots]],
        )
        for name, near in content.guards.items()
    }
    echo = make_grammar(said, [*beside(content), *own_words(content)], model.knows, listed)
    second_opinion = None
    if not model.rejects:
        grammar = without_unknown(grammar)
        asking = {name: without_unknown(one) for name, one in asking.items()}
        second_opinion = SecondOpinion(model.open_recogniser(()), rules.least_similarity)
    return Ear(
        model.open_recogniser(grammar),
        model.open_recogniser(without_unknown(echo)),
        Understanding(content, UnderstandingRules().moved(rules.probability)),
        rules,
        second_opinion,
        {name: model.open_recogniser(one) for name, one in asking.items()},
        open_voices(),
    )


def words_unknown(model: SpeechModel, content: Content) -> dict[str, list[str]]:
    """Return the command words that the model cannot recognise, by command; empty when all can."""
    return unknown_words(content, model.knows)


def _whole_block(block: Pcm) -> Pcm:
    """Return the block as int16 mono samples; silence in place of an empty or unreadable one.

    Floats are taken as samples of -1 to 1; of several channels the first counts.
    """
    samples = np.asarray(block)
    if samples.ndim == 2:
        samples = samples[:, 0]
    if samples.ndim != 1 or not samples.size or samples.dtype.kind not in "if":
        _log.warning("Ein Stück war kein Ton, ich nehme es als Stille: %r", block)
        return silence(EAR_BLOCK_SAMPLES)
    if samples.dtype.kind == "f":
        samples = np.clip(np.nan_to_num(samples), -1.0, 1.0) * 32767
    return np.ascontiguousarray(samples, dtype=np.int16)
