from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from skill.ear import Ear, EarRules
from skill.ear.judge import DOUBTED
from skill.ear.rules import Curve
from skill.ear.second_opinion import SecondOpinion
from skill.ear.voices import Voices
from skill.messages.blocks import Pcm
from skill.messages.heard import Command, Decision, Heard, Listening, Speaking
from skill.understanding import Understanding
from tests.ear.fakes import LOUD, QUIET, ScriptedRecogniser, content_of, row

LIVE = Listening(frozenset({"next", "stop"}))


BOOK = Understanding(
    content_of(
        {
            "next": row("weiter", "mach weiter"),
            "stop": row("stopp", safety=True),
            "resume": row("weiter machen"),
        }
    )
)


def ear_that_hears(
    *partials: str, confidence: float = 1.0, rules: EarRules | None = None
) -> tuple[Ear, ScriptedRecogniser]:
    recogniser = ScriptedRecogniser(partials, confidence)
    return Ear(recogniser, ScriptedRecogniser([]), BOOK, rules), recogniser


def ear_that_errs(
    finals: Sequence[str], *partials: str, confidence: float = 1.0
) -> tuple[Ear, ScriptedRecogniser]:
    """An ear whose recogniser makes other words of an utterance that is ended."""
    recogniser = ScriptedRecogniser(partials, confidence, finals)
    return Ear(recogniser, ScriptedRecogniser([]), BOOK), recogniser


def listen(ear: Ear, blocks: Sequence[Pcm], listening: Listening = LIVE) -> list[Heard]:
    return [heard for block in blocks for heard in ear.process(block, listening)]


def test_decides_early_once_the_word_is_over() -> None:
    ear, _ = ear_that_hears(*[""] * 7, "weiter", "weiter", "weiter")
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 5)
    assert heard.command == Command("next")
    assert heard.decision is Decision.EARLY
    assert heard.decided_seconds == pytest.approx(0.9)
    assert heard.end_seconds == pytest.approx(0.9)


CURVES = (((0.0, 0.0), (0.5, 0.1), (1.0, 0.4)), ((0.0, 0.4), (0.9, 0.5), (1.0, 0.99)))


@pytest.mark.parametrize("curve", CURVES)
def test_what_is_heard_has_the_probability_of_its_confidence(curve: Curve) -> None:
    rules = EarRules().calibrated(curve)
    for confidence in (0.3, 0.95):
        ear, _ = ear_that_hears(*["weiter"] * 10, confidence=confidence, rules=rules)
        heard = listen(ear, [QUIET] * 5 + [LOUD] * 5 + [QUIET] * 10)
        probability = rules.probability(confidence)
        assert all(one.confidence == probability for one in heard)
        assert any(one.command for one in heard) == (probability >= rules.confidence)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("speaking", [(), (Speaking("Leg dich auf den Bauch.", 0.0, 9.0),)])
def test_no_curve_makes_a_safety_command_harder_to_trigger(
    curve: Curve, speaking: tuple[Speaking, ...]
) -> None:
    for confidence in (0.3, 0.49, 0.5, 0.95):
        for word in ("stopp", "das stopp", "weiter stopp"):
            obeyed = []
            for rules in (EarRules(), EarRules().calibrated(curve)):
                watching = ScriptedRecogniser([word] * 10, confidence)
                hearing = ScriptedRecogniser([word] * 10, confidence)
                ear = Ear(hearing, watching, BOOK, rules)
                blocks = [QUIET] * 5 + [LOUD] * 5 + [QUIET] * 10
                found = listen(ear, blocks, replace(LIVE, speaking=speaking))
                obeyed.append([one.command for one in found if one.command == Command("stop")])
            before, after = obeyed
            assert len(after) >= len(before)
            assert bool(before) == (confidence >= 0.5)


