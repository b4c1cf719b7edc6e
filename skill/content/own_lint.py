"""Rules for a person's own files, which the shipped ones keep by their tests."""

import math
from collections.abc import Callable, Iterator

from skill.content.exercise import Phase
from skill.content.lint import LintFinding, claims
from skill.content.schema import Content
from skill.content.sentences import templates_of
from skill.content.templates import template_words
from skill.written.yaml_source import Location

CUE_LETTERS_A_SECOND = 10
"""The slowest of the shipped cues, as espeak-ng says them at 175 words a minute (median: 13)."""

HINT_LETTERS_A_SECOND = 12
"""Longer lines: 17 letters a second at 175 words a minute, so 12 at the trainer's 130."""


def unknown_words(knows: Callable[[str], bool]) -> Callable[[Content], Iterator[LintFinding]]:
    """Return the rule that every word that can be said is one that the speech model knows."""

    def rule(content: Content) -> Iterator[LintFinding]:
        for claim in claims(content):
            for word in claim.phrase.split():
                if not knows(word):
                    yield _never_heard(claim.place, claim.location, word)
        yield from unknown_template_words(knows)(content)

    return rule


def unknown_template_words(
    knows: Callable[[str], bool],
) -> Callable[[Content], Iterator[LintFinding]]:
    """Return the rule that the speech model knows every word of the templates, and every filler.

    Words of the shipped rules count where they are written, not in each template that uses them.
    """

    def rule(content: Content) -> Iterator[LintFinding]:
        for name, row in content.commands.items():
            for location, sense in templates_of(name, row):
                for word in template_words(sense.template):
                    if not knows(word):
                        yield _never_heard(("commands", name), location, word)
        for filler in content.fillers:
            for word in filler.split():
                if not knows(word):
                    yield _never_heard(("fillers", filler), (), word)

    return rule


def _never_heard(place: tuple[str, str], location: Location, word: str) -> LintFinding:
    return LintFinding(
        place,
        location,
        f"enthält „{word}“, und dieses Wort kennt das Sprachmodell nicht",
        "Nimm ein anderes Wort, oder zwei Wörter, aus denen es besteht.",
    )


def lines_too_long(content: Content) -> Iterator[LintFinding]:
    """Find cues that take longer than their movement: it would wait for them."""
    for exercise in content.exercises:
        place = ("exercises", exercise.id)
        for location, phase in exercise.placed_phases():
            for index, cue in enumerate(phase.say):
                needed_seconds = len(cue) / CUE_LETTERS_A_SECOND
                if needed_seconds > phase.seconds:
                    where = (*location, "say", index)
                    yield _too_long(place, where, "dauert", needed_seconds, phase)
            hint_seconds = sum(map(len, phase.hints)) / HINT_LETTERS_A_SECOND
            needed_seconds = max(map(len, phase.say)) / CUE_LETTERS_A_SECOND + hint_seconds
            if phase.hints and needed_seconds > phase.seconds:
                where = (*location, "hints")
                yield _too_long(place, where, "dauert mit der Ansage", needed_seconds, phase)


def _too_long(
    place: tuple[str, str], location: Location, takes: str, seconds: float, phase: Phase
) -> LintFinding:
    enough = math.ceil(seconds * 2) / 2
    return LintFinding(
        place,
        location,
        f"{takes} gesprochen etwa {seconds:.1f} Sekunden, und die Phase hat {phase.seconds:g}",
        f"Kürz es, oder schreib „seconds: {enough:g}“.",
    )
