"""What did not come as expected in a dialog test, as parts of the page."""

from html import escape

from rueckgrat.observers.transcript import clock
from rueckgrat.replay.checks import Failure
from rueckgrat.replay.overview import SessionOverview

_BEFORE_SECONDS = 3.0
"""So long before a failure its sound begins: enough for the sentence that led to it."""


def failure_list(overview: SessionOverview) -> str:
    """Return all failures as a list to click, or nothing."""
    if not overview.failures:
        return ""
    count = len(overview.failures)
    items = "".join(
        f"<li>{failure_button(overview, number)}</li>" for number in range(1, count + 1)
    )
    heading = f'<h2 id="failed">Nicht wie erwartet: {count}</h2>'
    return f'<section class="failures" aria-labelledby="failed">{heading}<ol>{items}</ol></section>'


def failure_button(overview: SessionOverview, number: int) -> str:
    """Return one failure (from 1) as a button: what was expected, what came of it, and where."""
    failure = overview.failures[number - 1]
    parts = [
        f'<span class="mark"><span class="unseen">Fehler </span>{number}</span>',
        f"<time>{clock(max(0.0, failure.seconds))}</time>",
    ]
    if failure.asked:
        parts.append(f"<span>{_word(failure)}: <code>{escape(failure.asked)}</code></span>")
    parts.append(f"<span>{escape(failure.sentence)}</span>")
    if source := overview.source:
        place = f"{source.path.name}:{source.line(failure.place)}"
        parts.append(f"<small>{escape(place)}</small>")
    at = begins_seconds(failure)
    return f'<button type="button" class="failure" data-at="{at:.2f}">{" ".join(parts)}</button>'


def begins_seconds(failure: Failure) -> float:
    """Return from when on a failure is to be heard."""
    return max(0.0, failure.seconds - _BEFORE_SECONDS)


def _word(failure: Failure) -> str:
    return "unerwünscht" if "never" in failure.place else "erwartet"
