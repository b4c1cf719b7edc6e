"""What the page's script draws its timeline from."""

import json
from typing import Any

from rueckgrat.observers.transcript import clock
from rueckgrat.replay.overview import PEAK_SECONDS, Peaks, SessionOverview
from rueckgrat.replay.picture.envelope import envelope
from skill.messages.cues import Direction
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Problem,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BREATHS: dict[str, str] = {Direction.IN: "einatmen", Direction.OUT: "ausatmen"}


def timeline_json(overview: SessionOverview) -> str:
    """Return the timeline as JSON that may stand inside a ``script`` element.

    Waves are a digit of base 36 for each ``peakSeconds``; each span is ``[kind, from, to, title]``.
    """
    data = {
        "seconds": round(overview.seconds, 2),
        "peakSeconds": PEAK_SECONDS,
        "heard": _wave(overview.heard),
        "played": _wave(overview.played),
        "spans": _spans(overview),
        "failures": [round(failure.seconds, 2) for failure in overview.failures],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _wave(peaks: Peaks) -> str:
    return "".join(_DIGITS[round(height * 35)] for height in envelope(peaks))


def _spans(overview: SessionOverview) -> list[tuple[str, float, float, str]]:
    """Return everything that has its place in a lane, in the order of its time."""
    spans: list[tuple[str, float, float, str]] = []

    def add(kind: str, begins: float, ends: float, title: Any) -> None:
        ends = min(ends, overview.seconds)
        spans.append((kind, round(begins, 2), round(ends, 2), f"{clock(begins)} {title}"))

    entered = [event for event in overview.events if isinstance(event, StateEntered)]
    left = [*(event.seconds for event in entered[1:]), overview.seconds][: len(entered)]
    for state, end in zip(entered, left, strict=True):
        add(f"state {state.state.partition('.')[0]}", state.seconds, end, state.state)
    for event in overview.events:
        match event:
            case Said():
                add("coach", event.seconds, event.end_seconds, event.text)
                if event.is_cut:
                    add("cut", event.end_seconds, event.end_seconds, "abgebrochen")
            case CommandHeard():
                words = f"{event.text} → {event.command}"
                add("you", event.seconds, event.end_seconds, words)
            case SpeechRejected():
                add("rejected", event.seconds, event.end_seconds, event.text or "?")
            case SpeechDropped():
                add("echo", event.seconds, event.end_seconds, event.text)
            case BreathSounded():
                title = _BREATHS.get(event.direction, event.direction)
                add(f"breath-{event.direction}", event.seconds, event.end_seconds, title)
            case ToneSounded():
                add("tone", event.seconds, event.end_seconds, event.name)
            case Problem():
                add("problem", event.seconds, event.seconds, event.text)
    return spans
