"""The questions at the keyboard that make a new exercise."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import typer

from rueckgrat.cli.lines import ask, console_on, print_line
from rueckgrat.exercises.draft import Draft, DraftPhase, as_yaml, example
from rueckgrat.exercises.draft_answers import (
    SpokenAnswers,
    WrongAnswerError,
    comma_separated,
    phase_name,
    phase_seconds,
    repetitions,
)
from rueckgrat.figures.files import exercise_called
from rueckgrat.figures.written import figure_yaml, nearest
from skill.content.exercise import Exercise
from skill.content.own import own_content
from skill.content.schema import Content
from skill.errors import SkillError, reason
from skill.files import is_there, slug, write_whole
from skill.paths import dialogs_dir, expanded, own_dialogs_dir
from skill.settings import Settings
from skill.written.spoken import words
from skill.written.text import typed

Knows = Callable[[str], bool]
_T = TypeVar("_T")

_BREATHS = {"ein": "in", "aus": "out", "frei": ""}
_YES_OR_NO = {"ja": True, "nein": False}
_KINDS = {"bewegen": False, "halten": True}


@dataclass(frozen=True)
class Made:
    """A new exercise, and where it was written."""

    path: Path
    draft: Draft


def make_exercise(
    name: str, settings: Settings, knows: Knows | None, asks: bool = True
) -> Made | None:
    """Ask for an exercise and write it; without ``asks`` write the example under this name.

    ``knows`` tells whether the speech model knows a word; None: nobody can tell. Returns None if
    the person would rather not replace what is there. Raises SkillError when nobody answers, when
    nothing can be written, and instead of asking whether to replace.
    """
    title = " ".join(typed(name).split())
    exercise_id = slug(title)
    if not exercise_id or not words(title):
        raise SkillError(
            f"„{name}“ ist kein Name.", "Nimm Buchstaben, etwa Hund.", code="no-name", name=name
        )
    folder = expanded(settings.dialogs) if settings.dialogs else own_dialogs_dir()
    path = folder / "exercises" / f"{exercise_id}.yaml"
    draft = example(title[0].upper() + title[1:], words(title))
    try:
        if not _may_write(path, asks):
            return None
        content = own_content(settings.dialog_folders, without=[path]).content
        draft = _Questions(content, knows).ask(draft) if asks else with_figure(draft, content)
    except typer.Abort:
        if sys.stdin.isatty():
            raise KeyboardInterrupt from None
        raise SkillError(
            "Du hast nicht alle Fragen beantwortet, deshalb habe ich nichts geschrieben.",
            "Antworte an einer Tastatur, oder nimm mit --template ein Beispiel zum Ändern.",
            code="not-answered",
        ) from None
    try:
        write_whole(path, as_yaml(draft))
    except OSError as error:
        raise SkillError(
            f"{path} kann ich nicht schreiben ({reason(error)}).",
            "Nenn mit --dialogs einen Ordner, in den du schreiben darfst.",
            code="unwritable",
            path=path,
        ) from error
    return Made(path, draft)


def _may_write(path: Path, asks: bool) -> bool:
    """Ask before anything is replaced, one's own file or a shipped exercise."""
    shipped = dialogs_dir() / "exercises" / path.name
    if is_there(path):
        question = f"{path} gibt es schon. Überschreiben?"
    elif is_there(shipped):
        question = f"Die Übung {path.stem} bringt der Trainer schon mit. Durch deine ersetzen?"
    else:
        return True
    if asks:
        return _choice(question, _YES_OR_NO, "nein")
    raise SkillError(
        f"Die Übung {path.stem} gibt es schon: {path if is_there(path) else shipped}.",
        "Nimm einen anderen Namen, oder ändere diese Datei oder eine Kopie davon.",
        code="there-already",
        path=path,
    )


