"""Rules across files: what the ear can tell apart, and what the coach must never say.

Pure: looks at a loaded ``Content`` and names places, not lines; the loader knows the lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from skill.content.command_row import CommandRow
from skill.content.dialog_files import command_names
from skill.content.exercise import CHEST, AgeGroup, BodyPart
from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.content.states import EVERYWHERE, STATES
from skill.messages.notes import Feeling, Level
from skill.written.mistakes import suggest
from skill.written.spoken import words
from skill.written.yaml_source import Location

_NAMED_ELSEWHERE = ("person", "programme", "question")
"""Commands that may be without phrases: settings or files of their own name what can be said."""

_THINGS = {
    "commands": "Der Befehl",
    "exercises": "Die Übung",
    "programmes": "Das Programm",
    "knowledge": "Das Thema",
    "rules": "Die Regel",
    "phrases": "Der Satz",
    "decoy": "Der Eintrag",
}

SAME_ANSWER = frozenset({"next", "resume", "yes"})
"""Commands that may be said alike: the coach goes on for any of them."""


@dataclass(frozen=True)
class LintFinding:
    """A mistake. ``place`` is a file's part ("commands", "next"), ``location`` the way below it.

    ``problem`` and ``mend`` are as those of a ``RuleError``. Where two places do not go together,
    ``other`` is the same mistake as seen from the second.
    """

    place: tuple[str, str]
    location: Location
    problem: str
    mend: str
    other: "LintFinding | None" = None

    @property
    def at(self) -> str:
        """The place in words, to begin a sentence with, for what is in no file."""
        kind, name = self.place
        return f"{_THINGS.get(kind, kind)} „{name}“" if name else f"Die Liste „{kind}“"


@dataclass(frozen=True)
class Claim:
    """A phrase that a command claims, and where that is written."""

    phrase: str
    command: str
    slot: str
    place: tuple[str, str]
    location: Location


def lint(content: Content, awaited: Collection[str] = ()) -> list[LintFinding]:
    """Return every mistake across files, the ones in the commands first.

    ``awaited`` are ids of exercises that may be named although they are not there.
    """
    exercises = [*(exercise.id for exercise in content.exercises), *awaited]
    return [
        *_commands(content, exercises),
        *_programmes(content, exercises),
        *_claims_that_clash(content),
        *_decoys(content),
        *_safety_words_spoken(content),
    ]


def _commands(content: Content, exercises: Sequence[str]) -> Iterator[LintFinding]:
    known = command_names()
    for name, row in content.commands.items():
        place = ("commands", name)
        if name not in known:
            yield LintFinding(place, (), "ist kein Befehl", suggest(name, known))
        if not row.phrases and not row.slots and name not in _NAMED_ELSEWHERE:
            yield LintFinding(place, (), "hat keine Sätze", "Ergänze, was man dafür sagt.")
        if row.safety and EVERYWHERE not in row.where:
            yield LintFinding(
                place,
                ("where",),
                "lässt Zustände aus, obwohl es um die Sicherheit geht",
                "Schreib [everywhere].",
            )
    for name in sorted(set(known) - content.commands.keys()):
        yield LintFinding(("commands", ""), (), f"hat keine Zeile „{name}“", "Ergänze die Zeile.")
    yield from _slots(content, exercises)


def _slots(content: Content, exercises: Sequence[str]) -> Iterator[LintFinding]:
    numbers = content.commands.get("number")
    for phrase, value in numbers.slots.items() if numbers else ():
        if not value.isdecimal():
            yield LintFinding(
                ("commands", "number"),
                ("slots", phrase),
                f"ist keine Zahl in Ziffern: „{value}“",
                "Schreib die Ziffern, etwa „8“.",
            )
    yield from _unknown_slots(content, "exercise", exercises)
    yield from _unknown_slots(content, "programme", [one.id for one in content.programmes])
    yield from _unknown_slots(content, "feeling", list(Feeling))
    yield from _unknown_slots(content, "variant", [Level.EASIER, Level.HARDER])
    yield from _unknown_slots(content, "age", get_args(AgeGroup))
    yield from _unknown_slots(content, "body_part", [*get_args(BodyPart), CHEST])


def _unknown_slots(content: Content, command: str, known: Sequence[str]) -> Iterator[LintFinding]:
    row = content.commands.get(command)
    if row is None:
        return
    written: list[tuple[Location, str]] = [
        *((("slots", phrase), value) for phrase, value in row.slots.items()),
        *((("also", value), value) for value in row.also),
    ]
    for location, value in written:
        if value not in known:
            yield LintFinding(
                ("commands", command),
                location,
                f"nennt etwas, das es für {command} nicht gibt: „{value}“",
                suggest(value, known),
            )


def _programmes(content: Content, exercises: Sequence[str]) -> Iterator[LintFinding]:
    for programme in content.programmes:
        wanted: list[tuple[Location, str]] = [
            *((("exercises", index), one) for index, one in enumerate(programme.exercises)),
            *((("instead", one), other) for one, other in programme.instead.items()),
        ]
        for location, exercise_id in wanted:
            if exercise_id not in exercises:
                yield LintFinding(
                    ("programmes", programme.id),
                    location,
                    f"nennt eine Übung, die es nicht gibt: „{exercise_id}“",
                    suggest(exercise_id, exercises),
                )


def claims(content: Content) -> Iterator[Claim]:
    """Yield what is claimed where it is written: names and questions in their own files."""
    places = list(_places_of_names(content))
    names = {(command, phrase) for command, phrase, *_ in places}
    for command, row in content.commands.items():
        place = ("commands", command)
        for index, phrase in enumerate(row.phrases):
            yield Claim(phrase, command, "", place, ("phrases", index))
        for phrase, slot in row.slots.items():
            if (command, phrase) not in names:
                yield Claim(phrase, command, slot, place, ("slots", phrase))
    for command, phrase, slot, kind, location in places:
        yield Claim(phrase, command, slot, (kind, slot), location)


def _places_of_names(content: Content) -> Iterator[tuple[str, str, str, str, Location]]:
    """Yield command, phrase, slot, kind of file and place for all that files of their own name."""
    for exercise in content.exercises:
        for index, name in enumerate(exercise.spoken_names):
            yield "exercise", name, exercise.id, "exercises", ("spoken_names", index)
    for programme in content.programmes:
        for index, name in enumerate(programme.spoken_names):
            yield "programme", name, programme.id, "programmes", ("spoken_names", index)
    for key, topic in content.topics.items():
        for index, phrase in enumerate(topic.questions):
            yield "question", phrase, key, "knowledge", ("questions", index)


def _claims_that_clash(content: Content) -> Iterator[LintFinding]:
    sounds: dict[str, list[Claim]] = defaultdict(list)
    every_claim = list(claims(content))
    for claim in every_claim:
        alike = sounds[claim.phrase.replace(" ", "")]
        first = next((one for one in alike if _one_too_many(content, claim, one)), None)
        if first:
            yield replace(_same(claim, first), other=_same(first, claim))
        alike.append(claim)
    by_phrase: dict[str, list[Claim]] = defaultdict(list)
    for claim in every_claim:
        by_phrase[claim.phrase].append(claim)
    for claim in every_claim:
        for beginning in _beginnings(claim.phrase):
            for other in by_phrase.get(beginning, ()):
                if _confusable(content, claim, other):
                    yield _begins_like(claim, other)


def _one_too_many(content: Content, claim: Claim, other: Claim) -> bool:
    """Return whether a phrase is claimed twice for one thing, or for two where both count."""
    same = (claim.command, claim.slot) == (other.command, other.slot)
    return same or _confusable(content, claim, other)


def taken_by(content: Content, command: str, phrase: str) -> str:
    """Return what a new phrase of a command would be confused with; empty for nothing."""
    new = Claim(phrase, command, "", ("", ""), ())
    every_claim = list(claims(content))
    for other in every_claim:
        if phrase.replace(" ", "") == other.phrase.replace(" ", ""):
            return other.phrase
    for other in every_claim:
        alike = _begins(phrase, other.phrase) or _begins(other.phrase, phrase)
        if alike and _confusable(content, new, other):
            return other.phrase
    return ""


def _beginnings(phrase: str) -> Iterator[str]:
    """Yield the whole words that a phrase begins with: one, two, and so on, but not all."""
    return (phrase[:end] for end, sign in enumerate(phrase) if sign == " ")


def _begins(longer: str, shorter: str) -> bool:
    return longer.startswith(f"{shorter} ")


def _same(claim: Claim, first: Claim) -> LintFinding:
    return LintFinding(
        claim.place,
        claim.location,
        f"sagt „{claim.phrase}“, und das gehört schon {_owner(first)}"
        + ("" if first.phrase == claim.phrase else f", als „{first.phrase}“"),
        "Behalte es an einer Stelle, in einer Schreibweise.",
    )


def _begins_like(longer: Claim, shorter: Claim) -> LintFinding:
    from_the_shorter = LintFinding(
        shorter.place,
        shorter.location,
        f"sagt „{shorter.phrase}“, und so beginnt auch „{longer.phrase}“ von {_owner(longer)}:"
        " Ich würde handeln, bevor der Rest gesagt ist",
        "Nimm ein anderes Wort, oder mehr Wörter.",
    )
    return LintFinding(
        longer.place,
        longer.location,
        f"sagt „{longer.phrase}“, und das beginnt wie „{shorter.phrase}“ von {_owner(shorter)}:"
        " Ich würde handeln, bevor der Rest gesagt ist",
        "Beginne mit einem anderen Wort.",
        from_the_shorter,
    )


def _confusable(content: Content, claim: Claim, other: Claim) -> bool:
    """Return whether two claims mean different things in at least one state."""
    if (claim.command, claim.slot) == (other.command, other.slot):
        return False
    if {claim.command, other.command} <= SAME_ANSWER:
        return False
    return _share_a_state(content.commands[claim.command], content.commands[other.command])


def _share_a_state(row: CommandRow, other: CommandRow) -> bool:
    return any(row.counts_in(state) and other.counts_in(state) for state in STATES)


def _owner(claim: Claim) -> str:
    kind = {"exercises": "der Übung", "programmes": "dem Programm", "knowledge": "dem Thema"}
    if claim.place[0] in kind:
        return f"{kind[claim.place[0]]} „{claim.slot}“"
    return f"dem Befehl „{claim.command}“"


def _decoys(content: Content) -> Iterator[LintFinding]:
    seen: set[str] = set()
    claimed = {claim.phrase: claim for claim in claims(content)}
    for decoy in content.decoys:
        if decoy in content.vocabulary:
            owner, claim = content.vocabulary[decoy].name, claimed[decoy]
            yield LintFinding(
                ("decoys", ""),
                (),
                f"enthält „{decoy}“, und das gehört dem Befehl „{owner}“",
                "Nimm es aus decoys heraus.",
                LintFinding(
                    claim.place,
                    claim.location,
                    f"sagt „{decoy}“, und das steht in decoys",
                    "Nimm andere Wörter.",
                ),
            )
        if decoy in seen:
            yield LintFinding(
                ("decoys", ""), (), f"enthält „{decoy}“ zweimal", "Lösch eines davon."
            )
        seen.add(decoy)


def _safety_words_spoken(content: Content) -> Iterator[LintFinding]:
    """Find lines with which the coach would call a halt to itself."""
    phrases = [phrase for name in content.safety_commands for phrase in _all(content, name)]
    for place, location, line in spoken_lines(content):
        spoken = f" {words(line)} "
        for phrase in phrases:
            if f" {phrase} " in spoken:
                yield LintFinding(
                    place,
                    location,
                    f"lässt mich „{phrase}“ sagen, und das würde ich selbst als Halt verstehen",
                    "Sag es mit anderen Wörtern.",
                )


def _all(content: Content, command: str) -> tuple[str, ...]:
    row = content.commands[command]
    return (*row.phrases, *row.slots)
