"""``serve``: training day and night, the command of the systemd service."""

import typer

from rueckgrat.cli.terminal import Terminal


def serve(context: typer.Context) -> None:
    """Trainiert Tag und Nacht: So läuft es als Dienst auf einem Raspberry Pi.

    Wie `train`, aber es wartet, bis Mikrofon und Lautsprecher da sind, spielt nichts vor, schreibt
    nicht auf, was gesagt wird, und meldet systemd, dass es hört. Falsche Einstellungen werden
    gemeldet, und es geht ohne sie los.
    """
    from rueckgrat.cli.live import serve_live
    from rueckgrat.cli.views.notices import notice, settings_left_out
    from rueckgrat.observers.heartbeat import open_heartbeat
    from skill.settings import load_in_spite_of_the_file

    terminal: Terminal = context.obj
    with terminal.console() as console:
        settings, wrong = load_in_spite_of_the_file()
        if wrong:
            notice(console, settings_left_out(wrong))
        serve_live(settings, console, open_heartbeat())
