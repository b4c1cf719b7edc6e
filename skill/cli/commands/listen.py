"""``listen``: what the recogniser makes of a voice."""

from typing import Annotated

import typer

from skill.cli.options import Dialogs, Microphone, Model
from skill.cli.terminal import Terminal


def listen(
    context: typer.Context,
    microphone: Microphone = None,
    model: Model = None,
    dialogs: Dialogs = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why",
            help="Zu jedem Satz: Wörter, Vorlage, was übergangen wurde, was es sonst hieße.",
        ),
    ] = False,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="ZUSTAND",
            help="Nur die Befehle dieses Zustands zählen, zum Beispiel menu.ask.",
        ),
    ] = None,
) -> None:
    """Show what is heard, with its confidence: to try a microphone and its place.

    Every command counts here (with --state only those of it), and nothing happens. The bar shows
    how loud it is: your voice should fill more than half of it, the silence of the room less than
    a quarter. Ctrl-C ends it.
    """
    from skill.audio.one_way import heard_blocks
    from skill.audio.portaudio import PortAudio
    from skill.cli.views.listening import Why, show_hearing
    from skill.settings import load_settings
    from skill.trainer import Trainer
    from skill.understanding.table import check_state

    if state:
        check_state(state)
    settings = load_settings({"microphone": microphone, "model": model, "dialogs": dialogs})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        trainer = Trainer(settings)
        content, ear = trainer.content, trainer.plain_ear()
        blocks = heard_blocks(PortAudio(), settings.microphone or None)
        live = content.live_commands(state) if state else frozenset(content.commands)
        show_hearing(blocks, ear, live, console, Why(content, live) if why else None)
