"""How people talk to the trainer: what they say in a state, likely and unlikely. Pure.

What is likely leads on; what is unlikely counts as well, or doesn't; and some of it is not meant
for the trainer at all.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from skill.messages.heard import Command

SENTENCE = "sentence"
"""What somebody says to somebody else."""

_LIKELY: Mapping[str, tuple[str, ...]] = {
    "standby": ("wake",),
    "invited": ("yes", "yes", "no"),
    "who": ("person",),
    "safety.ask": ("yes",) * 12 + ("no", "red_flags"),
    "safety.red_flags": ("next",),
    "menu.ask": ("exercise", "exercise", "programme", "all", "question"),
    "menu.count": ("number", "number", "next"),
    "menu.age": ("next",),
    "menu.material": ("yes", "no"),
    "menu.resume": ("yes", "no"),
    "exercise.position": ("next", "next", "next", "yes", "number", "explain"),
    "exercise.feedback": ("feeling",),
    "exercise.rest": ("next", "question", "week"),
    "paused": ("resume", "resume", "next", "yes"),
    "pain.ask": ("yes", "yes", "no", "next"),
    "pain.where": ("body_part", "body_part", "next"),
    "pain.spread": ("no", "no", "next", "yes"),
    "pain.offer": ("next", "another"),
}
"""What leads on from each state; where none is named the coach goes on by itself."""

_MIDWAY = ("exercise.repeat", "exercise.introduce", "exercise.change")
_DURING = ("done", "pause", "slower", "faster", "how_many", "louder", "quieter", "skip", "variant")


@dataclass(frozen=True)
class Mood:
    """Chances in each moment that something could be said."""

    silent: float = 0.08
    unlikely: float = 0.12
    out_of_place: float = 0.04
    to_others: float = 0.04
    stop: float = 0.03
    pain: float = 0.015
    during: float = 0.25


def wanted(
    chance: random.Random, mood: Mood, state: str, live: frozenset[str], everything: Sequence[str]
) -> str:
    """Return the name of a command to be said now; ``SENTENCE``, or "" for silence."""
    if state in _MIDWAY and chance.random() > mood.during:
        return ""
    left = chance.random()
    for name, share in (
        ("", mood.silent),
        ("stop", mood.stop),
        ("pain", mood.pain),
        (SENTENCE, mood.to_others),
    ):
        if left < share:
            return name
        left -= share
    if left < mood.unlikely:
        return chance.choice(sorted(live - {"quit", "wake"}))
    if left < mood.unlikely + mood.out_of_place:
        return chance.choice([name for name in everything if name not in live] or [""])
    if state in _MIDWAY:
        return chance.choice(_DURING)
    return chance.choice(_LIKELY.get(state, ("",)))


def understandable(
    vocabulary: Mapping[str, Command], knows: Callable[[str], bool]
) -> dict[str, Command]:
    """Return the phrases of which the speech model knows every word."""
    return {
        phrase: command for phrase, command in vocabulary.items() if all(map(knows, phrase.split()))
    }


def phrase_for(
    chance: random.Random, vocabulary: Mapping[str, Command], name: str, slot: str = ""
) -> str:
    """Return a way to say a command; of ``slot`` where it is named. "" where there is none."""
    ways = [
        phrase
        for phrase, command in vocabulary.items()
        if command.name == name and (not slot or command.slot == slot)
    ]
    return chance.choice(ways) if ways else ""
