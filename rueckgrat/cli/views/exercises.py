"""How exercises and programmes look in a list, and what is wrong with a person's own files."""

import shlex
from collections.abc import Sequence
from typing import get_args

from rich.console import Console

from rueckgrat.cli.lines import print_line
from rueckgrat.exercises.check import Checked
from rueckgrat.exercises.unheard import Unheard
from skill.content.duration import minutes, programme_seconds
from skill.content.exercise import AgeGroup, Exercise
from skill.content.schema import Content, Programme
from skill.voice.choice import VoiceChoice

_MOST_WORDS = 12
"""So many words are named that nobody has listened to."""


def show_exercises(console: Console, content: Content) -> None:
    """Print all programmes, and then all exercises."""
    for programme in content.programmes:
        _show(console, programme, _programme_lines(content, programme))
    if content.programmes:
        print_line(console)
    for exercise in content.exercises:
        _show(console, exercise, _exercise_lines(exercise))


def show_checked(console: Console, checked: Checked) -> None:
    """Print all mistakes, or that there are none."""
    for mistake in checked.mistakes:
        print_line(console, str(mistake), "red")
    count = len(checked.mistakes)
    if count:
        many = "Ein Fehler" if count == 1 else f"{count} Fehler"
        print_line(console, f"{many}. Verbessern, dann noch einmal: rueckgrat exercise check")
        return
    files = len(checked.files)
    print_line(console, f"Alles in Ordnung ({'eine Datei' if files == 1 else f'{files} Dateien'}).")


def show_unheard(console: Console, setting: str, voice: VoiceChoice, found: Unheard) -> None:
    """Print a hint about words that nobody has heard this voice say, if there are any."""
    if not found.words:
        return
    named = ", ".join(f"„{word}“" for word in found.words[:_MOST_WORDS])
    more = len(found.words) - _MOST_WORDS
    others = "" if more <= 0 else " und ein weiteres" if more == 1 else f" und {more} weitere"
    lines = "einem Satz" if len(found.lines) == 1 else f"{len(found.lines)} Sätzen"
    section = "natural" if voice.natural else "respellings"
    called = voice.natural.stem if voice.natural else setting
    hint = (
        f"Ein Hinweis: Wie {called} das sagt, hat noch niemand geprüft: {named}{others}"
        f" (in {lines}). Hör hinein: rueckgrat voice try {shlex.quote(setting)}"
        f" {shlex.quote(found.lines[0])} Klingt ein Wort falsch, dann schreib in"
        f" respellings.yaml unter {section}: daneben, wie es klingen soll; klingt es richtig,"
        " schreib es genau so noch einmal daneben."
    )
    print_line(console, hint, "yellow")


def _show(console: Console, one: Programme | Exercise, lines: Sequence[str]) -> None:
    spoken = ", ".join(f"„{name}“" for name in one.spoken_names)
    print_line(console, one.title, "bold")
    for line in (one.purpose, f"Sag {spoken}.", *lines):
        print_line(console, f"  {line}")


def _programme_lines(content: Content, programme: Programme) -> list[str]:
    titles = ", ".join(content.exercise(one).title for one in programme.exercises)
    rounds = f" ({programme.rounds} Durchgänge)" if programme.rounds > 1 else ""
    lines = [f"{_how_long(content, programme)}: {titles}{rounds}."]
    if programme.material:
        without = ", ".join(content.exercise(one).title for one in programme.instead.values())
        otherwise = f" Geht auch ohne, dann mit: {without}." if without else ""
        lines.append(f"Du brauchst {programme.material}.{otherwise}")
    return lines


def _how_long(content: Content, programme: Programme) -> str:
    seconds = [programme_seconds(content, programme, group) for group in get_args(AgeGroup)]
    least, most = minutes(min(seconds)), minutes(max(seconds))
    if least != most:
        return f"Etwa {least} bis {most} Minuten, je nach Alter"
    return f"Etwa {least} Minute{'n' if least > 1 else ''}"


def _exercise_lines(exercise: Exercise) -> list[str]:
    start, most = exercise.repetitions.start, exercise.repetitions.most
    each = " auf jeder Seite" if exercise.sides else ""
    if exercise.alternating:
        each += ", immer im Wechsel"
    range_ = f"{start} bis {most}" if start != most else f"{start}"
    unit = exercise.unit.one if start == most == 1 else exercise.unit.many
    lines = [f"{range_} {unit}{each}."]
    if exercise.material:
        lines.append(f"Du brauchst {exercise.material}.")
    words = {"easier": "Leichter", "harder": "Schwerer"}
    variants = [f"{words[level]}: {one.title}" for level, one in exercise.variants.items()]
    if variants:
        lines.append(f"{'. '.join(variants)}.")
    lines += exercise.not_for
    return lines
