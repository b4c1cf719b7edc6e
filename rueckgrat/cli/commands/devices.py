"""``devices``: the microphones and speakers of this machine."""

import typer

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.terminal import Terminal


def devices(context: typer.Context) -> None:
    """Zeigt Mikrofone und Lautsprecher, mit den Namen für --microphone und --speaker."""
    from skill.audio.devices import Role
    from skill.audio.portaudio import PortAudio

    terminal: Terminal = context.obj
    with terminal.console() as console:
        found = PortAudio().devices()
        for role in Role:
            usable = [device for device in found if device.channels(role)]
            print_line(console, f"{role.noun}:" if usable else f"{role.noun}: Ich finde nichts.")
            for device in usable:
                default = "  (voreingestellt)" if role in device.default_for else ""
                print_line(console, f"  {device.name}  {device.rate_hz} Hz{default}")
