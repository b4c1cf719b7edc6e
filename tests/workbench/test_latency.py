"""The benchmark's stop-watch: right about an ear whose delay is known."""

import numpy as np
import pytest

from rueckgrat.calibration.plain_ear import PlainEar
from skill.audio.hiss import with_hiss
from skill.ear.recogniser import Hypothesis, Word
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from skill.settings import Settings
from workbench.breath import breath_errors_seconds
from workbench.latency import Spoken, reactions, silences
from workbench.studio import Studio

LOUD: Pcm = np.resize(np.array([9_000, -9_000], dtype=np.int16), EAR_RATE_HZ // 2)
"""Half a second of sound: a "word" that ends with its last sample."""


class LateEar:
    """Takes any sound for ``command``, a known number of blocks after its end."""

    def __init__(self, command: Command, delay_blocks: int) -> None:
        self._command = command
        self._delay_blocks = delay_blocks
        self._quiet_blocks = 100

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        loud = np.abs(block).max() > 1_000
        self._quiet_blocks = 0 if loud else self._quiet_blocks + 1
        if self._quiet_blocks != self._delay_blocks:
            return []
        return [Heard(self._command, "", 1.0, 0.0, 0.0, 0.0, Decision.FINAL)]


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(Settings())


@pytest.mark.parametrize("delay_blocks", [1, 4])
def test_a_reaction_is_timed_from_the_words_end(studio: Studio, delay_blocks: int) -> None:
    spoken = Spoken("ja", Command("yes"), LOUD)
    (found,) = reactions(studio, lambda: LateEar(spoken.command, delay_blocks), [spoken], "bruecke")
    assert found.seconds is not None
    # The answer begins within the block that follows the decision, after the fade of nothing.
    assert 0 <= found.seconds - delay_blocks * BLOCK_SECONDS < 2 * BLOCK_SECONDS


def test_an_ear_that_hears_nothing_has_no_reaction(studio: Studio) -> None:
    spoken = Spoken("ja", Command("yes"), LOUD)
    (found,) = reactions(studio, lambda: LateEar(spoken.command, 1_000), [spoken], "bruecke")
    assert found.seconds is None


def test_silence_is_timed_behind_the_cut_not_in_the_lines_own_pauses(studio: Studio) -> None:
    spoken = Spoken("stopp", Command("stop"), LOUD)
    (found,) = silences(studio, lambda: LateEar(spoken.command, 2), [spoken], "bruecke")
    assert found.seconds == pytest.approx(2 * BLOCK_SECONDS, abs=0.04)


def test_breaths_lie_where_the_score_has_them(studio: Studio) -> None:
    errors = breath_errors_seconds(studio, "bruecke")
    assert len(errors) >= 20
    assert max(errors) < 0.005


def test_hiss_lies_under_the_recording_and_fills_whole_blocks() -> None:
    blocks = with_hiss(LOUD, 7)
    assert blocks.shape == (7, EAR_BLOCK_SAMPLES)
    assert np.abs(blocks[:5]).min() > 8_500
    assert 0 < np.abs(blocks[5:]).max() < 100


class Scripted:
    def __init__(self, *answers: Hypothesis) -> None:
        self._answers = list(answers)

    def accept(self, block: Pcm) -> Hypothesis:
        return self._answers.pop(0)

    def finish(self) -> Hypothesis:
        raise AssertionError("the plain loop never ends an utterance itself")

    def renew(self) -> None:
        raise AssertionError("the plain loop never renews")


def test_the_plain_loop_acts_on_final_results_only(studio: Studio) -> None:
    word = Word("weiter", 0.4, 0.0, 0.1)
    recogniser = Scripted(
        Hypothesis("weiter"),
        Hypothesis("weiter", (word,), final=True),
        Hypothesis("[unk]", (Word("[unk]", 1.0, 0.2, 0.3),), final=True),
    )
    ear = PlainEar(recogniser, studio.content.vocabulary)
    heard = [ear.process(LOUD[:EAR_BLOCK_SAMPLES], Listening(frozenset())) for _ in range(3)]
    assert [[str(one.command) for one in block] for block in heard] == [[], ["next"], []]
