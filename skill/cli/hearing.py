"""Shows what an ear makes of a microphone, as it hears it."""

from collections.abc import Iterable

from rich.console import Console
from rich.live import Live

from skill.blocks import Pcm
from skill.cli.shown import heard_line, hearing_now
from skill.ear import Ear
from skill.heard import Listening


def show_hearing(
    blocks: Iterable[Pcm], ear: Ear, commands: frozenset[str], console: Console
) -> None:
    """Print every utterance, and on a terminal the level and the words being heard under it."""
    listening = Listening(commands)
    with Live(console=console, transient=True, auto_refresh=False) as live:
        for block in blocks:
            for heard in ear.process(block, listening):
                console.print(heard_line(heard), soft_wrap=True)
            if console.is_terminal:
                live.update(hearing_now(ear.meter.level_dbfs, ear.partial), refresh=True)
