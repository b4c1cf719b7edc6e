"""``devices``: the microphones and speakers of this machine."""

import typer

from skill.cli.terminal import Terminal


def devices(context: typer.Context) -> None:
    """List microphones and speakers, with the names that --microphone and --speaker take."""
    from skill.audio.devices import Role
    from skill.audio.portaudio import PortAudio

    terminal: Terminal = context.obj
    with terminal.console() as console:
        found = PortAudio().devices()
        for role in Role:
            usable = [device for device in found if device.channels(role)]
            console.print(f"{role.capitalize()}s:" if usable else f"No {role} was found.")
            for device in usable:
                default = "  (default)" if role in device.default_for else ""
                console.print(f"  {device.name}  {device.rate_hz} Hz{default}", soft_wrap=True)
