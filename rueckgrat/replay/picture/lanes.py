"""The lanes of the picture: each draws one kind of happening into all rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

import numpy as np

from rueckgrat.observers.transcript import clock
from rueckgrat.pictures import colours
from rueckgrat.replay.overview import PEAK_SECONDS, Peaks, SessionOverview
from rueckgrat.replay.picture import style
from rueckgrat.replay.picture.envelope import envelope
from rueckgrat.replay.picture.labels import ROUNDING_PX, Label, Shelf
from rueckgrat.replay.picture.page import Page
from rueckgrat.replay.picture.rows import Span
from rueckgrat.replay.picture.words import LINE_HEIGHT, shorten, text_width
from rueckgrat.replay.runs import runs
from rueckgrat.understanding.explanation import refusal
from skill.messages.cues import Direction
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)

_Heard: TypeAlias = CommandHeard | SpeechRejected | SpeechDropped

_BREATHS: dict[str, str] = {Direction.IN: "einatmen", Direction.OUT: "ausatmen"}
_FLAT = 0.02
"""Height below which a waveform is not drawn, as a share of the lane."""


def draw_user(page: Page, overview: SessionOverview) -> None:
    """Draw what the microphone heard, and the words that were made out."""
    heard = [e for e in overview.events if isinstance(e, _Heard)]
    for event in heard:
        _, soft = _colours(event)
        for span in page.rows.spans(event.seconds, max(event.end_seconds, event.seconds + 0.1)):
            page.box(
                span,
                style.USER_WAVE,
                style.WAVE_HEIGHT,
                soft,
                detail=_spoken(event) + _meaning(event),
            )
    _draw_wave(page, overview.heard, style.USER_WAVE, colours.USER)
    _draw_words(page, heard)


def draw_coach(page: Page, overview: SessionOverview) -> None:
    """Draw what the loudspeaker played, the lines under it, and where lines were cut."""
    lines = [e for e in overview.events if isinstance(e, Said)]
    for line in lines:
        for span in page.rows.spans(line.seconds, line.end_seconds):
            detail = f"{clock(line.seconds)} {line.line}: {line.text}"
            page.box(span, style.COACH_WAVE, style.WAVE_HEIGHT, colours.COACH_SOFT, detail=detail)
    _draw_wave(page, overview.played, style.COACH_WAVE, colours.COACH)
    for line in (one for one in lines if one.is_cut):
        page.rule(line.end_seconds, style.COACH_WAVE, style.LINES, colours.CUT, width=2.5)
    _draw_lines(page, lines)
    for event in overview.events:
        if isinstance(event, ToneSounded):
            page.dot(event.seconds, style.COACH_WAVE + 3, colours.COACH, detail=event.name)


def draw_breath(page: Page, overview: SessionOverview) -> None:
    """Draw breathing in as a rising wedge, out as a falling one."""
    bottom = style.BREATH + style.LANE_HEIGHT
    for event in (e for e in overview.events if isinstance(e, BreathSounded)):
        rising = event.direction == Direction.IN.value
        colour = colours.BREATH_IN if rising else colours.BREATH_OUT
        length = max(event.end_seconds - event.seconds, 0.01)
        done = 0.0
        for span in page.rows.spans(event.seconds, event.end_seconds):
            share = [done, done + span.width / page.rows.px_per_second / length]
            done = share[1]
            tops = [bottom - style.LANE_HEIGHT * (s if rising else 1 - s) for s in share]
            page.shape(
                span.row,
                [
                    (span.left, bottom),
                    (span.left, tops[0]),
                    (span.right, tops[1]),
                    (span.right, bottom),
                ],
                colour,
                detail=f"{clock(event.seconds)} {_BREATHS.get(event.direction, event.direction)}",
            )


def draw_states(page: Page, overview: SessionOverview) -> None:
    """Draw the coach's state as coloured bands with names."""
    entered = [e for e in overview.events if isinstance(e, StateEntered)]
    ends = [*(event.seconds for event in entered[1:]), overview.seconds]
    for event, end in zip(entered, ends, strict=False):
        colour = colours.STATE_COLOURS.get(event.state.partition(".")[0], colours.OTHER_STATE)
        for span in page.rows.spans(event.seconds, end):
            detail = f"{clock(event.seconds)} {event.state}"
            page.box(span, style.STATE, style.LANE_HEIGHT, colour, event.state, detail)


