"""Options that several commands share: each one is a setting, see ``skill.settings.layers``."""

from pathlib import Path
from typing import Annotated

import typer

_PANEL = "Settings (also in settings.toml, or RUECKGRAT_... in the environment)"

Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FOLDER",
        help="Speech model: a name that `model list` shows, or a folder.",
        rich_help_panel=_PANEL,
    ),
]
Microphone = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Part of the microphone's name; `devices` lists them.",
        rich_help_panel=_PANEL,
    ),
]
Speaker = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Part of the speaker's name.", rich_help_panel=_PANEL),
]
Voice = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Voice of espeak-ng, such as gmw/de, de+f3 or mb-de6.",
        rich_help_panel=_PANEL,
    ),
]
WordsPerMinute = Annotated[
    int | None,
    typer.Option(metavar="N", help="Speed of speech, 80 to 300.", rich_help_panel=_PANEL),
]
Dialogs = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help="Exercises and phrases of your own, on top of the built-in ones.",
        rich_help_panel=_PANEL,
    ),
]
Stays = Annotated[
    bool | None,
    typer.Option(
        "--stay/--no-stay",
        help="Wait in standby for the wake phrase, and go back there afterwards.",
        rich_help_panel=_PANEL,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        file_okay=False,
        help="Write session.wav, transcript and timeline picture here.",
    ),
]
