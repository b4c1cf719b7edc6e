"""What people say: likely things mostly, everything sometimes."""

import random
from collections import Counter

from skill.content.loader import load_content
from skill.paths import dialogs_dir
from workbench.soak.behaviour import SENTENCE, Mood, phrase_for, wanted

CONTENT = load_content(dialogs_dir())
COMMANDS = sorted(CONTENT.commands)


def said(state: str, times: int = 2000) -> Counter[str]:
    chance, live = random.Random(1), CONTENT.live_commands(state)
    return Counter(wanted(chance, Mood(), state, live, COMMANDS) for _ in range(times))


def test_the_likely_answer_is_the_most_frequent() -> None:
    assert said("safety.ask").most_common(1)[0][0] == "yes"
    assert said("exercise.feedback").most_common(1)[0][0] == "feeling"


def test_everything_that_counts_is_said_now_and_then_but_for_the_end() -> None:
    heard = said("menu.ask")
    assert set(heard) >= CONTENT.live_commands("menu.ask") - {"quit"}
    assert heard[SENTENCE] > 0
    assert heard[""] > 0


def test_somebody_who_moves_is_mostly_silent() -> None:
    heard = said("exercise.repeat")
    assert heard[""] > sum(heard.values()) / 2
    assert heard["stop"] > 0
    assert heard["pain"] > 0


def test_a_phrase_means_the_command_and_the_slot() -> None:
    chance = random.Random(1)
    for name in ("next", "number", "exercise"):
        assert CONTENT.vocabulary[phrase_for(chance, CONTENT.vocabulary, name)].name == name
    three = phrase_for(chance, CONTENT.vocabulary, "number", "3")
    assert CONTENT.vocabulary[three].slot == "3"
    assert phrase_for(chance, {}, "next") == ""
