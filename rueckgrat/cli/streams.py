"""stdout and stderr: writable whatever they lead to, and whatever signs they can show."""

import codecs
import io
import os
import sys
from typing import TextIO

SPELT_OUT = "rueckgrat-spelt-out"
"""The ``errors`` of a text stream: what its character set lacks is spelt in ASCII."""

_FROM = "„“”«»‚‘’–—−·█▮│×→✓✗●○"
_TO = '"""""\'\'\'---.##|x>+x*o'
_IN_ASCII = str.maketrans(
    {
        **dict(zip("äöüÄÖÜß", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "ss"), strict=True)),
        **dict(zip(_FROM, _TO, strict=True)),
        "…": "...",
        "\u00a0": " ",
    }
)


def make_streams_safe() -> None:
    """Give both streams a place to lead to, and a spelling for every sign."""
    codecs.register_error(SPELT_OUT, _spelt_out)
    sys.stdout = sys.stdout or nowhere()  # None where the descriptor is closed
    sys.stderr = sys.stderr or nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=SPELT_OUT)


def nowhere() -> TextIO:
    """Return a stream that leads to nothing."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123


def _spelt_out(error: UnicodeError) -> tuple[str, int]:
    """Return in ASCII what is missing, as Germans write it without umlauts; else "?"."""
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end].translate(_IN_ASCII)
    return "".join(sign if sign.isascii() else "?" for sign in missing), error.end
