"""espeak-ng as a library: phones of a text, and speech with the place of every phone.

The library does not survive ``fork()``: start worker processes with the "spawn" method.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass
from functools import cache

import numpy as np

from .config import RecipeError

_SYNCHRONOUS_OUTPUT = 2
_PHONEME_EVENTS = 1
_UTF8 = 1
_SEPARATED_MNEMONICS = ord("_") << 8
_EVENT_END, _EVENT_PHONEME = 0, 7
_PARAMETERS = {"rate": 1, "pitch": 3, "range": 4, "word_gap": 7}


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class Speech:
    """Rendered speech: int16 samples, their rate, and (mnemonic, first sample) of every phone."""

    samples: np.ndarray
    rate_hz: int
    events: list[tuple[str, int]]


class Espeak:
    """The one espeak-ng instance of a process; get it with :func:`espeak`."""

    def __init__(self) -> None:
        self._library = _load()
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.rate_hz: int = self._library.espeak_Initialize(
            _SYNCHRONOUS_OUTPUT, 0, None, _PHONEME_EVENTS
        )
        if self.rate_hz <= 0:
            raise RecipeError("espeak-ng did not start: install the package espeak-ng-data.")
        self._chunks: list[bytes] = []
        self._events: list[tuple[str, int]] = []
        self._callback = _Callback(self._collect)  # kept: ctypes would free it
        self._library.espeak_SetSynthCallback(self._callback)
        self.select("de")

    def select(self, voice: str, **parameters: int) -> None:
        """Choose a voice ("de", "de+f2") and ``rate``, ``pitch``, ``range``, ``word_gap``."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RecipeError(f"espeak-ng has no voice {voice!r}.")
        for name, value in parameters.items():
            self._library.espeak_SetParameter(_PARAMETERS[name], value, 0)

    def phonemes(self, text: str) -> list[list[str]]:
        """Return the mnemonics of every spoken word of a text."""
        pointer = ctypes.pointer(ctypes.c_char_p(text.encode()))
        words: list[list[str]] = []
        while pointer.contents.value is not None:
            clause = self._library.espeak_TextToPhonemes(pointer, _UTF8, _SEPARATED_MNEMONICS)
            words += [word.split("_") for word in clause.decode().split()]
        return words

    def speak(self, text: str) -> Speech:
        """Render a text with the chosen voice."""
        self._chunks.clear()
        self._events.clear()
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
        samples = np.frombuffer(b"".join(self._chunks), dtype="<i2").copy()
        return Speech(samples, self.rate_hz, list(self._events))

    def _collect(self, samples, count, events) -> int:  # type: ignore[no-untyped-def]
        if samples and count > 0:
            self._chunks.append(ctypes.string_at(samples, 2 * count))
        position = 0
        while (event := events[position]).type != _EVENT_END:
            if event.type == _EVENT_PHONEME:
                self._events.append((event.id.string.decode(), event.sample))
            position += 1
        return 0


@cache
def espeak() -> Espeak:
    """Return this process's espeak-ng."""
    return Espeak()


def _load() -> ctypes.CDLL:
    name = ctypes.util.find_library("espeak-ng")
    if name is None:
        raise RecipeError("The library espeak-ng is missing: apt install espeak-ng.")
    return ctypes.CDLL(name)
