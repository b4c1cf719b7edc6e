"""Writes ``session.html``: one file that plays in any browser and asks no network for anything."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import IO

from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.playback.failures import failure_list
from rueckgrat.replay.playback.timeline import timeline_json
from rueckgrat.replay.playback.transcript import transcript_list
from skill.files import appearing_whole

_SOUND = "<!-- sound -->"
_PIECE_BYTES = 3 * 2**16
"""A multiple of three, so that the pieces in base64 can be joined."""


def write_playback(path: Path, overview: SessionOverview, sound: IO[bytes] | None) -> None:
    """Write the page of a session; ``sound`` is Ogg Opus, read piece by piece, or there is none.

    The file appears whole or not at all; OSError when it cannot be written.
    """
    head, tail = _page(overview).split(_SOUND)
    with appearing_whole(path) as part, part.open("w", encoding="utf-8", errors="replace") as file:
        file.write(head)
        file.writelines(_base64(sound) if sound else ())
        file.write(tail)


def _page(overview: SessionOverview) -> str:
    style, script = _own("page.css"), _own("timeline.js") + _own("page.js")
    return Template(_own("page.html")).substitute(
        title=escape(overview.title),
        summary=escape(overview.summary),
        seconds=f"{overview.seconds:.1f}",
        failures=failure_list(overview),
        transcript=transcript_list(overview),
        timeline=timeline_json(overview),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        sound=_SOUND,
    )


def _own(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _hash(inline: str) -> str:
    """Return by which the page's policy knows its own style and script, and no others."""
    return f"sha256-{b64encode(sha256(inline.encode()).digest()).decode()}"


def _base64(sound: IO[bytes]) -> Iterator[str]:
    while piece := sound.read(_PIECE_BYTES):
        yield b64encode(piece).decode()
