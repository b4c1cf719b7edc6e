import pytest

from skill.content.command_row import CommandRow
from skill.content.schema import Content
from skill.ear.own_voice import OwnVoice
from skill.ear.rules import EarRules
from skill.ear.safety_watch import SafetyWatch
from skill.messages.heard import Speaking
from skill.understanding import Understanding
from tests.ear.fakes import LOUD, ScriptedRecogniser

BOOK = Understanding(
    Content(
        exercises=(),
        commands={
            "next": CommandRow(means="-", phrases=("weiter",), where=("everywhere",)),
            "stop": CommandRow(means="-", phrases=("stopp",), where=("everywhere",), safety=True),
        },
        phrases={},
        respellings={},
        decoys=(),
    )
)
RULES = EarRules(early_quiet_seconds=0.1, stable_safety_seconds=0.2, echo_seconds=0.5)
LINE = (Speaking("Hebe das Becken an.", 1.0, 9.0),)


def heard_in(*blocks: tuple[str, float], lines: tuple[Speaking, ...] = LINE) -> list[str]:
    """Feed (partial, seconds of quiet) block by block; return the text found in each block."""
    watch = SafetyWatch(ScriptedRecogniser([text for text, _ in blocks]), BOOK, RULES)
    found = []
    for number, (_, quiet) in enumerate(blocks, start=1):
        words = watch.process(LOUD, OwnVoice(lines, number * 0.1, RULES), quiet)
        found.append(" ".join(word.text for word in words))
    return found


def test_looks_as_soon_as_the_microphone_falls_quiet() -> None:
    assert heard_in(("stopp", 0.0), ("stopp", 0.12)) == ["", "stopp"]


def test_a_short_word_is_over_before_it_shows() -> None:
    recogniser = ScriptedRecogniser(["", ""])
    watch = SafetyWatch(recogniser, BOOK, RULES)
    assert watch.process(LOUD, OwnVoice(LINE, 0.1, RULES), 0.0) == ()
    assert recogniser.finished == 0
    watch.process(LOUD, OwnVoice(LINE, 0.2, RULES), 0.1)
    assert recogniser.finished == 1


def test_where_echo_goes_on_a_safety_word_must_stand() -> None:
    blocks = [("becken stopp", 0.0)] * 2 + [("becken stopp ruhig", 0.0)]
    assert heard_in(*blocks) == ["", "", "stopp"]


def test_other_commands_are_not_its_business() -> None:
    assert not any(heard_in(*[("weiter", 0.0)] * 5, ("weiter", 0.2)))


def test_is_deaf_while_the_coach_is_silent() -> None:
    assert not any(heard_in(*[("stopp", 0.0)] * 5, lines=()))
    over = (Speaking("Hebe das Becken an.", 9.6, 9.0),)
    assert not any(heard_in(*[("stopp", 0.0)] * 5, lines=over))


def test_its_words_are_on_the_session_s_clock_after_it_was_deaf() -> None:
    watch = SafetyWatch(ScriptedRecogniser(["", "stopp"]), BOOK, RULES)
    watch.process(LOUD, OwnVoice((), 4.9, RULES), 0.0)
    watch.process(LOUD, OwnVoice(LINE, 5.0, RULES), 0.0)
    [word] = watch.process(LOUD, OwnVoice(LINE, 5.1, RULES), 0.1)
    assert word.end_seconds == pytest.approx(5.1)
