"""``serve``: training day and night, the command of the systemd service."""

import typer

from skill.cli.terminal import Terminal


def serve(context: typer.Context) -> None:
    """Train day and night: what the service of a Raspberry Pi runs.

    As `train`, but it waits until microphone and speaker are there, plays no demonstration,
    writes down nothing that is said, and tells systemd that it hears. Settings that are wrong are
    reported, and it starts without them.
    """
    from skill.cli.live import serve_live
    from skill.cli.views.notices import notice, settings_left_out
    from skill.heartbeat import open_heartbeat
    from skill.settings import load_in_spite_of_the_file

    terminal: Terminal = context.obj
    with terminal.console() as console:
        settings, wrong = load_in_spite_of_the_file()
        if wrong:
            notice(console, settings_left_out(wrong))
        serve_live(settings, console, open_heartbeat())
