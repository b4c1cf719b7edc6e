from skill.ear.endpointer import Endpointer, StablePartial
from skill.ear.rules import EarRules
from skill.heard import Decision
from skill.understanding import Understanding
from tests.ear.fakes import content_of, row

BOOK = Understanding(
    content_of(
        {"next": row("weiter"), "resume": row("weiter machen"), "stop": row("stopp", safety=True)}
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