def test_one_word_fires_once() -> None:
    # The decoder may see the tail of the word that was acted on again.
    ear, _ = ear_that_hears(*[""] * 7, "stopp", "stopp", *["stopp"] * 3)
    heard = listen(ear, [QUIET] * 5 + [LOUD] * 4 + [QUIET] * 8)
    assert [h.command for h in heard] == [Command("stop")]


STANDS = ["weiter"] * 7
"""A partial result that stands long enough for an early decision, in the midst of sound."""

BEFORE = [QUIET] * 5
"""A quiet room first: what follows is sound, not noise."""


def test_a_word_that_was_cut_in_two_is_heard_again_and_obeyed_once() -> None:
    # "sofort anhalten" stood, but its end made "sofort an" of it, and "halten" was lost.
    ear, recogniser = ear_that_errs(["wei"], *[""] * 6, *STANDS, *STANDS)
    heard = listen(ear, [*BEFORE, *[LOUD] * 10, *[QUIET] * 6])
    assert [(h.command, h.text) for h in heard] == [(Command("next"), "weiter")]
    assert sorted(recogniser.fed_seconds)[-2:] == pytest.approx([0.1, 1.2])  # all of it, once


def test_words_heard_again_keep_their_place_on_the_clock() -> None:
    ear, _ = ear_that_errs(["wei"], *[""] * 6, *STANDS, *STANDS)
    [heard] = listen(ear, [*BEFORE, *[LOUD] * 10, *[QUIET] * 6])
    assert heard.end_seconds == pytest.approx(heard.decided_seconds)


def test_an_early_end_that_is_unsure_waits_for_the_end() -> None:
    ear, _ = ear_that_hears(*[""] * 6, *STANDS, *STANDS, confidence=0.3)
    heard = listen(ear, [*BEFORE, *[LOUD] * 10, *[QUIET] * 6])
    assert [(h.command, h.decision) for h in heard] == [(None, Decision.FINAL)]


def test_no_text_is_asked_about_twice_in_one_utterance() -> None:
    ear, recogniser = ear_that_errs(["wei"] * 9, *[""] * 6, *["weiter"] * 40)
    listen(ear, [*BEFORE, *[LOUD] * 20])
    assert recogniser.finished == 1


def test_a_safety_word_that_comes_out_of_another_word_is_obeyed_at_once() -> None:
    ear, recogniser = ear_that_errs(["stopp"], *[""] * 6, *STANDS)
    [heard] = listen(ear, [*BEFORE, *[LOUD] * 7])
    assert (heard.command, heard.decision) == (Command("stop"), Decision.EARLY)
    assert recogniser.finished == 1


def test_only_so_much_sound_is_heard_again() -> None:
    rules = EarRules(kept_seconds=1.0)
    recogniser = ScriptedRecogniser([*[""] * 10, *STANDS], finals=["wei"])
    ear = Ear(recogniser, ScriptedRecogniser([]), BOOK, rules)
    listen(ear, [*BEFORE, *[LOUD] * 12])
    assert max(recogniser.fed_seconds) == pytest.approx(1.0)


def test_the_first_words_of_a_phrase_wait_for_the_rest() -> None:
    # "das tut ... weh": the gap is longer than the one that ends other words.
    ear, _ = ear_that_hears(*[""] * 6, *["mach"] * 8, *["mach weiter"] * 4)
    [heard] = listen(ear, [*BEFORE, *[LOUD] * 3, *[QUIET] * 5, *[LOUD] * 4, *[QUIET] * 5])
    assert heard.command == Command("next")


