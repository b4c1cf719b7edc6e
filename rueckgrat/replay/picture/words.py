"""Text on the page: how wide it is, and how it is fitted into a box."""

from collections.abc import Sequence

_CHARACTERS_BY_WIDTH = {
    0.29: "ijlI'",
    0.34: " .,:;/\\|‚‘’·",
    0.42: "f-()[]t!r",
    0.52: '"*J`sz„“”',
    0.59: "c?L_–kvxy",
    0.64: "FTaoäöeébdghnpquüß$0123456789{}",
    0.70: "EKPSYAVÄBXZ",
    0.79: "CRUÜHND◢◣&GOQÖ",
    0.86: "w#+<=>^~✗≥M",
    1.00: "○●%mW—…→@",
}
"""In em, rounded up: of DejaVu Sans, the widest of the typefaces that a picture may get."""

_EM = {character: em for em, row in _CHARACTERS_BY_WIDTH.items() for character in row}
_WIDEST_LETTER_EM = 0.87
_BOLD_EM = 0.08
"""So much wider is a character of DejaVu Sans Bold, on average."""

LINE_HEIGHT = 1.2
"""Distance of lines, as a multiple of the font size."""


def text_width(text: str, font_px: float, bold: bool = False) -> float:
    """Return a width (px) that ``text`` does not exceed in common sans-serif fonts."""
    em = sum(_EM.get(character, _WIDEST_LETTER_EM) for character in text)
    return font_px * (em + (_BOLD_EM * len(text) if bold else 0.0))


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


def shorten(text: str, width: float, font_px: float, bold: bool = False, tail: str = "") -> str:
    """Return ``text``, or its beginning with an ellipsis, or nothing, so that it fits.

    ``tail`` follows behind and is never shortened, even where it is too wide alone.
    """
    if text_width(text + tail, font_px, bold) <= width:
        return text + tail
    while text and text_width(f"{text}…{tail}", font_px, bold) > width:
        text = text[:-1]
    return f"{text.rstrip(' .,;:')}…{tail}" if text else tail.strip()
