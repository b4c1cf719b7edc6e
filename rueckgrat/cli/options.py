"""Options that several commands share: each one is a setting, see ``skill.settings.layers``."""

from pathlib import Path
from typing import Annotated

import typer

_PANEL = "Einstellungen (auch in settings.toml, oder als Variable RUECKGRAT_...)"

Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|ORDNER",
        help="Sprachmodell: ein Name, den `model list` zeigt, oder ein Ordner.",
        rich_help_panel=_PANEL,
    ),
]
Microphone = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Ein Teil vom Namen des Mikrofons; `devices` zeigt alle.",
        rich_help_panel=_PANEL,
    ),
]
Speaker = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Ein Teil vom Namen des Lautsprechers.", rich_help_panel=_PANEL
    ),
]
Voice = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Stimme von espeak-ng, etwa gmw/de, de+f3 oder mb-de6.",
        rich_help_panel=_PANEL,
    ),
]
WordsPerMinute = Annotated[
    int | None,
    typer.Option(metavar="N", help="Sprechtempo, 80 bis 300.", rich_help_panel=_PANEL),
]
Dialogs = Annotated[
    str | None,
    typer.Option(
        metavar="ORDNER",
        help="Eigene Übungen und Sätze, zusätzlich zu den mitgelieferten.",
        rich_help_panel=_PANEL,
    ),
]
Stays = Annotated[
    bool | None,
    typer.Option(
        "--stay/--no-stay",
        help="Warten, bis du mich weckst, und danach wieder warten.",
        rich_help_panel=_PANEL,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="ORDNER",
        file_okay=False,
        help="Hierhin kommen session.wav, der Verlauf als Text und als Bild.",
    ),
]