def _draw_wave(page: Page, peaks: Peaks, top: float, colour: str) -> None:
    """Draw every run of sound as a closed outline, mirrored at the lane's middle."""
    heights = envelope(peaks)
    middle, half = top + style.WAVE_HEIGHT / 2, style.WAVE_HEIGHT / 2
    row_frames = round(page.rows.seconds_per_row / PEAK_SECONDS)
    frame_px = page.rows.px_per_second * PEAK_SECONDS
    for row in range(page.rows.count):
        part = heights[row * row_frames : (row + 1) * row_frames]
        for first, after in runs(part > _FLAT):
            bulge = np.concatenate([[0.0], part[first:after] * half, [0.0]])
            frames = np.concatenate([[first], np.arange(first, after) + 0.5, [after]])
            xs = page.rows.left + frames * frame_px
            upper = zip(xs, middle - bulge, strict=True)
            lower = zip(xs[::-1], middle + bulge[::-1], strict=True)
            page.shape(row, [*upper, *lower], colour)


def _draw_words(page: Page, heard: Iterable[_Heard]) -> None:
    """Write what was understood over the user's wave; commands find their places first."""
    placed: dict[int, list[Label]] = defaultdict(list)
    for event in sorted(heard, key=lambda event: not isinstance(event, CommandHeard)):
        understood = isinstance(event, CommandHeard)
        colour, _ = _colours(event)
        page.rule(event.decided_seconds, style.USER_WAVE, style.LINES, colour, dashed=True)
        if label := _free_label(page, event, placed):
            row = page.rows.at(event.seconds).row
            placed[row].append(label)
            y = style.USER_WAVE - 5 - label.top * style.WORDS_TIER
            at_the_edge = label.left + label.width >= page.rows.right - ROUNDING_PX
            x, anchor = (page.rows.right, "end") if at_the_edge else (label.left, "start")
            (words,) = label.lines
            page.text(row, x, y, words, style.LABEL_PX, colour, understood, anchor)


def _free_label(page: Page, event: _Heard, placed: Mapping[int, Sequence[Label]]) -> Label | None:
    """Return a place for the words of an event, the shorter ones if need be; None if all is full.

    What was spoken may be shortened, never what it means.
    """
    understood = isinstance(event, CommandHeard)
    spoken, meaning = _spoken(event), _meaning(event)
    place = page.rows.at(event.seconds)
    for most in style.WORDS_WIDTHS:
        words = shorten(spoken, most, style.LABEL_PX, understood, meaning)
        width = text_width(words, style.LABEL_PX, understood)
        x = min(place.left, page.rows.right - width)
        tiers = (Label(x, tier, (words,), width) for tier in range(style.MOST_WORDS))
        free = (one for one in tiers if not one.collides(placed[place.row]))
        if label := next(free, None):
            return label
    return None


def _colours(event: _Heard) -> tuple[str, str]:
    """Return the colour of the words, and of the box behind their sound."""
    match event:
        case CommandHeard():
            return colours.USER, colours.USER_SOFT
        case SpeechRejected():
            return colours.REJECTED, colours.REJECTED_SOFT
    return colours.FAINT, colours.GRID


def _spoken(event: _Heard) -> str:
    if isinstance(event, CommandHeard):
        return event.text
    return f"{'✗' if isinstance(event, SpeechRejected) else '○'} {event.text or '?'}"


def _meaning(event: _Heard) -> str:
    if isinstance(event, CommandHeard):
        return f" → {event.command}"
    return f" ({refusal(event.reason)})"


def _draw_lines(page: Page, lines: Iterable[Said]) -> None:
    """Write each line under its wave; a hair line leads to texts that had to go lower."""
    shelf = Shelf(page.rows.right, style.MOST_LINES, style.LINE_PX)
    line_px = style.LINE_PX * LINE_HEIGHT
    for row, places in groupby(_placed(page, lines), lambda place: place[0].row):
        texts = [(span.left, span.width, text) for span, text in places]
        for label in filter(None, shelf.place(texts)):
            top = style.LINES + label.top * line_px
            if label.top:
                page.hair(row, label.left, style.LINES, top + 1)
            for number, words in enumerate(label.lines):
                y = top + (number + 0.8) * line_px
                page.text(row, label.left, y, words, style.LINE_PX, colours.INK)


def _placed(page: Page, lines: Iterable[Said]) -> Iterator[tuple[Span, str]]:
    """Yield where each line's text goes: into its wider part, where it wraps into a new row."""
    for line in lines:
        spans = list(page.rows.spans(line.seconds, line.end_seconds))
        if spans:
            widest = max(spans, key=lambda span: span.width)
            yield widest, line.text if widest.starts else f"… {line.text}"
