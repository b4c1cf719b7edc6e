from dataclasses import replace

import pytest

from skill.content.command_row import CommandRow
from skill.ear.judge import (
    LOW_CONFIDENCE,
    MASKED,
    NO_VOICE,
    NOT_ASKED,
    UNKNOWN_WORDS,
    Judge,
    Moment,
)
from skill.ear.level import LevelMeter
from skill.ear.own_voice import OwnVoice
from skill.ear.rules import EarRules
from skill.messages.heard import ECHO, Command, Decision, Heard, Speaking
from skill.understanding import SpokenWord, Understanding
from tests.ear.fakes import LOUD, QUIET, content_of, row

RULES = EarRules(
    confidence=0.7,
    confidence_expected=0.6,
    confidence_elsewhere=0.9,
    confidence_over_voice=0.95,
    confidence_safety=0.5,
    rejected_seconds=0.3,
    rejected_above_floor_db=12,
)
BOOK = Understanding(
    content_of(
        {
            "next": CommandRow(
                means="-", phrases=("weiter",), sentences=("weiter gehts",), where=("everywhere",)
            ),
            "stop": row("stopp", safety=True),
            "number": CommandRow(means="-", slots={"acht": "8"}, where=("menu",)),
        }
    )
)
JUDGE = Judge(BOOK, RULES)
NOW = 5.0


def judge(
    text: str,
    confidence: float = 1.0,
    live: str = "next stop",
    line: str = "",
    seconds: float = 0.5,
    loud: bool = True,
    judges: Judge = JUDGE,
) -> Heard | None:
    """Judge words that have just been said, one after the other, ``seconds`` in all."""
    texts = text.split()
    each = seconds / len(texts)
    words = tuple(
        SpokenWord(
            word, confidence, NOW - seconds + place * each, NOW - seconds + (place + 1) * each
        )
        for place, word in enumerate(texts)
    )
    meter = LevelMeter()
    for block in [QUIET] * 20 + [LOUD if loud else QUIET] * 5:
        meter.process(block)
    speaking = (Speaking(line, 1.0, 3.0),) if line else ()
    moment = Moment(frozenset(live.split()), OwnVoice(speaking, NOW, RULES), meter)
    return judges.judge(words, Decision.FINAL, moment)


def outcome(heard: Heard | None) -> Command | str:
    assert heard is not None
    return heard.command or heard.reason


def test_a_sure_phrase_is_a_command() -> None:
    heard = judge("weiter", 0.8)
    assert heard == Heard(
        Command("next"), "weiter", 0.8, 4.5, 5.0, decided_seconds=5.0, decision=Decision.FINAL
    )


def test_anything_but_the_whole_phrase_is_unknown() -> None:
    assert outcome(judge("weiter haus")) == UNKNOWN_WORDS
    assert outcome(judge("[unk] weiter")) == UNKNOWN_WORDS


def test_how_sure_it_must_be_depends_on_the_moment() -> None:
    assert outcome(judge("weiter", 0.6)) == LOW_CONFIDENCE
    assert outcome(judge("weiter", 0.8, live="stop")) == LOW_CONFIDENCE
    assert outcome(judge("weiter", 0.95, live="stop")) == Command("next")
    assert outcome(judge("weiter", 0.9, line="Atme ruhig ein.")) == ECHO
    assert outcome(judge("weiter", 0.96, line="Atme ruhig ein.")) == Command("next")


@pytest.mark.parametrize(("least", "outcomes"), [(0.9, [0.65]), (0.3, [0.35, 0.65])])
def test_a_figure_of_a_command_may_lower_a_sentence_s_and_not_raise_it(
    least: float, outcomes: list[float]
) -> None:
    judges = Judge(BOOK, replace(RULES, confidence_of={"next": least}))
    heard = {sure: outcome(judge("weiter gehts", sure, judges=judges)) for sure in (0.35, 0.65)}
    assert [sure for sure, one in heard.items() if one == Command("next")] == outcomes