@pytest.mark.parametrize(("words", "before"), [("haus", None), ("weiter", Command("next"))])
def test_a_safety_word_is_not_taken_for_the_rest_of_other_words(
    words: str, before: Command | None
) -> None:
    over_voice = Listening(LIVE.live, (Speaking("Hebe das Becken an.", 1.0, 9.0),))
    rules = EarRules(after_decision_seconds=0.9)
    recogniser = ScriptedRecogniser([*[""] * 6, *[words] * 8])
    ear = Ear(recogniser, ScriptedRecogniser(["stopp"] * 3), BOOK, rules)
    [decided] = listen(ear, [*BEFORE, *[LOUD] * 5, *[QUIET] * 4])
    [heard] = listen(ear, [LOUD] * 3, over_voice)
    assert (decided.command, heard.command) == (before, Command("stop"))
    assert heard.end_seconds < decided.decided_seconds + rules.after_decision_seconds


# --- the gate ----------------------------------------------------------------------------------


def settled(recogniser: ScriptedRecogniser) -> Ear:
    """An ear that has heard five seconds of silence: its gate is closed."""
    ear = Ear(recogniser, ScriptedRecogniser([]), BOOK)
    listen(ear, [QUIET] * 50)
    return ear


def test_silence_is_not_decoded() -> None:
    recogniser = ScriptedRecogniser([])
    ear = settled(recogniser)
    fed = len(recogniser.fed_seconds)
    assert fed < 45
    listen(ear, [QUIET] * 100)
    assert len(recogniser.fed_seconds) == fed


def test_what_came_before_a_sound_is_heard_with_it() -> None:
    recogniser = ScriptedRecogniser([])
    ear = settled(recogniser)
    listen(ear, [LOUD])
    assert recogniser.fed_seconds[-1] == pytest.approx(0.1 + EarRules().pre_roll_seconds)
    listen(ear, [LOUD])
    assert recogniser.fed_seconds[-1] == pytest.approx(0.1)


def test_a_word_behind_the_closed_gate_keeps_its_time() -> None:
    recogniser = ScriptedRecogniser([])
    ear = settled(recogniser)
    recogniser.tell(["", "stopp", "stopp", "stopp"])
    [heard] = listen(ear, [LOUD] * 3 + [QUIET] * 3)
    assert heard.command == Command("stop")
    assert heard.end_seconds == pytest.approx(heard.decided_seconds)
    assert heard.start_seconds == pytest.approx(5.0 - EarRules().pre_roll_seconds, abs=0.11)


def test_silence_frees_the_memory_of_the_last_utterances() -> None:
    recogniser = ScriptedRecogniser([])
    settled(recogniser)
    assert recogniser.renewed == 1


