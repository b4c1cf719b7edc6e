"""What is compared on the same recordings: the ear, and simpler recognisers with the same model."""

from collections.abc import Callable, Mapping
from pathlib import Path

from rueckgrat.calibration.plain_ear import PlainEar
from skill.content.schema import Content
from skill.ear import SpeechModel, open_ear, without_echo
from skill.ear.grammar import make_grammar, without_unknown
from skill.ear.thresholds import model_file, rules_for
from skill.parts import EarLike

EAR = "ear"
PLAIN = "plain"
CAUTIOUS = "plain + [unk] + 0.7"
CAUTIOUS_CONFIDENCE = 0.7
"""What speech-recognition forums advise against false alarms."""


def _ear(model: SpeechModel, content: Content, model_dir: Path) -> EarLike:
    """Return the ear as in a session, with the model's thresholds but nobody's own."""
    rules = rules_for(content, model_file(model_dir))
    return without_echo(open_ear(model, content, rules), rules.confidence_over_voice)


def _plain(model: SpeechModel, content: Content, _: Path) -> EarLike:
    """Return a recogniser with the phrases as grammar that obeys every final result."""
    grammar = without_unknown(make_grammar(content.vocabulary, (), model.knows))
    return PlainEar(model.open_recogniser(grammar), content.vocabulary)


def _cautious(model: SpeechModel, content: Content, _: Path) -> EarLike:
    """Return the same with ``[unk]`` in the grammar and a confidence threshold."""
    grammar = make_grammar(content.vocabulary, (), model.knows)
    return PlainEar(model.open_recogniser(grammar), content.vocabulary, CAUTIOUS_CONFIDENCE)


LISTENERS: Mapping[str, Callable[[SpeechModel, Content, Path], EarLike]] = {
    EAR: _ear,
    PLAIN: _plain,
    CAUTIOUS: _cautious,
}