def test_answers_and_sentences_may_be_less_sure_than_a_word_that_nobody_asked_for() -> None:
    assert outcome(judge("weiter", 0.65)) == LOW_CONFIDENCE
    assert outcome(judge("weiter gehts", 0.65)) == Command("next")
    assert outcome(judge("weiter gehts", 0.55)) == LOW_CONFIDENCE
    assert outcome(judge("weiter", 0.65, live="next yes")) == Command("next")
    assert outcome(judge("acht", 0.65, live="number")) == Command("number", "8")
    assert outcome(judge("acht", 0.55, live="number")) == LOW_CONFIDENCE


def test_a_safety_command_passes_with_little_confidence_even_over_the_own_voice() -> None:
    assert outcome(judge("stopp", 0.6)) == Command("stop")
    assert outcome(judge("stopp", 0.6, line="Atme ruhig ein.")) == Command("stop")


def test_a_safety_word_that_the_coach_just_said_nearly_must_be_sure() -> None:
    line = "Stoppt nie, macht einfach so weiter."
    assert outcome(judge("stopp", 0.6, line=line)) == MASKED
    assert outcome(judge("stopp", 0.95, line=line)) == Command("stop")
    assert outcome(judge("stopp", 0.6, line="Macht einfach so weiter, stoppt nie.")) == Command(
        "stop"
    )


def test_the_coach_does_not_obey_itself() -> None:
    assert outcome(judge("weiter", line="Sag weiter, wenn du magst.")) == MASKED


def test_echo_and_noise_are_not_reported_as_speech() -> None:
    assert outcome(judge("becken ruhig", line="Hebe das Becken ruhig an.")) == ECHO
    assert judge("becken ruhig", seconds=0.1, line="Hebe das Becken ruhig an.") is None
    assert judge("[unk]", seconds=0.1) is None
    assert judge("[unk]", loud=False) is None
    assert outcome(judge("[unk]", seconds=0.5)) == UNKNOWN_WORDS


def least_of(command: str, text: str, value: float, **moment: str) -> list[Command | str]:
    """Judge words that are 0.6 and 0.8 sure, with this figure for a command."""
    rules = replace(RULES, confidence_of={command: value})
    judges = Judge(BOOK, rules)
    return [outcome(judge(text, sure, judges=judges, **moment)) for sure in (0.6, 0.8)]


def test_a_command_may_have_its_own_threshold() -> None:
    assert least_of("next", "weiter", 0.55) == [Command("next")] * 2
    assert least_of("next", "weiter", 0.75) == [LOW_CONFIDENCE, Command("next")]
    assert least_of("stop", "weiter", 0.55) == [LOW_CONFIDENCE, Command("next")]


def test_a_safety_command_is_never_harder_to_trigger_than_usual() -> None:
    assert least_of("stop", "stopp", 0.9) == [Command("stop")] * 2
    assert outcome(judge("stopp", 0.4)) == LOW_CONFIDENCE
    lower = Judge(BOOK, replace(RULES, confidence_of={"stop": 0.3}))
    assert outcome(judge("stopp", 0.4, judges=lower)) == Command("stop")


def test_its_own_threshold_is_no_way_around_stricter_moments() -> None:
    assert least_of("next", "weiter", 0.1, live="stop") == [LOW_CONFIDENCE] * 2
    lower = Judge(BOOK, replace(RULES, confidence_of={"next": 0.1}))
    assert outcome(judge("weiter", 0.8, line="Hebe das Becken.", judges=lower)) == ECHO


def test_a_number_counts_only_where_one_is_asked_for() -> None:
    assert outcome(judge("acht", 0.8, live="number")) == Command("number", "8")
    assert outcome(judge("acht", 1.0, live="next stop")) == NOT_ASKED
    assert outcome(judge("acht", 1.0, line="Hebe das Becken.")) == ECHO  # the coach counts aloud


# --- sentences: some words belong to the command, others do not ------------------------------


