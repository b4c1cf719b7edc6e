"""The running transcript of a session, and what is heard at the moment."""

from rich.console import Console
from rich.text import Text

from rueckgrat.cli.lines import print_line
from rueckgrat.observers.transcript import COACH, PERHAPS_ECHO, YOU, clock, transcript_line
from rueckgrat.understanding.explanation import refusal
from skill.messages.events import Event
from skill.messages.heard import Heard

_STYLES = {YOU: "bold cyan", COACH: "green", PERHAPS_ECHO: "dim"}
_PROBLEM_STYLE = "bold red"
_BAR_WIDTH = 30
_LABEL_COLUMNS = 16
HEARD_LABEL_COLUMNS = 15
"""How much stands before what was said: time and who, or time and how sure."""


class Transcript:
    """Prints a running transcript: time, who, what."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, event: Event) -> None:
        """Print the event if it was something said, or a problem."""
        line = transcript_line(event)
        if line is None:
            return
        style = _STYLES.get(line.who, _PROBLEM_STYLE)
        print_line(
            self._console,
            Text.assemble(
                (f"{clock(line.seconds)}  ", "dim"), (f"{line.who:<5}  ", style), line.what
            ),
            hang=_LABEL_COLUMNS,
        )


def heard_line(heard: Heard) -> Text:
    """Return what the recogniser made of an utterance: when, how sure, which words, and why."""
    verdict = str(heard.command) if heard.command else f"abgelehnt: {refusal(heard.reason)}"
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
