import numpy as np
import pytest

from skill.ear.clocked import ClockedRecogniser
from skill.ear.rehearing import RehearingRecogniser
from skill.ear.rules import EarRules
from skill.messages.blocks import EAR_BLOCK_SAMPLES, Pcm
from tests.ear.fakes import ScriptedRecogniser

RULES = EarRules(kept_seconds=0.5, pre_roll_seconds=0.2)


def block(value: int) -> Pcm:
    return np.full(EAR_BLOCK_SAMPLES, value, dtype=np.int16)


class Listener:
    """Two recognisers behind one, and a clock of blocks."""

    def __init__(self) -> None:
        self.usual, self.number = ScriptedRecogniser([]), ScriptedRecogniser([])
        recognisers = {
            "": ClockedRecogniser(self.usual, 100),
            "number": ClockedRecogniser(self.number, 100),
        }
        self.both = RehearingRecogniser(recognisers, "", RULES)

    def hear(self, *values: int) -> None:
        for value in values:
            self.both.accept(block(value), 0.0)


def heard_by(recogniser: ScriptedRecogniser) -> list[float]:
    return [round(seconds, 1) for seconds in recogniser.fed_seconds]


def test_what_waited_is_heard_first_but_no_more_than_the_pre_roll() -> None:
    listener = Listener()
    for value in range(9):
        listener.both.wait(block(value))
    listener.hear(9, 10)
    assert heard_by(listener.usual) == [0.3, 0.1]
    assert listener.usual.samples[::EAR_BLOCK_SAMPLES] == [7, 8, 9, 10]


def test_hears_the_end_of_a_long_utterance_again() -> None:
    listener = Listener()
    listener.hear(*range(9))
    listener.both.hear_again(1.0)
    assert listener.usual.samples[-5 * EAR_BLOCK_SAMPLES :: EAR_BLOCK_SAMPLES] == [4, 5, 6, 7, 8]


def test_a_forgotten_utterance_is_not_heard_again() -> None:
    listener = Listener()
    listener.hear(1, 2)
    listener.both.forget()
    listener.hear(3)
    listener.both.hear_again(1.0)
    assert heard_by(listener.usual) == pytest.approx([0.1, 0.1, 0.1, 0.1])


def test_another_recogniser_takes_over_in_the_middle_of_a_word() -> None:
    listener = Listener()
    listener.hear(1, 2)
    listener.both.turn_to("number", 0.2)
    listener.hear(3)
    assert listener.usual.finished == 1
    assert listener.number.samples[::EAR_BLOCK_SAMPLES] == [1, 2, 3]
    assert heard_by(listener.usual) == [0.1, 0.1]


def test_taking_over_between_words_costs_nothing() -> None:
    listener = Listener()
    listener.hear(1)
    listener.both.forget()
    listener.both.turn_to("number", 0.1)
    listener.hear(2)
    assert listener.usual.finished == 0
    assert heard_by(listener.number) == [0.1]


def test_at_rest_whoever_was_used_is_renewed() -> None:
    listener = Listener()
    listener.hear(1)
    listener.both.finish(0.1)
    listener.both.rest()
    assert (listener.usual.renewed, listener.number.renewed) == (1, 0)
