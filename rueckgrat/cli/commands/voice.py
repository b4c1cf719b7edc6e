"""``voice``: in which voice the trainer speaks, and where it comes from."""

from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.cli.help import GermanTyper
from rueckgrat.cli.lines import print_line
from rueckgrat.cli.options import Speaker, WordsPerMinute
from rueckgrat.cli.terminal import Terminal

voice_app = GermanTyper(
    help="Zeigt, holt, probiert und wählt Stimmen.",
    no_args_is_help=True,
)

_Out = Annotated[
    Path | None,
    typer.Option(metavar="DATEI.wav", dir_okay=False, help="Hierhin, statt zu spielen."),
]
_Force = Annotated[
    bool, typer.Option("--force", help="Auch eine Stimme, die kein Deutsch spricht.")
]


@voice_app.command("list")
def list_voices(context: typer.Context) -> None:
    """Zeigt die Stimmen auf diesem Gerät, und die zum Holen; * ist die gewählte."""
    from rueckgrat.cli.views.voices import show_voices
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_voices(console, load_settings())


@voice_app.command()
def fetch(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Wie `voice list` sie zeigt.")
    ] = "thorsten",
) -> None:
    """Holt eine natürliche Stimme. Brichst du ab, geht es beim nächsten Mal weiter."""
    from rueckgrat.cli.views.voices import show_fetching
    from rueckgrat.voices.catalogue import published
    from skill.written.text import typed

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_fetching(console, published(typed(name)))


@voice_app.command("try")
def try_voice(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Wie `voice list` sie zeigt; sonst die gewählte.")
    ] = "",
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Was sie sagen soll; sonst ein paar Sätze.")
    ] = "",
    out: _Out = None,
    force: _Force = False,
    speaker: Speaker = None,
    words_per_minute: WordsPerMinute = None,
) -> None:
    """Lässt eine Stimme sprechen, ohne sie zu wählen."""
    from rueckgrat.voices.choosing import chosen
    from rueckgrat.voices.speaking import SAMPLE, speak
    from skill.settings import load_settings
    from skill.written.text import typed

    settings = load_settings({"speaker": speaker, "words_per_minute": words_per_minute})
    wanted = typed(name) or settings.voice
    terminal: Terminal = context.obj
    with terminal.console() as console:
        voice = chosen(wanted, settings.words_per_minute, any_language=force)
        speak(settings.model_copy(update={"voice": voice}), text or SAMPLE, out)
        if out:
            print_line(console, f"{voice} spricht in {out}")


@voice_app.command()
def use(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="Ein Name aus `voice list`, NAME#3, oder eine Datei."),
    ],
    person: Annotated[
        str, typer.Option("--for", metavar="NAME", help="Nur für diesen Menschen (aus people).")
    ] = "",
    force: _Force = False,
) -> None:
    """Nimmt von jetzt an diese Stimme (steht dann in settings.toml)."""
    from rueckgrat.voices.choosing import chosen
    from rueckgrat.voices.in_use import is_natural
    from skill.settings import load_settings, save_setting
    from skill.written.text import typed

    terminal: Terminal = context.obj
    with terminal.console() as console:
        settings = load_settings()
        voice = chosen(typed(name), settings.words_per_minute, any_language=force)
        if whose := typed(person):
            others = settings.voices.items()
            kept = {who: one for who, one in others if who.casefold() != whose.casefold()}
            file = save_setting("voices", {**kept, whose: voice})
        else:
            file = save_setting("voice", voice)
        to_whom = f" zu {whose}" if whose else ""
        print_line(console, f"Von jetzt an spreche ich{to_whom} mit {voice} ({file}).")
        if is_natural(voice):
            print_line(
                console,
                "Für neue Sätze braucht sie etwas Zeit. Bereite alle vor, dann wartest du nie:"
                " rueckgrat voice prepare",
            )


@voice_app.command()
def prepare(context: typer.Context) -> None:
    """Bereitet alle Sätze vor. Brichst du ab (Strg-C), geht es beim nächsten Mal weiter.

    Das sind alle Sätze des Trainers und deiner eigenen Übungen, mit jeder Stimme, die in den
    Einstellungen steht. Was in einer Stunde zuerst gebraucht wird, kommt zuerst.
    """
    from rueckgrat.cli.views.preparing import show_preparing
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_preparing(console, load_settings())
