"""What the sound must say: words beside a command, and safety words among others."""

from dataclasses import replace
from typing import Any

import pytest

from skill.content.schema import Content
from skill.messages.heard import Command, SpokenWord
from skill.understanding import Understanding
from skill.understanding.rules import UnderstandingRules

RULES = UnderstandingRules()
STATE = "exercise.rest"


def said(text: str, **of: dict[str, Any]) -> tuple[SpokenWord, ...]:
    """Words said one after the other, all alike, but for what is said ``of`` single ones.

    ``before``: seconds of pause before a word.
    """
    words, now = [], 0.0
    for word in text.split():
        own = dict(of.get(word.strip("[]"), {}))
        now += own.pop("before", 0.02)
        end = now + own.pop("seconds", 0.4)
        words.append(replace(SpokenWord(word, 0.95, now, end, -25.0, 0.9), **own))
        now = end
    return tuple(words)


@pytest.fixture(scope="session")
def command_of(content: Content, understanding: Understanding):
    def command_of(words: tuple[SpokenWord, ...], state: str = STATE) -> Command | None:
        return understanding.meaning(words, content.live_commands(state)).command

    return command_of


SOFT = {"level_dbfs": -25.0 - RULES.softer_db}
APART = {"before": RULES.apart_seconds + 0.01}
FAINT = {"seconds": RULES.short_seconds - 0.01, "confidence": RULES.unsure - 0.01}
VOICELESS = {"voice": RULES.voice - 0.01}


def test_a_loud_word_beside_a_command_hurts_it(command_of) -> None:
    assert command_of(said("weiter")) == Command("next")
    assert command_of(said("haus weiter")) is None
    assert command_of(said("weiter haus")) is None


@pytest.mark.parametrize(
    ("stray", "why"),
    [(SOFT, "soft"), (FAINT, "faint"), (VOICELESS, "no voice"), (APART, "apart")],
)
def test_a_stray_word_that_the_sound_does_not_support_does_not(
    content: Content, understanding: Understanding, stray: dict[str, Any], why: str
) -> None:
    meaning = understanding.meaning(said("weiter haus", haus=stray), content.live_commands(STATE))
    assert meaning.command == Command("next")
    assert [(one.word, one.why) for one in meaning.passed] == [("haus", why)]


@pytest.mark.parametrize(
    "stray",
    [
        {"level_dbfs": -25.0 - RULES.softer_db + 0.5},
        {"before": RULES.apart_seconds - 0.02},
        {"seconds": RULES.short_seconds - 0.01},  # short, but sure
        {"confidence": RULES.unsure - 0.01},  # unsure, but long
        {"voice": RULES.voice},
    ],
)
def test_one_that_is_hardly_softer_or_apart_does(command_of, stray: dict[str, Any]) -> None:
    assert command_of(said("weiter haus", haus=stray)) is None


def test_a_pause_before_the_command_cuts_off_as_well(command_of) -> None:
    assert command_of(said("haus weiter", weiter=APART)) == Command("next")


def test_more_than_two_stray_words_are_talk(command_of) -> None:
    stray = {"haus": SOFT, "hund": SOFT, "garten": SOFT}
    assert command_of(said("haus hund weiter", **stray)) == Command("next")
    assert command_of(said("haus hund weiter garten", **stray)) is None


def test_what_nobody_measured_hurts(command_of) -> None:
    unmeasured = {"level_dbfs": None, "voice": None, **FAINT}
    assert command_of(said("weiter haus", haus=unmeasured)) is None


def test_a_much_softer_command_is_the_room_s_not_the_last_word(command_of) -> None:
    assert command_of(said("pause weiter")) == Command("next")
    assert command_of(said("pause weiter", weiter={"level_dbfs": -34.0})) == Command("pause")


def test_beyond_a_breath_a_negation_turns_nothing(command_of) -> None:
    assert command_of(said("nicht weiter")) is None
    breath = {"before": RULES.breath_seconds + 0.01}
    assert command_of(said("nicht stopp")) is None
    assert command_of(said("nicht stopp", stopp=breath)) == Command("stop")


@pytest.mark.parametrize("text", ["nochmal", "noch mal", "noch mal bitte", "äh noch mal"])
def test_recognised_words_may_be_spelt_otherwise(command_of, text: str) -> None:
    assert command_of(said(text)) == Command("repeat")


def test_two_words_that_are_written_as_one_are_as_sure_as_the_less_sure(
    content: Content, understanding: Understanding
) -> None:
    words = said("haus noch mal", haus=SOFT, noch={"confidence": 0.4, "level_dbfs": -60.0})
    meaning = understanding.meaning(words, content.live_commands(STATE))
    assert (meaning.command, meaning.sentence) == (Command("repeat"), "nochmal")
    assert [word.text for word in words[meaning.first : meaning.last]] == ["noch", "mal"]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("weitermachen bitte", ["weitermachen"]),
        ("weitermachen ja weitermachen", ["weitermachen"]),
        ("weitermachen stopp", ["stopp"]),
        ("noch mal stopp", ["stopp"]),
        ("noch mal äh weiter", ["weiter"]),
    ],
)
def test_the_places_of_a_sentence_are_those_of_the_words_as_they_were_heard(
    content: Content, understanding: Understanding, text: str, own: list[str]
) -> None:
    words = said(text)
    meaning = understanding.meaning(words, content.live_commands("paused"))
    assert [word.text for word in words[meaning.first : meaning.last]] == own


# --- safety ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("stopp", True),
        ("haus stopp", True),
        ("haus hund stopp", True),
        ("stopp haus hund", True),
        ("haus hund garten stopp", False),  # more than two: the recogniser's mistake
        ("äh ja haus hund also stopp", True),  # fillers don't count
        ("haus stopp hund", False),  # within talk, not at its edge
        ("[other] stopp", True),  # stands for two words
        ("[other] haus stopp", False),
        ("[other] [other] stopp", False),
        # sentences of several words stand out more
        ("haus hund garten das tut weh", True),
        ("haus hund garten baum das tut weh", False),
        ("haus das tut weh hund garten", True),
        ("[other] haus das tut weh", True),
        ("[other] [other] das tut weh", False),
    ],
)
def test_a_safety_word_stands_out_of_a_few_others(command_of, text: str, obeyed: bool) -> None:
    command = command_of(said(text))
    assert (command is not None and command.name in ("stop", "pain")) is obeyed


@pytest.mark.parametrize(
    ("text", "sure", "obeyed"),
    [
        ("gestoppt", 0.5, True),  # alone it always counts
        ("haus gestoppt", RULES.sure_safety, True),
        ("haus gestoppt", RULES.sure_safety - 0.01, False),
        ("haus hund gestoppt", 0.95, False),
        ("stopp", 0.1, True),  # its name: how sure it must be is for the ear to say
    ],
)
def test_beside_another_word_one_that_is_no_name_must_be_sure(
    command_of, text: str, sure: float, obeyed: bool
) -> None:
    words = said(text, gestoppt={"confidence": sure}, stopp={"confidence": sure})
    assert command_of(words) == (Command("stop") if obeyed else None)


def test_written_text_is_always_right(content: Content, understanding: Understanding) -> None:
    text = "haus hund garten stopp baum wald see"
    live = content.live_commands(STATE)
    assert understanding.text(text, live).command == Command("stop")
    assert understanding.meaning(said(text), live).command is None
