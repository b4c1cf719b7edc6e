"""Puts the commands together: what runs by default, and how errors and Ctrl-C end."""

import sys
from typing import Annotated, Any

import typer

from rueckgrat.cli.commands.calibrate import calibrate
from rueckgrat.cli.commands.devices import devices
from rueckgrat.cli.commands.doctor import doctor
from rueckgrat.cli.commands.exercises import exercise_app, exercises
from rueckgrat.cli.commands.history import history_app
from rueckgrat.cli.commands.home import home_app
from rueckgrat.cli.commands.listen import listen
from rueckgrat.cli.commands.model import model_app
from rueckgrat.cli.commands.page import page_app
from rueckgrat.cli.commands.replay import replay
from rueckgrat.cli.commands.say import say
from rueckgrat.cli.commands.serve import serve
from rueckgrat.cli.commands.train import train
from rueckgrat.cli.commands.understand import understand, understood
from rueckgrat.cli.commands.voice import voice_app
from rueckgrat.cli.help import GermanGroup, GermanTyper
from rueckgrat.cli.lines import print_line
from rueckgrat.cli.streams import make_streams_safe
from rueckgrat.cli.terminal import Terminal
from rueckgrat.cli.wrong_usage import in_german, is_typers_own
from skill import __version__
from skill.errors import SkillError
from skill.exit_codes import ERROR, INTERRUPTED

GOODBYE = "Bis bald. Pass gut auf deinen Rücken auf!"


_VERBOSE = ("--verbose", "-v")
_HELP = ("--help", "-h")
_GROUP_OPTIONS = (*_HELP, "--version")


class CommandGroup(GermanGroup):
    """The group of all commands: starts ``train`` by default, turns errors into sentences."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run to the end of the process; what typer would say in English is said in German."""
        make_streams_safe()
        try:
            code = super().main(*args, **(options | {"standalone_mode": False}))
        except typer.Abort:
            sys.exit(INTERRUPTED)
        except Exception as error:
            if not is_typers_own(error):
                raise
            if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
                typer.echo(str(error))
            else:
                Terminal().explain(in_german(error))
            sys.exit(ERROR)
        sys.exit(code if isinstance(code, int) else 0)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Allow ``--verbose`` anywhere, and options of ``train`` without its name."""
        verbose = [one for one in args if one in _VERBOSE]
        rest = [one for one in args if one not in _VERBOSE]
        if not rest or (rest[0].startswith("-") and rest[0] not in _GROUP_OPTIONS):
            rest.insert(0, "train")
        return super().parse_args(ctx, [*verbose[:1], *rest])

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a SkillError is one line and exit code 2, Ctrl-C a short goodbye."""
        terminal = Terminal(ctx.params["verbose"])
        terminal.prepare()
        ctx.obj = terminal
        try:
            return super().invoke(ctx)
        except SkillError as error:
            terminal.explain(error)
            raise typer.Exit(ERROR) from None
        except KeyboardInterrupt:
            with terminal.console() as console:
                print_line(console, f"\n{GOODBYE}")
            raise typer.Exit(INTERRUPTED) from None


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rueckgrat {__version__}")
        raise typer.Exit


app = GermanTyper(cls=CommandGroup, pretty_exceptions_enable=False, rich_markup_mode=None)


_EXAMPLES = """
Beispiele:

- `rueckgrat` trainiert mit Mikrofon und Lautsprecher des Systems.

- `rueckgrat --microphone Jabra --speaker Jabra` trainiert mit einer Freisprechanlage.

- `rueckgrat listen` zeigt, was ich von deiner Stimme verstehe.

- `rueckgrat understand "warte mal"` zeigt, was ein Satz heißt, ganz ohne Mikrofon.

- `rueckgrat history` zeigt Woche für Woche, was du trainiert hast.

- `rueckgrat replay session.wav --out out` spielt dem Trainer eine Aufnahme vor.

Im Quellordner geht statt `rueckgrat` auch `python main.py`.
"""


@app.callback(epilog=_EXAMPLES)
def _rueckgrat(
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Zeig das Protokoll, und woher ein Fehler kommt."),
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Zeig die Version."),
    ] = False,
) -> None:
    """Ein Trainer für den Rücken, mit dem du sprichst: freihändig und ganz ohne Internet.

    Leg dich hin und sprich mit ihm. Ohne einen Befehl trainiert er.
    """


app.command()(train)
app.command()(replay)
app.command()(listen)
app.command()(understand)
app.command()(understood)
app.command()(calibrate)
app.command()(say)
app.command()(exercises)
app.add_typer(exercise_app, name="exercise")
app.add_typer(history_app, name="history")
app.add_typer(home_app, name="home")
app.add_typer(model_app, name="model")
app.add_typer(voice_app, name="voice")
app.add_typer(page_app, name="page")
app.command()(devices)
app.command()(doctor)
app.command()(serve)
