"""``home``: Home Assistant and the other trainers of the household."""

import typer

from rueckgrat.cli.help import GermanTyper
from rueckgrat.cli.terminal import Terminal

home_app = GermanTyper(
    help="Zeigt, ob Home Assistant und die anderen Trainer erreichbar sind.",
)


@home_app.callback(invoke_without_command=True)
def home(context: typer.Context) -> None:
    """Zeigt, ob Home Assistant und die anderen Trainer erreichbar sind.

    Beides geht über einen Broker, den die Einstellung `mqtt` nennt. Ohne sie verbindet sich der
    Trainer mit niemandem.
    """
    if context.invoked_subcommand:
        return
    from rueckgrat.cli.views.home import show_home
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_home(console, load_settings())


@home_app.command()
def key(context: typer.Context) -> None:
    """Macht den Haushaltsschlüssel, mit dem deine Trainer ihren Verlauf teilen."""
    from rueckgrat.cli.views.home import make_household_key
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        make_household_key(console, load_settings())


@home_app.command()
def forget(context: typer.Context) -> None:
    """Nimmt diesen Trainer aus Home Assistant und vom Broker."""
    from rueckgrat.cli.views.home import forget_home
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        forget_home(console, load_settings())
