"""``exercises``: what can be trained."""

import typer

from skill.cli.options import Dialogs
from skill.cli.terminal import Terminal


def exercises(context: typer.Context, dialogs: Dialogs = None) -> None:
    """List the exercises: what to say, what they are good for, how often."""
    from skill.content.own import content_for
    from skill.settings import load_settings

    settings = load_settings({"dialogs": dialogs})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        content = content_for(settings)
        for one in content.exercises:
            spoken = ", ".join(f"„{name}“" for name in one.spoken_names)
            each = " auf jeder Seite" if one.sides else ""
            often = f"{one.repetitions.start} bis {one.repetitions.most} Wiederholungen{each}"
            console.print(one.title, style="bold", soft_wrap=True)
            console.print(f"  {one.purpose}", soft_wrap=True)
            console.print(f"  Sag {spoken}. {often}.", soft_wrap=True)
