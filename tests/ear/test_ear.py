from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from skill.blocks import Pcm
from skill.content.schema import CommandRow
from skill.ear import Ear, EarRules
from skill.ear.judge import DOUBTED
from skill.ear.phrasebook import Phrasebook
from skill.ear.second_opinion import SecondOpinion
from skill.heard import Command, Decision, Heard, Listening, Speaking
from tests.ear.fakes import LOUD, QUIET, ScriptedRecogniser

LIVE = Listening(frozenset({"next", "stop"}))


def row(*phrases: str, safety: bool = False) -> CommandRow:
    return CommandRow(means="-", phrases=phrases, where=("everywhere",), safety=safety)


BOOK = Phrasebook(
    {"next": row("weiter"), "stop": row("stopp", safety=True), "resume": row("weiter machen")}
)


def ear_that_hears(
    *partials: str, confidence: float = 1.0, rules: EarRules | None = None
) -> tuple[Ear, ScriptedRecogniser]:
    recogniser = ScriptedRecogniser(partials, confidence)
    return Ear(recogniser, ScriptedRecogniser([]), BOOK, rules), recogniser


def listen(ear: Ear, blocks: Sequence[Pcm], listening: Listening = LIVE) -> list[Heard]:
    return [heard for block in blocks for heard in ear.process(block, listening)]


def test_decides_early_once_the_word_is_over() -> None:
    ear, _ = ear_that_hears(*[""] * 7, "weiter", "weiter", "weiter")
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 5)
    assert heard.command == Command("next")
    assert heard.decision is Decision.EARLY
    assert heard.decided_seconds == pytest.approx(0.9)
    assert heard.end_seconds == pytest.approx(0.9)


def test_one_word_fires_once() -> None:
    # The decoder may see the tail of the word that was acted on again.
    ear, _ = ear_that_hears(*[""] * 7, "stopp", "stopp", *["stopp"] * 3)
    heard = listen(ear, [QUIET] * 5 + [LOUD] * 4 + [QUIET] * 8)
    assert [h.command for h in heard] == [Command("stop")]


def test_two_words_fire_twice() -> None:
    word = ["", "weiter", "weiter", "weiter"]
    ear, _ = ear_that_hears(*[""] * 5, *word, *[""] * 8, *word)
    blocks = [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 9 + [LOUD] * 3 + [QUIET] * 5
    assert [h.command for h in listen(ear, blocks)] == [Command("next")] * 2


def test_a_new_sound_begins_a_new_utterance() -> None:
    # Noise became a word; without the cut the utterance would be "haus weiter".
    rules = EarRules(end_quiet_seconds=9.0)
    ear, _ = ear_that_hears(*[""] * 6, *["haus"] * 4, "", "", *["weiter"] * 9, rules=rules)
    blocks = [QUIET] * 5 + [LOUD] * 2 + [QUIET] * 3 + [LOUD] * 3 + [QUIET] * 3
    heard = listen(ear, blocks)
    assert heard[-1].text == "weiter"
    assert heard[-1].start_seconds < 1.1


def test_word_times_stay_on_the_clock_when_blocks_are_fed_again() -> None:
    rules = EarRules(end_quiet_seconds=9.0)
    ear, _ = ear_that_hears(*[""] * 6, *["haus"] * 4, "", "", *["weiter"] * 9, rules=rules)
    heard = listen(ear, [QUIET] * 5 + [LOUD] * 2 + [QUIET] * 3 + [LOUD] * 3 + [QUIET] * 3)
    assert heard[-1].end_seconds == pytest.approx(heard[-1].decided_seconds)


def test_a_command_that_does_not_count_now_is_reported_once_it_is_certain() -> None:
    ear, _ = ear_that_hears(*[""] * 6, *["weiter"] * 7)
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 6, Listening(frozenset({"stop"})))
    assert (heard.command, heard.decision) == (Command("next"), Decision.FINAL)


def test_the_recogniser_is_renewed_after_many_utterances() -> None:
    word = ["", "weiter", "weiter", *[""] * 6]
    rules = EarRules(renew_after_utterances=2)
    ear, recogniser = ear_that_hears(*word, *word, *word, rules=rules)
    listen(ear, ([LOUD] * 2 + [QUIET] * 7) * 3)
    assert recogniser.renewed >= 1


def test_a_recogniser_that_fails_is_renewed_and_goes_on() -> None:
    ear, recogniser = ear_that_hears("", "!", *[""] * 5, "stopp", "stopp", "stopp")
    ear.process(QUIET, LIVE)
    with pytest.raises(RuntimeError):
        ear.process(QUIET, LIVE)
    assert recogniser.renewed == 1
    assert listen(ear, [QUIET] * 4 + [LOUD] * 2 + [QUIET] * 4)


def test_over_the_own_voice_a_safety_word_among_echo_is_heard_once() -> None:
    over_voice = Listening(LIVE.live, (Speaking("Hebe das Becken an.", 1.0, 9.0),))
    echo = ["becken", *["becken stopp"] * 3, *["ruhig"] * 6]
    ear = Ear(ScriptedRecogniser(["[unk]"] * 10), ScriptedRecogniser(echo), BOOK)
    [heard] = listen(ear, [LOUD] * 10, over_voice)
    assert (heard.command, heard.text) == (Command("stop"), "stopp")
    assert heard.decision is Decision.EARLY


def test_what_the_safety_watch_hears_does_not_count_while_the_coach_is_silent() -> None:
    ear = Ear(ScriptedRecogniser(["[unk]"] * 10), ScriptedRecogniser(["stopp"] * 10), BOOK)
    assert not any(heard.command for heard in listen(ear, [LOUD] * 8 + [QUIET] * 5))


def test_a_command_that_free_decoding_does_not_support_is_rejected() -> None:
    free = ScriptedRecogniser(["dreißig", "dreißig"])
    ear = Ear(
        ScriptedRecogniser([*[""] * 6, *["weiter"] * 3]),
        ScriptedRecogniser([]),
        BOOK,
        second_opinion=SecondOpinion(free, 0.5),
    )
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 4)
    assert (heard.command, heard.reason) == (None, DOUBTED)


def test_a_safety_command_waits_for_no_second_opinion() -> None:
    free = ScriptedRecogniser(["dreißig", "dreißig"])
    ear = Ear(
        ScriptedRecogniser([*[""] * 6, *["stopp"] * 3]),
        ScriptedRecogniser([]),
        BOOK,
        second_opinion=SecondOpinion(free, 0.5),
    )
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 4)
    assert heard.command == Command("stop")
    assert free.finished == 0


@pytest.mark.parametrize(
    "block",
    [
        np.zeros(0, dtype=np.int16),
        np.zeros(801, dtype=np.int16),
        np.zeros(1600, dtype=np.float64),
        np.full(1600, np.nan),
        np.zeros((1600, 2), dtype=np.int16),
        np.zeros(1600, dtype=complex),
        np.array(["a"]),
    ],
)
def test_a_bad_block_is_survived_and_the_clock_goes_on(block: NDArray[np.int16]) -> None:
    ear, _ = ear_that_hears(*[""] * 8, "weiter", "weiter", "weiter")
    assert listen(ear, [block]) == []
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 4)
    assert heard.decided_seconds == pytest.approx(1.0)


def test_shows_what_is_being_heard() -> None:
    ear, _ = ear_that_hears("wei", "weiter")
    listen(ear, [QUIET, LOUD])
    assert ear.partial == "weiter"
    assert -30 < ear.meter.level_dbfs < -10