class _Questions:
    """Asks one question after the other, each with an example to be taken by pressing Enter."""

    def __init__(self, content: Content, knows: Knows | None) -> None:
        self._content = content
        self._answers = SpokenAnswers(content, knows)

    def ask(self, default: Draft) -> Draft:
        """Return the exercise that the answers make."""
        _tell("Ein paar Fragen zu deiner Übung. Enter nimmt den Vorschlag in Klammern.\n")
        title = _until_right("Wie heißt sie?", default.title, self._answers.spoken)
        names = _until_right(
            "Wie willst du sie verlangen? Mehrere Namen mit Komma, z. B. hund, der hund",
            ", ".join(default.spoken_names),
            self._answers.names,
        )
        draft = replace(
            default,
            title=title,
            spoken_names=names,
            purpose=self._line("Wozu ist sie gut?", default.purpose),
            muscles=_until_right(
                "Welche Muskeln arbeiten? Mit Komma", ", ".join(default.muscles), comma_separated
            ),
            explanation=self._line("Was macht man, in ein, zwei Sätzen?", default.explanation),
            position=self._line("Wie liegt, sitzt oder steht man am Anfang?", default.position),
            sides=self._sides(),
            phases=self._phases(default.phases),
            repetitions=_until_right(
                "Wie viele Wiederholungen?", str(default.repetitions), repetitions
            ),
        )
        draft = replace(
            draft,
            reminder=_until_right(
                "Woran soll ich zwischendurch erinnern? Ganz kurz",
                default.reminder,
                self._answers.cue,
            ),
            caution=self._line("Worauf soll man achten?", default.caution),
            leave=self._line(
                "Wie kommt man behutsam heraus, wenn es unangenehm wird?", default.leave
            ),
        )
        return self._figure(draft)

    def _figure(self, draft: Draft) -> Draft:
        """Return the draft with the figure of an exercise that looks like it, if one does."""
        like = nearest(draft.position, [one.name for one in draft.phases], self._content.exercises)

        def accept(text: str) -> Draft:
            if text == ".":
                return draft
            try:
                return with_figure(draft, self._content, exercise_called(self._content, text))
            except SkillError as error:
                raise WrongAnswerError(str(error)) from None

        question = "Welcher Übung sieht sie ähnlich? Deren Figur bekommt sie; ein Punkt heißt keine"
        return _until_right(question, like.title if like else ".", accept)

    def _sides(self) -> tuple[str, ...]:
        question = "Kommt erst die eine, dann die andere Seite dran?"
        if not _choice(question, _YES_OR_NO, "nein"):
            return ()
        right = _until_right("Was ist zuerst dran?", "rechte Seite", self._answers.spoken)
        left = _until_right("Und danach?", "linke Seite", self._answers.spoken)
        return right, left

    def _phases(self, examples: Sequence[DraftPhase]) -> tuple[DraftPhase, ...]:
        _tell(
            "\nNun eine Wiederholung, Bewegung für Bewegung, z. B. heben, bleiben, senken."
            " Ein Punkt statt eines Namens beendet sie."
        )
        phases: list[DraftPhase] = []
        while True:
            number = len(phases)
            shown = examples[number] if number < len(examples) else None
            taken = {phase.name for phase in phases}
            suggestion = shown.name if shown and shown.name not in taken else "."
            name = _until_right(
                f"{number + 1}. Wie heißt die Bewegung?",
                suggestion,
                partial(phase_name, taken=taken),
            )
            if not name:
                return tuple(phases)
            phases.append(self._phase(name, shown if shown and shown.name == name else None))

    def _phase(self, name: str, shown: DraftPhase | None) -> DraftPhase:
        shown = shown or DraftPhase(name, f"{name.capitalize()}.", 3)
        kinds = {held: word for word, held in _KINDS.items()}
        is_hold = _choice("   Bewegen oder halten?", _KINDS, kinds[shown.is_hold])
        breaths = {breath: word for word, breath in _BREATHS.items()}
        breath = _choice("   Atem: ein, aus oder frei?", _BREATHS, breaths[shown.breath])
        say = _until_right(
            "   Was sage ich dazu? Ganz kurz", shown.say, partial(self._answers.cue, breath=breath)
        )
        seconds = _until_right(
            "   Wie viele Sekunden?", f"{shown.seconds:g}", partial(phase_seconds, say=say)
        )
        return DraftPhase(name, say, seconds, breath, is_hold)

    def _line(self, question: str, default: str) -> str:
        return _until_right(question, default, self._answers.sentence)


def with_figure(draft: Draft, content: Content, like: Exercise | None = None) -> Draft:
    """Return the draft with the figure of an exercise, or else of the one that is nearest."""
    phases = [one.name for one in draft.phases]
    found = like or nearest(draft.position, phases, content.exercises)
    return replace(draft, figure=figure_yaml(found, phases) if found else "")


def _tell(sentence: str) -> None:
    print_line(console_on(sys.stdout), sentence)


def _until_right(question: str, default: str, accept: Callable[[str], _T]) -> _T:
    """Ask until an answer can be taken, and say each time why one cannot."""
    console = console_on(sys.stdout)
    while True:
        answer = ask(console, question, default)
        try:
            return accept(" ".join(typed(answer).split()))
        except WrongAnswerError as error:
            _tell(f"   {error}")


def _choice(question: str, known: dict[str, _T], default: str) -> _T:
    """Ask for one of the ``known`` words; its beginning will do."""

    def accept(text: str) -> _T:
        found = [word for word in known if word.startswith(text.lower())]
        if len(found) != 1:
            raise WrongAnswerError(f"Sag eines davon: {', '.join(known)}.")
        return known[found[0]]

    return _until_right(question, default, accept)
