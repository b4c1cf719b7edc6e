"""``exercises``: what can be trained."""

import typer

from skill.cli.options import Dialogs
from skill.cli.terminal import Terminal


def exercises(context: typer.Context, dialogs: Dialogs = None) -> None:
    """List the exercises: what to say, what they are good for, how often."""
    from skill.content.loader import load_content
    from skill.settings import load_settings

    content = load_content(extra=load_settings({"dialogs": dialogs}).dialog_folders)
    terminal: Terminal = context.obj
    with terminal.console() as console:
        for one in content.exercises:
            spoken = ", ".join(f"„{name}“" for name in one.spoken_names)
            each = " auf jeder Seite" if one.sides else ""
            often = f"{one.repetitions.start} bis {one.repetitions.most} Wiederholungen{each}"
            console.print(one.title, style="bold", soft_wrap=True)
            console.print(f"  {one.purpose}", soft_wrap=True)
            console.print(f"  Sag {spoken}. {often}.", soft_wrap=True)
