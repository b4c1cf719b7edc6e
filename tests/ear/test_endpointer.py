from skill.ear.endpointer import Endpointer, StablePartial
from skill.ear.rules import EarRules
from skill.messages.heard import Decision
from skill.understanding import Understanding
from tests.ear.fakes import content_of, row

BOOK = Understanding(
    content_of(
        {"next": row("weiter"), "resume": row("weiter machen"), "stop": row("stopp", safety=True)},
        fillers=["äh"],
    )
)
RULES = EarRules(
    early_quiet_seconds=0.1,
    short_quiet_seconds=0.2,
    end_quiet_seconds=0.4,
    stable_seconds=0.5,
    stable_safety_seconds=0.2,
)
NEXT = frozenset({"next"})
BLOCK = 0.1


def decisions(*blocks: tuple[str, float], live: frozenset[str] = NEXT) -> list[Decision | None]:
    """Feed (partial, seconds of quiet) block by block."""
    endpointer = Endpointer(BOOK, RULES)
    return [endpointer.process(text, live, quiet, quiet, BLOCK) for text, quiet in blocks]


def test_a_partial_stands_from_the_block_after_it_appeared() -> None:
    partial = StablePartial()
    assert [partial.process(text, 0.5) for text in ("ja", "ja", "ja", "jahr")] == [0, 0.5, 1.0, 0]


def test_a_phrase_ends_early_when_the_microphone_falls_quiet() -> None:
    assert decisions(("weiter", 0.0), ("weiter", 0.06), ("weiter", 0.16)) == [
        None,
        None,
        Decision.EARLY,
    ]


def test_a_phrase_that_may_go_on_waits_for_the_end() -> None:
    live = frozenset({"next", "resume"})
    blocks = [("weiter", 0.1), ("weiter", 0.3), ("weiter", 0.4)]
    assert decisions(*blocks, live=live) == [None, None, Decision.FINAL]
    assert decisions(("weiter machen", 0.1), live=live) == [Decision.EARLY]


def test_a_phrase_at_the_start_of_a_sentence_is_not_a_command() -> None:
    sentence = [("weiter", 0.0)] * 4 + [("weiter haus", 0.0), ("weiter haus", 0.2)]
    assert not any(decisions(*sentence))


def test_where_it_is_never_quiet_a_partial_must_stand_long() -> None:
    assert decisions(*[("weiter", 0.0)] * 6)[-2:] == [None, Decision.EARLY]


def test_a_safety_command_waits_for_no_quiet() -> None:
    assert decisions(*[("stopp", 0.0)] * 3, live=frozenset({"stop"}))[-1] is Decision.EARLY


def test_a_command_that_does_not_count_now_is_only_final() -> None:
    blocks = [("weiter", 0.1), ("weiter", 0.2), ("weiter", 0.4)]
    assert decisions(*blocks, live=frozenset())[-2:] == [None, Decision.FINAL]


def test_unknown_words_end_after_a_pause() -> None:
    assert decisions(("haus", 0.3), ("haus", 0.4)) == [None, Decision.FINAL]


def test_a_sound_without_a_partial_ends_too_but_silence_does_not() -> None:
    assert decisions(("", 0.0), ("", 0.1), ("", 0.2)) == [None, None, Decision.FINAL]
    assert not any(decisions(("", 1.0), ("", 1.1)))


def test_fillers_around_a_command_do_not_keep_it_waiting() -> None:
    blocks = [("äh weiter", 0.0), ("äh weiter", 0.16)]
    assert decisions(*blocks) == [None, Decision.EARLY]


def test_a_safety_word_stands_while_words_around_it_change() -> None:
    blocks = [("haus stopp", 0.0), ("hund stopp", 0.0), ("hund stopp baum", 0.0)]
    assert decisions(*blocks, live=frozenset({"stop"}))[-1] is Decision.EARLY


# --- quiet, and the lack of a voice ------------------------------------------------------------


def silent(*blocks: tuple[str, float]) -> list[Decision | None]:
    """Feed (partial, seconds without a voice) block by block, in a place that is never quiet."""
    endpointer = Endpointer(BOOK, RULES)
    return [endpointer.process(text, NEXT, 0.0, seconds, BLOCK) for text, seconds in blocks]


def test_where_a_fan_hums_the_lack_of_a_voice_ends_an_utterance() -> None:
    assert silent(("haus", 0.3), ("haus", 0.4)) == [None, Decision.FINAL]


def test_a_first_sound_without_a_voice_is_waited_for() -> None:
    blocks = [("", place * BLOCK) for place in range(1, 7)]
    ends = [one is Decision.FINAL for one in silent(*blocks)]
    voiceless = round(RULES.voiceless_seconds / BLOCK + 0.5)
    assert ends.index(True) == voiceless - 1
