"""``exercises``: what can be trained."""

from typing import TYPE_CHECKING

import typer

from skill.cli.options import Dialogs
from skill.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from skill.content.exercise import Exercise
    from skill.content.schema import Content, Programme


def exercises(context: typer.Context, dialogs: Dialogs = None) -> None:
    """List programmes and exercises: what to say, what they are good for, how long, how often."""
    from skill.content.own import content_for
    from skill.settings import load_settings

    settings = load_settings({"dialogs": dialogs})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        content = content_for(settings.dialog_folders)
        for programme in content.programmes:
            _entry(console, programme, _programme_lines(content, programme))
        if content.programmes:
            console.print()
        for exercise in content.exercises:
            _entry(console, exercise, _exercise_lines(exercise))


def _entry(console: "Console", one: "Programme | Exercise", lines: "Sequence[str]") -> None:
    spoken = ", ".join(f"„{name}“" for name in one.spoken_names)
    console.print(one.title, style="bold", soft_wrap=True)
    for line in (one.purpose, f"Sag {spoken}.", *lines):
        console.print(f"  {line}", soft_wrap=True)


def _programme_lines(content: "Content", programme: "Programme") -> list[str]:
    titles = ", ".join(content.exercise(one).title for one in programme.exercises)
    rounds = f" ({programme.rounds} Durchgänge)" if programme.rounds > 1 else ""
    lines = [f"{_how_long(content, programme)}: {titles}{rounds}."]
    if programme.material:
        without = ", ".join(content.exercise(one).title for one in programme.instead.values())
        otherwise = f" Geht auch ohne, dann mit: {without}." if without else ""
        lines.append(f"Du brauchst {programme.material}.{otherwise}")
    return lines


def _how_long(content: "Content", programme: "Programme") -> str:
    from typing import get_args

    from skill.content.duration import minutes, programme_seconds
    from skill.content.exercise import AgeGroup

    seconds = [programme_seconds(content, programme, group) for group in get_args(AgeGroup)]
    least, most = minutes(min(seconds)), minutes(max(seconds))
    if least != most:
        return f"Etwa {least} bis {most} Minuten, je nach Alter"
    return f"Etwa {least} Minute{'n' if least > 1 else ''}"


def _exercise_lines(exercise: "Exercise") -> list[str]:
    start, most = exercise.repetitions.start, exercise.repetitions.most
    each = " auf jeder Seite" if exercise.sides else ""
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
