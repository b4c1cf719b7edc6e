"""Puts the commands together: what runs by default, and how errors and Ctrl-C end."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from skill import __version__
from skill.cli import EXIT_INTERRUPTED
from skill.cli.commands.calibrate import calibrate
from skill.cli.commands.devices import devices
from skill.cli.commands.doctor import doctor
from skill.cli.commands.exercises import exercise_app, exercises
from skill.cli.commands.history import history_app
from skill.cli.commands.listen import listen
from skill.cli.commands.model import model_app
from skill.cli.commands.replay import replay
from skill.cli.commands.say import say
from skill.cli.commands.serve import serve
from skill.cli.commands.train import train
from skill.cli.commands.understand import understand, understood
from skill.cli.terminal import Terminal
from skill.errors import SkillError

GOODBYE = "Bis bald. Pass gut auf deinen Rücken auf!"
EXIT_ERROR = 2

_VERBOSE = ("--verbose", "-v")
_GROUP_OPTIONS = ("--help", "-h", "--version")


class CommandGroup(TyperGroup):
    """The group of all commands: starts ``train`` by default, turns errors into sentences."""

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
            raise typer.Exit(EXIT_ERROR) from None
        except KeyboardInterrupt:
            with terminal.console() as console:
                console.print(f"\n{GOODBYE}")
            raise typer.Exit(EXIT_INTERRUPTED) from None


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rueckgrat {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=CommandGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


_EXAMPLES = """
Examples:

- `rueckgrat` trains with the system's microphone and speaker.

- `rueckgrat --microphone Jabra --speaker Jabra` trains with a speakerphone.

- `rueckgrat listen` shows what the recogniser makes of your voice.

- `rueckgrat understand "warte mal"` shows what a sentence means, without a microphone.

- `rueckgrat history` shows what you have trained, week by week.

- `rueckgrat replay session.wav --out out` lets the trainer hear a recording.

In a checkout, `python main.py` does the same as `rueckgrat`.
"""


@app.callback(epilog=_EXAMPLES)
def _rueckgrat(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show the log, and where an error came from.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A German voice trainer for the back: hands-free, and fully offline.

    Lie down and talk to it. Without a command it trains.
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
app.add_typer(model_app, name="model")
app.command()(devices)
app.command()(doctor)
app.command()(serve)
