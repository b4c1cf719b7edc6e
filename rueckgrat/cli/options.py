"""Options that several commands share: each one is a setting, see ``skill.settings.layers``."""

from pathlib import Path
from typing import Annotated, Any

import typer

_PANEL = "Einstellungen (auch in settings.toml, oder als Variable RUECKGRAT_...)"


def _setting(*names: str, help: str, metavar: str | None = None) -> Any:
    return typer.Option(*names, metavar=metavar, help=help, rich_help_panel=_PANEL)


Model = Annotated[
    str | None,
    _setting(
        metavar="NAME|ORDNER",
        help="Sprachmodell: ein Name, den `model list` zeigt, oder ein Ordner.",
    ),
]
Microphone = Annotated[
    str | None,
    _setting(metavar="NAME", help="Ein Teil vom Namen des Mikrofons; `devices` zeigt alle."),
]
Speaker = Annotated[
    str | None,
    _setting(metavar="NAME", help="Ein Teil vom Namen des Lautsprechers."),
]
Voice = Annotated[
    str | None,
    _setting(metavar="NAME", help="Stimme, natürlich (thorsten) oder von espeak-ng (gmw/de)."),
]
WordsPerMinute = Annotated[
    int | None,
    _setting(metavar="N", help="Sprechtempo, 80 bis 300."),
]
Dialogs = Annotated[
    str | None,
    _setting(metavar="ORDNER", help="Eigene Übungen und Sätze, zusätzlich zu den mitgelieferten."),
]
Stays = Annotated[
    bool | None,
    _setting("--stay/--no-stay", help="Warten, bis du mich weckst, und danach wieder warten."),
]
Page = Annotated[
    bool | None,
    _setting("--page/--no-page", help="Eine Seite zum Mitschauen zeigen, für Tablet oder Handy."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="ORDNER",
        file_okay=False,
        help="Hierhin kommt session.html, das Training zum Anhören und Mitlesen; daneben Ton, Text"
        " und Bild.",
    ),
]
