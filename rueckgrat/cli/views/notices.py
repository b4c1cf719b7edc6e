"""Sentences of the program itself, apart from what the coach says, and yes-no questions."""

import sys
from pathlib import Path

from rich.console import Console

from rueckgrat.cli.lines import print_line
from rueckgrat.replay.output import SESSION_HTML, SESSION_WAV, TIMELINE
from skill.errors import SettingsError

YES = frozenset({"j", "ja", "y", "yes"})
NOTHING_DELETED = "Nichts wurde gelöscht."


def notice(console: Console, text: str) -> None:
    """Print a sentence of the trainer itself, as one line."""
    print_line(console, text, "yellow")


def settings_left_out(error: SettingsError) -> str:
    """Return the sentence for a settings file that is wrong."""
    return f"Deine Einstellungen gelten nicht, ich nehme die üblichen. {error}"


def agrees(console: Console, question: str) -> bool:
    """Ask a question; return whether a yes is typed (the end of the input is a no)."""
    notice(console, f"{question} [j/N]")
    return sys.stdin.readline().strip().lower() in YES


def results(out: Path) -> str:
    """Return the sentence that names what a session has left behind."""
    return (
        f"Zum Anhören und Mitlesen: {out / SESSION_HTML}."
        f" Nur der Ton: {out / SESSION_WAV} (links du, rechts der Coach)."
        f" Auf einen Blick: {out / TIMELINE}."
    )
