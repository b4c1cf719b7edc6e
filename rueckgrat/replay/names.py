"""The names that a dialog test gives to lines, commands, notes, exercises: is there such a thing?

States, and words out of a fixed few, are checked where they stand (``dialog``, ``past``).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import TypeAlias

from rueckgrat.replay.dialog import Dialog, Expectation, When
from rueckgrat.replay.matching import ANY, OF_WHOM
from rueckgrat.replay.past import Past
from skill.coach.dial import TEMPOS
from skill.coach.german import more_word, number_word, ordinal, repetitions, times
from skill.content.lines import line_ids
from skill.content.schema import Content
from skill.ear.judge import DOUBTED, LOW_CONFIDENCE, NO_VOICE
from skill.ear.own_voice import own_words
from skill.errors import ContentError
from skill.messages.heard import ECHO, MASKED, TALKED_OVER
from skill.messages.notes import Feeling, Level, Outcome
from skill.progress.naming import NOTE_KINDS
from skill.settings.household import Household
from skill.understanding.meant import NEGATED, NOT_ASKED, UNKNOWN_WORDS
from skill.voice.earcons import MELODIES
from skill.written.mistakes import RuleError, suggest
from skill.written.spoken import words
from skill.written.yaml_source import Location, YamlSource

Wrong: TypeAlias = tuple[Location, RuleError]
"""A place in the file, and what is wrong with the name there."""

_LIKE_AN_ID = re.compile(r"\w[\w-]*([._][\w-]+)+")
_WITH_VALUE = re.compile(r"(\w+)(?:\(([^()]*)\))?")
_MOST_COUNTED = 100

_REASONS = (
    *(UNKNOWN_WORDS, NOT_ASKED, NEGATED, LOW_CONFIDENCE, NO_VOICE, DOUBTED),
    *(ECHO, MASKED, TALKED_OVER),
)
"""Why speech is no command."""


def wrong_names(source: YamlSource, dialog: Dialog, content: Content) -> list[ContentError]:
    """Return an error for each name in a dialog test that stands for nothing there is."""
    names = Names(content, dialog.setup)
    found = (
        source.error(location, error.problem, error.mend) for location, error in names.all(dialog)
    )
    return sorted(found, key=lambda error: error.line or 0)


class Names:
    """The names there are in ``content``, for the people of a household.

    Each ``check_…`` raises RuleError for a name that stands for nothing.
    """

    def __init__(self, content: Content, household: Household) -> None:
        self._content = content
        self._people = tuple(name.lower() for name in household.people)
        self._exercises = tuple(one.id for one in content.exercises)
        self._programmes = tuple(one.id for one in content.programmes)
        self._said_by_people = " ".join((*household.people, *household.wake))

    def all(self, dialog: Dialog) -> Iterator[Wrong]:
        """Yield whatever is wrong with the names of a dialog, and where."""
        for number, past in enumerate(dialog.setup.past):
            yield from self._of_past(past, ("setup", "past", number))
        for number, step in enumerate(dialog.steps):
            yield from self._of_when(step.when, ("steps", number, "when"))
            for field in ("expect", "never"):
                expected: Iterable[Expectation] = getattr(step, field)
                yield from self._of_expected(expected, ("steps", number, field))
        yield from self._of_expected(dialog.never, ("never",))

    def check_line(self, wanted: str) -> None:
        """Accept the id of a line, or words that the coach may say."""
        if wanted == ANY or wanted in self._lines:
            return
        if _LIKE_AN_ID.fullmatch(wanted):
            beginning = f"{wanted.partition('.')[0]}."
            kin = {line for line in self._lines if line.startswith(beginning)}
            raise RuleError(
                f"nennt einen Satz, den es nicht gibt: „{wanted}“",
                suggest(wanted, kin) if kin else self._nearest_line(wanted),
            )
        for word in words(wanted).split():
            if not (word in self._words or word.isdigit()):
                raise RuleError(
                    f"nennt weder einen Satz noch Wörter, die ich sage: „{wanted}“",
                    self._nearest_line(wanted, word),
                )

    def check_command(self, wanted: str) -> None:
        """Accept a command, with or without one of its values: ``number``, ``number(8)``."""
        name, value = _split(wanted, "Befehl", "number oder number(8)")
        if name == ANY and value is None:
            return
        commands = self._content.commands
        if name not in commands:
            raise RuleError(
                f"nennt einen Befehl, den es nicht gibt: „{wanted}“", suggest(name, commands)
            )
        row = commands[name]
        values = self._people if name == "person" else {*row.slots.values(), *row.also}
        if value is None or value in values:
            return
        if not values:
            mend = "Schreib die Namen in setup, bei people." if name == "person" else ""
            raise RuleError(
                f"gibt dem Befehl {name} einen Wert, den er nicht hat: „{value}“",
                mend or f"Schreib nur {name}.",
            )
        raise RuleError(
            f"nennt beim Befehl {name} etwas, das es nicht gibt: „{value}“",
            f"Nimm eine Zahl bis {max(map(int, values))}."
            if all(map(str.isdigit, values))
            else suggest(value, values),
        )

    def check_note(self, wanted: str) -> None:
        """Accept what may be remembered: ``rated``, ``set_done(bruecke, pain) of anna``."""
        note, of_whom, person = wanted.partition(OF_WHOM)
        kind, details = _split(note, "Name für Gemerktes", "set_done oder set_done(bruecke)")
        if kind not in (*NOTE_KINDS, ANY):
            raise RuleError(
                f"nennt etwas, das ich mir nicht merke: „{wanted}“", suggest(kind, NOTE_KINDS)
            )
        if of_whom:
            self._check_person(person)
        allowed = self._details.get(kind, ())
        given = details.split(", ") if details is not None else []
        if len(given) > len(allowed):
            raise RuleError(
                f"nennt bei {kind} mehr, als ich mir merke: „{wanted}“",
                f"Schreib {kind}, mit höchstens {len(allowed)} Angaben in der Klammer."
                if allowed
                else f"Schreib nur {kind}.",
            )
        for one, known in zip(given, allowed, strict=False):
            _check_known(one, known, f"bei {kind}")

    # --- inside ------------------------------------------------------------------------------

    @cached_property
    def _lines(self) -> frozenset[str]:
        return line_ids(self._content)

    @cached_property
    def _words(self) -> frozenset[str]:
        """All words that the coach may say, those included that are filled into its lines."""
        content, counting = self._content, (number_word, repetitions, times, more_word)
        filled = (
            *(say(number) for number in range(1, _MOST_COUNTED) for say in counting),
            *map(ordinal, range(1, 8)),
            *(row.asked for row in content.commands.values()),
            *content.vocabulary,
            self._said_by_people,
        )
        return own_words(content) | {word for text in filled for word in words(text).split()}

    @cached_property
    def _details(self) -> Mapping[str, tuple[Collection[str], ...]]:
        """What may stand in brackets behind the name of a note, place by place."""
        exercises, levels = self._exercises, [one.value for one in Level]
        return {
            "plan_at": (exercises, self._programmes),
            "set_done": (exercises, [one.value for one in Outcome]),
            "rated": (exercises, [one.value for one in Feeling]),
            "level_chosen": (exercises, levels),
            "hurt": (exercises,),
            "wanted": (exercises,),
            "age_told": (("young", "middle", "older"),),
            "tempo_chosen": ([f"{tempo:g}" for tempo in TEMPOS],),
        }

    def _of_when(self, when: When, place: Location) -> Iterator[Wrong]:
        for field in ("said", "saying"):
            if wanted := getattr(when, field):
                yield from _wrong((*place, field), self.check_line, wanted)

    def _of_expected(self, expected: Iterable[Expectation], place: Location) -> Iterator[Wrong]:
        checks: dict[str, Callable[[str], None]] = {
            "heard": self.check_command,
            "coach": self.check_line,
            "cut": self.check_line,
            "earcon": partial(_check_known, known=(*MELODIES, ANY), where="bei earcon"),
            "remembered": self.check_note,
            "rejected": _check_reason,
            "dropped": _check_reason,
        }
        for number, one in enumerate(expected):
            if check := checks.get(one.what):
                yield from _wrong((*place, number, one.what), check, getattr(one, one.what))

    def _of_past(self, past: Past, place: Location) -> Iterator[Wrong]:
        named = [
            (("exercise",), past.exercise, self._exercises),
            (("programme",), past.programme, self._programmes),
            *((("plan", number), one, self._exercises) for number, one in enumerate(past.plan)),
        ]
        for field, name, known in named:
            if name:
                check = partial(_check_known, known=known, where="im Vergangenen")
                yield from _wrong((*place, *field), check, name)
        if past.person or self._people:
            yield from _wrong((*place, "person"), self._check_person, past.person)

    def _check_person(self, name: str) -> None:
        if name.lower() in self._people:
            return
        if not name:
            raise RuleError(
                "fehlt, und people nennt mehrere" if len(self._people) > 1 else "fehlt",
                f"Schreib einen der Namen dazu: {', '.join(self._people)}.",
            )
        raise RuleError(
            f"nennt „{name}“, und dieser Name fehlt in people",
            suggest(name.lower(), self._people)
            if self._people
            else "Nimm person heraus, oder schreib den Namen in people.",
        )

    def _nearest_line(self, wanted: str, word: str = "") -> str:
        line = suggest(wanted, self._lines, otherwise=_WHERE_LINES_ARE)
        return suggest(word, self._words, otherwise=line) if word else line


_WHERE_LINES_ARE = (
    "Nimm einen Namen aus dialogs/phrases.yaml, den einer Übung wie bruecke.introduction,"
    " oder Wörter, die ich wirklich sage."
)


def _split(wanted: str, what: str, example: str) -> tuple[str, str | None]:
    """Return a name and the value in brackets behind it, if any."""
    match = _WITH_VALUE.fullmatch(wanted)
    if match is None:
        raise RuleError(f"ist kein {what}: „{wanted}“", f"Schreib es so: {example}.")
    return match[1], match[2]


def _check_known(name: str, known: Collection[str], where: str) -> None:
    if name not in known:
        raise RuleError(f"nennt {where} etwas, das es nicht gibt: „{name}“", suggest(name, known))


def _check_reason(wanted: str) -> None:
    """Refuse what is nearly the reason of a rejection; all else may be words that were said."""
    mend = suggest(wanted, _REASONS, otherwise="") if " " in wanted else ""
    if mend and not any(wanted in reason for reason in _REASONS):
        raise RuleError(f"nennt einen Grund, den es nicht gibt: „{wanted}“", mend)


def _wrong(location: Location, check: Callable[[str], None], wanted: str) -> Iterator[Wrong]:
    try:
        check(wanted)
    except RuleError as error:
        yield location, error