def test_two_words_fire_twice() -> None:
    word = ["", "weiter", "weiter", "weiter"]
    ear, _ = ear_that_hears(*[""] * 5, *word, *[""] * 8, *word)
    blocks = [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 9 + [LOUD] * 3 + [QUIET] * 5
    assert [h.command for h in listen(ear, blocks)] == [Command("next")] * 2


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


def test_a_short_gap_does_not_cut_an_utterance() -> None:
    # Far away, the soft middle of "einundzwanzig" counted as quiet, and "zwanzig" was obeyed.
    ear, _ = ear_that_hears(*[""] * 6, *["haus"] * 6, *["haus weiter"] * 12)
    heard = listen(ear, [*BEFORE, *[LOUD] * 3, *[QUIET] * 3, *[LOUD] * 3, *[QUIET] * 5])
    assert [(h.command, h.text) for h in heard] == [(None, "haus weiter")]


def test_where_a_number_is_asked_for_another_recogniser_listens() -> None:
    usual, number = ScriptedRecogniser(["haus"] * 20), ScriptedRecogniser(["weiter"] * 20)
    ear = Ear(usual, ScriptedRecogniser([]), BOOK, asking={"number": number})
    listen(ear, [QUIET] * 5)
    [heard] = listen(ear, [LOUD] * 3 + [QUIET] * 3, Listening(LIVE.live | {"number"}))
    assert heard.command == Command("next")
    assert len(usual.fed_seconds) == 5


@pytest.mark.parametrize(("begins_seconds", "obeyed"), [(1.45, []), (1.55, [Command("next")])])
def test_a_command_that_follows_other_words_without_a_pause_is_none(
    begins_seconds: float, obeyed: list[Command]
) -> None:
    # "fünfundzwanzig" in noise: rejected words, and at once "zwanzig".
    ear, recogniser = ear_that_hears(*[""] * 6, *["haus"] * 7)
    [rejected] = listen(ear, [*BEFORE, *[LOUD] * 4, *[QUIET] * 4])
    assert rejected.end_seconds == pytest.approx(1.3)
    recogniser.tell(["weiter"] * 5)
    recogniser.begin(begins_seconds)
    heard = listen(ear, [LOUD] * 4 + [QUIET] * 4)
    assert [h.command for h in heard] == obeyed


# --- voices ------------------------------------------------------------------------------------


class Everywhere:
    """A detector that finds a voice in everything, as likely as it is told."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def __call__(self, audio: bytes) -> float:
        return self.probability

    def reset(self) -> None: ...


def ear_of_voices(probability: float) -> tuple[Ear, ScriptedRecogniser, Everywhere]:
    """An ear that has heard five seconds of silence, and knows voices."""
    recogniser, detector = ScriptedRecogniser([]), Everywhere(probability)
    voices = Voices(detector, 512)
    ear = Ear(recogniser, ScriptedRecogniser([]), BOOK, voices=voices)
    listen(ear, [QUIET] * 50)
    return ear, recogniser, detector


def test_a_sound_that_is_no_voice_is_not_decoded() -> None:
    ear, recogniser, detector = ear_of_voices(0.0)
    fed = len(recogniser.fed_seconds)
    listen(ear, [LOUD] * 10)
    assert len(recogniser.fed_seconds) == fed
    detector.probability = 0.9
    listen(ear, [LOUD])
    assert len(recogniser.fed_seconds) == fed + 1


def test_where_the_coach_speaks_nobody_can_tell_and_all_is_decoded() -> None:
    ear, recogniser, _ = ear_of_voices(0.0)
    fed = len(recogniser.fed_seconds)
    over_voice = Listening(LIVE.live, (Speaking("Hebe das Becken an.", 1.0, 9.0),))
    listen(ear, [LOUD] * 5, over_voice)
    assert len(recogniser.fed_seconds) == fed + 5


def test_words_know_how_loud_and_how_much_of_a_voice_they_were() -> None:
    ear, recogniser, _ = ear_of_voices(0.8)
    recogniser.tell(["", "weiter", "weiter", "weiter"])
    recogniser.begin(sum(recogniser.fed_seconds) + EarRules().pre_roll_seconds)
    [heard] = listen(ear, [LOUD] * 3 + [QUIET] * 3)
    [word] = heard.words
    assert heard.command == Command("next")
    assert word.level_dbfs is not None
    assert -30 < word.level_dbfs < -15
    assert word.voice is not None
    assert 0.5 < word.voice <= 0.8  # the quiet block behind it counts as well


def test_without_a_detector_only_the_level_is_known() -> None:
    ear, _ = ear_that_hears(*[""] * 7, "weiter", "weiter", "weiter")
    [heard] = listen(ear, [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 5)
    assert [(word.voice, word.level_dbfs is None) for word in heard.words] == [(None, False)]


@pytest.mark.parametrize("offset", [-3_000, 655, 1_638])
def test_a_constant_offset_takes_no_word_away(offset: int) -> None:
    ear, recogniser = ear_that_hears(*[""] * 7, "weiter", "weiter", "weiter")
    blocks = [QUIET] * 5 + [LOUD] * 3 + [QUIET] * 50
    [heard] = listen(ear, [(block.astype(int) + offset).clip(-32_768, 32_767) for block in blocks])
    assert heard.command == Command("next")
    assert heard.decided_seconds == pytest.approx(0.9)
    assert ear.meter.floor_dbfs < -70
    assert len(recogniser.fed_seconds) < len(blocks)  # the gate closes again
