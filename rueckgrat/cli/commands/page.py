"""``page``: which devices may see the companion page."""

import typer

from rueckgrat.cli.help import GermanTyper
from rueckgrat.cli.lines import print_line
from rueckgrat.cli.terminal import Terminal

page_app = GermanTyper(
    help="Zeigt, welche Geräte die Begleitseite sehen dürfen, oder vergisst sie.",
    no_args_is_help=True,
)


@page_app.command("list")
def list_devices(context: typer.Context) -> None:
    """Zeigt alle verbundenen Geräte."""
    from rueckgrat.page.companion import devices_file
    from rueckgrat.page.pairing import PairedDevices

    terminal: Terminal = context.obj
    with terminal.console() as console:
        devices = PairedDevices(devices_file()).all()
        for device in devices:
            print_line(console, f"{device.name}, seit {device.since}")
        if not devices:
            print_line(console, "Kein Gerät ist verbunden. Sag zu mir: „Tablet verbinden“.")


@page_app.command()
def forget(context: typer.Context) -> None:
    """Vergisst alle verbundenen Geräte: Keines sieht die Seite mehr, bis du es neu verbindest."""
    from rueckgrat.page.companion import devices_file
    from rueckgrat.page.pairing import PairedDevices

    terminal: Terminal = context.obj
    with terminal.console() as console:
        count = PairedDevices(devices_file()).forget()
        match count:
            case 0:
                print_line(console, "Es war kein Gerät verbunden.")
            case 1:
                print_line(console, "Ein Gerät ist vergessen.")
            case _:
                print_line(console, f"{count} Geräte sind vergessen.")