def spoken(text: str, **of: dict[str, float]) -> tuple[SpokenWord, ...]:
    """Words of 0.4 s, the last of which has just ended; ``of`` is what is said for single ones."""
    texts = text.split()
    begins = NOW - 0.4 * len(texts)
    return tuple(
        replace(
            SpokenWord(one, 0.95, begins + 0.4 * place, begins + 0.4 * (place + 1), -25.0, 0.9),
            **of.get(one, {}),
        )
        for place, one in enumerate(texts)
    )


def heard_of(words: tuple[SpokenWord, ...], live: str = "next pause stop", line: str = "") -> Heard:
    meter = LevelMeter()
    for block in [QUIET] * 20 + [LOUD] * 20:
        meter.process(block)
    speaking = (Speaking(line, 1.0, 3.0),) if line else ()
    moment = Moment(frozenset(live.split()), OwnVoice(speaking, NOW, RULES), meter)
    heard = Judge(SENTENCES, RULES).judge(words, Decision.FINAL, moment)
    assert heard is not None
    return heard


SENTENCES = Understanding(
    content_of(
        {
            "next": row("weiter"),
            "pause": CommandRow(
                means="-", phrases=("pause",), asked="Pause?", where=("everywhere",)
            ),
            "stop": row("stopp", safety=True),
        },
        fillers=["äh", "bitte"],
    )
)


def test_confidence_and_times_are_those_of_the_command_s_own_words() -> None:
    unsure = {"confidence": 0.1}
    heard = heard_of(spoken("äh weiter bitte", äh=unsure, bitte=unsure))
    assert (heard.command, heard.text, heard.confidence) == (
        Command("next"),
        "äh weiter bitte",
        0.95,
    )
    assert (heard.start_seconds, heard.end_seconds) == pytest.approx((4.2, 4.6))
    assert [word.text for word in heard.words] == ["äh", "weiter", "bitte"]


def test_a_safety_word_among_others_is_obeyed_by_its_own_confidence() -> None:
    assert heard_of(spoken("haus stopp", haus={"confidence": 0.1})).command == Command("stop")
    assert heard_of(spoken("haus stopp", stopp={"confidence": 0.4})).reason == LOW_CONFIDENCE


def test_a_command_without_a_voice_is_none() -> None:
    assert heard_of(spoken("weiter", weiter={"voice": RULES.voice_command})).command
    # Rejected speech is reported only where somebody spoke: here nobody did.
    words = spoken("weiter", weiter={"voice": RULES.voice_command - 0.01})
    meter = LevelMeter()
    moment = Moment(frozenset({"next"}), OwnVoice((), NOW, RULES), meter)
    assert Judge(SENTENCES, RULES).judge(words, Decision.FINAL, moment) is None


def test_a_safety_command_needs_less_of_a_voice() -> None:
    between = (RULES.voice_safety + RULES.voice_command) / 2
    assert heard_of(spoken("stopp", stopp={"voice": between})).command == Command("stop")
    half = heard_of(spoken("äh bitte äh bitte weiter", weiter={"voice": between}))
    assert (half.command, half.reason) == (None, NO_VOICE)


@pytest.mark.parametrize(
    ("text", "sure", "reason", "maybe"),
    [
        ("haus pause", 0.95, UNKNOWN_WORDS, "pause"),
        ("haus pause", 0.6, UNKNOWN_WORDS, None),
        ("haus weiter", 0.95, UNKNOWN_WORDS, None),  # no question is written for it
        ("pause", 0.6, LOW_CONFIDENCE, "pause"),
        ("weiter", 0.6, LOW_CONFIDENCE, "next"),
        ("pause", 0.2, LOW_CONFIDENCE, None),
        ("stopp", 0.4, LOW_CONFIDENCE, None),  # never asked about
    ],
)
def test_what_is_not_clear_enough_may_be_worth_a_question(
    text: str, sure: float, reason: str, maybe: str | None
) -> None:
    last = text.split()[-1]
    heard = heard_of(spoken(text, **{last: {"confidence": sure}}))
    assert (heard.command, heard.reason) == (None, reason)
    assert heard.maybe == (Command(maybe) if maybe else None)
