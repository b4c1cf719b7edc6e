import pytest

from skill.ear.recogniser import Hypothesis
from skill.ear.second_opinion import SecondOpinion, similarity
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from tests.ear.fakes import LOUD


class FreeRecogniser:
    """Hears the same words in whatever it is given, the first ones before the end."""

    def __init__(self, ended_early: str, rest: str) -> None:
        self.ended_early, self.rest = ended_early, rest
        self.seconds = 0.0

    def accept(self, block: Pcm) -> Hypothesis:
        self.seconds = len(block) / EAR_RATE_HZ
        return Hypothesis(self.ended_early or self.rest, final=bool(self.ended_early))

    def finish(self) -> Hypothesis:
        return Hypothesis(self.rest, final=True)

    def renew(self) -> None: ...


def supported(phrase: str, rest: str, ended_early: str = "") -> bool:
    opinion = SecondOpinion(FreeRecogniser(ended_early, rest), 0.5)
    opinion.hear(LOUD)
    return opinion.supports(phrase, 0.1)


def test_similarity_counts_letters_in_order() -> None:
    assert similarity("zurück", "zurück") == 1
    assert similarity("roll up", "rollup") == 1
    assert similarity("vier", "hier") == pytest.approx(0.75)
    assert similarity("vier", "") == 0


def test_supports_what_is_spelled_alike() -> None:
    assert supported("brücke", "die brücke")
    assert supported("weiter machen", "machen", ended_early="weiter")
    assert not supported("fünf", "kinofilm")
    assert not supported("fünf", "[unk]")
    assert not supported("fünf", "")


def test_decodes_the_span_and_a_little_before_it() -> None:
    recogniser = FreeRecogniser("", "weiter")
    opinion = SecondOpinion(recogniser, 0.5)
    for _ in range(100):
        opinion.hear(LOUD)
    opinion.supports("weiter", 0.5)
    assert recogniser.seconds == pytest.approx(0.7)
    opinion.supports("weiter", 9.0)
    assert recogniser.seconds == pytest.approx(5.0)
