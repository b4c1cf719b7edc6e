"""``listen``: what the recogniser makes of a voice."""

from typing import Annotated

import typer

from rueckgrat.cli.options import Dialogs, Microphone, Model
from rueckgrat.cli.terminal import Terminal


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
    """Zeigt, was ich höre, und wie sicher: um ein Mikrofon und seinen Platz auszuprobieren.

    Hier gilt jeder Befehl (mit --state nur die von dort), und nichts passiert. Der Balken zeigt,
    wie laut es ist: Deine Stimme sollte ihn mehr als zur Hälfte füllen, die Stille im Raum weniger
    als zu einem Viertel. Strg-C beendet es.
    """
    from rueckgrat.cli.views.listening import Why, show_hearing
    from rueckgrat.understanding.table import check_state
    from skill.audio.one_way import heard_blocks
    from skill.audio.portaudio import PortAudio
    from skill.settings import load_settings
    from skill.trainer import Trainer

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
