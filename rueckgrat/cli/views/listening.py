"""Shows what an ear makes of a microphone, as it hears it."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.live import Live

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.views.transcript import HEARD_LABEL_COLUMNS, heard_line, hearing_now
from rueckgrat.understanding.explanation import elsewhere_lines, lines_of
from skill.content.schema import Content
from skill.ear import Ear
from skill.messages.blocks import Pcm
from skill.messages.heard import Heard, Listening, SpokenWord
from skill.understanding import Understanding, as_spoken


class Why:
    """Tells how utterances were understood where the commands ``live`` count."""

    def __init__(self, content: Content, live: frozenset[str]) -> None:
        self._content = content
        self._live = live
        self._understanding = Understanding(content)

    def lines(self, heard: Heard) -> Iterator[str]:
        """Yield words with times and confidence, the template, what was passed over, elsewhere."""
        words = heard.words or as_spoken(heard.text)
        if not words:
            return
        if heard.words:
            yield f"Wörter: {', '.join(map(_timed, words))}"
        meaning = heard.meaning or self._understanding.meaning(words, self._live)
        reason = "" if heard.command else heard.reason
        texts = [word.text for word in words]
        yield from lines_of(self._content, meaning, texts, self._live, reason)
        yield "In allen Zuständen:"
        for line in elsewhere_lines(self._understanding, self._content, words, heard.command):
            yield f"  {line}"


def show_hearing(
    blocks: Iterable[Pcm],
    ear: Ear,
    commands: frozenset[str],
    console: Console,
    why: Why | None = None,
) -> None:
    """Print every utterance, and on a terminal the level and the words being heard under it.

    ``why`` adds how it was understood.
    """
    listening = Listening(commands)
    with Live(console=console, transient=True, auto_refresh=False) as live:
        for block in blocks:
            for heard in ear.process(block, listening):
                print_line(console, heard_line(heard), hang=HEARD_LABEL_COLUMNS)
                for line in why.lines(heard) if why else ():
                    print_line(console, f"          {line}", "dim")
            if console.is_terminal:
                live.update(hearing_now(ear.meter.level_dbfs, ear.partial), refresh=True)


def _timed(word: SpokenWord) -> str:
    """Return "weiter (3,20 bis 3,55 s, 98 %, -31 dB)"."""
    start, end = (f"{one:.2f}".replace(".", ",") for one in (word.start_seconds, word.end_seconds))
    level = f", {word.level_dbfs:.0f} dB" if word.level_dbfs is not None else ""
    return f"{word.text} ({start} bis {end} s, {word.confidence:.0%}{level})".replace("%", " %")
