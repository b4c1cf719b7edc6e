"""``understood``: what the trainer did not understand, to see which words of one's own it lacks."""

from typing import Annotated

import typer

from skill.cli.commands.understand import OwnDialogs
from skill.cli.terminal import Terminal


def understood(
    context: typer.Context,
    forget: Annotated[bool, typer.Option("--forget", help="Alles löschen.")] = False,
    dialogs: OwnDialogs = None,
) -> None:
    """Zeigt, was der Trainer nicht verstanden hat, und was er heute daraus machen würde.

    Er merkt es sich nur, wenn in deinen Einstellungen learn_words = true steht: als Text, auf
    diesem Gerät, nie als Ton. Eigene Wörter bringst du ihm mit own-commands.yaml bei.
    """
    from skill.cli.views.understood import forget_rejected, show_rejected
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        if forget:
            forget_rejected(console)
            return
        show_rejected(load_settings({"dialogs": dialogs}), console)
