"""Text on the page: how wide it is, and how it is fitted into a box."""

from collections.abc import Sequence

_NARROW = set("iljtfrI.,:;!|'() ")
_WIDE = set("mwMWÄÖ→…")

LINE_HEIGHT = 1.2
"""Distance of lines, as a multiple of the font size."""


def text_width(text: str, font_px: float) -> float:
    """Return a width (px) that ``text`` hardly exceeds in common sans-serif fonts."""
    return font_px * sum(map(_em, text))


def wrap(text: str, width: float, font_px: float, most_lines: int) -> list[str]:
    """Break ``text`` into at most ``most_lines`` lines of ``width`` px.

    What has no room is left out behind an ellipsis; words wider than a line are cut.
    """
    lines = [""]
    words = text.split()
    for position, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, font_px) <= width:
            lines[-1] = longer
        elif lines[-1] and len(lines) < most_lines:
            lines.append(shorten(word, width, font_px))
        else:
            rest = " ".join(words[position:])
            lines[-1] = shorten(f"{lines[-1]} {rest}".strip(), width, font_px)
            break
    return [line for line in lines if line]


def is_whole(text: str, lines: Sequence[str]) -> bool:
    """Return whether nothing of ``text`` was left out when it was wrapped."""
    return " ".join(lines) == " ".join(text.split())


def shorten(text: str, width: float, font_px: float) -> str:
    """Return ``text``, or its beginning with an ellipsis, or nothing, so that it fits."""
    if text_width(text, font_px) <= width:
        return text
    while text and text_width(f"{text}…", font_px) > width:
        text = text[:-1]
    return f"{text.rstrip(' .,;:')}…" if text else ""


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.95
    return 0.72 if character.isupper() else 0.58
