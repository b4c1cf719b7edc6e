from dataclasses import replace

from skill.content.schema import CommandRow
from skill.ear.judge import LOW_CONFIDENCE, MASKED, NOT_ASKED, UNKNOWN_WORDS, Judge, Moment
from skill.ear.level import LevelMeter
from skill.ear.own_voice import OwnVoice
from skill.ear.rules import EarRules
from skill.heard import Command, Decision, Heard, Speaking
from skill.understanding import SpokenWord, Understanding
from tests.ear.fakes import LOUD, QUIET, content_of, row

RULES = EarRules(
    confidence=0.7,
    confidence_elsewhere=0.9,
    confidence_over_voice=0.95,
    confidence_safety=0.5,
    rejected_seconds=0.3,
    rejected_above_floor_db=12,
)
BOOK = Understanding(
    content_of(
        {
            "next": row("weiter"),
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
    assert judge("weiter", 0.9, line="Atme ruhig ein.") is None
    assert outcome(judge("weiter", 0.96, line="Atme ruhig ein.")) == Command("next")


def test_a_safety_command_passes_with_little_confidence_even_over_the_own_voice() -> None:
    assert outcome(judge("stopp", 0.6)) == Command("stop")
    assert outcome(judge("stopp", 0.6, line="Atme ruhig ein.")) == Command("stop")


def test_the_coach_does_not_obey_itself() -> None:
    assert outcome(judge("weiter", line="Sag einfach weiter.")) == MASKED


def test_echo_and_noise_are_not_reported_as_speech() -> None:
    assert judge("becken ruhig", line="Hebe das Becken ruhig an.") is None
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
    assert judge("weiter", 0.8, line="Hebe das Becken.", judges=lower) is None


def test_a_number_counts_only_where_one_is_asked_for() -> None:
    assert outcome(judge("acht", 0.8, live="number")) == Command("number", "8")
    assert outcome(judge("acht", 1.0, live="next stop")) == NOT_ASKED
    assert judge("acht", 1.0, line="Hebe das Becken.") is None  # the coach counts aloud
