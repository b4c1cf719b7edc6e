"""How what happens is shown on the terminal: one line a time, for the person who trains."""

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from skill.errors import SettingsError
from skill.messages.events import Event
from skill.messages.heard import Heard
from skill.replay.output import SESSION_WAV, TIMELINE
from skill.replay.transcript import COACH, YOU, clock, entry

_STYLES = {YOU: "bold cyan", COACH: "green"}
_PROBLEM_STYLE = "bold red"
_BAR_WIDTH = 30

YES = frozenset({"j", "ja", "y", "yes"})
NOTHING_DELETED = "Nichts wurde gelöscht."


class Transcript:
    """Prints a running transcript: time, who, what."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, event: Event) -> None:
        """Print the event if it was something said, or a problem."""
        line = entry(event)
        if line is None:
            return
        style = _STYLES.get(line.who, _PROBLEM_STYLE)
        self._console.print(
            Text.assemble(
                (f"{clock(line.seconds)}  ", "dim"), (f"{line.who:<5}  ", style), line.what
            ),
            soft_wrap=True,
        )


def heard_line(heard: Heard) -> Text:
    """Return what the recogniser made of an utterance: when, how sure, which words, and why."""
    verdict = str(heard.command) if heard.command else f"rejected: {heard.reason}"
    return Text.assemble(
        (f"{clock(heard.start_seconds)}  ", "dim"),
        f"{heard.confidence:4.0%}  {heard.text or '…':<28}  ",
        (verdict, "green" if heard.command else "red"),
    )


def hearing_now(level_dbfs: float, partial: str) -> Text:
    """Return a level bar from -60 to 0 dB, and the words that are being heard."""
    filled = round(_BAR_WIDTH * min(max(1 + level_dbfs / 60, 0.0), 1.0))
    return Text.assemble(
        ("█" * filled, "green"), ("·" * (_BAR_WIDTH - filled), "dim"), f"  {partial}"
    )


def notice(console: Console, text: str) -> None:
    """Print a sentence of the trainer itself, apart from the transcript."""
    console.print(Text(text, style="yellow"), soft_wrap=True)


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
        f"Zum Anhören: {out / SESSION_WAV} (links du, rechts der Coach)."
        f" Auf einen Blick: {out / TIMELINE}."
    )
