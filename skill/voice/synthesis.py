"""Text to samples in memory: the one module that knows pyttsx3.

pyttsx3 is never let near a sound card: on Linux it would run ``aplay`` inside the synthesis
callback, and could not be stopped. Rendering into a ``BytesIO`` is all it is used for.
"""

import functools
import io
import logging
import re
import wave
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from skill.audio.quiet import quiet
from skill.audio.resample import resample
from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.messages.cues import Pitch

SLOWEST_WORDS_PER_MINUTE = 80
FASTEST_WORDS_PER_MINUTE = 450
"""espeak-ng clips speeds outside these silently (``espeakRATE`` in its ``speak_lib.h``)."""

BASE_PITCH: Mapping[Pitch, int] = MappingProxyType(
    {Pitch.LOW: 40, Pitch.NORMAL: 50, Pitch.HIGH: 60}
)
"""espeak-ng's measure of height, 0 to 100; see docs/voice.md for what it does to a voice."""

SLOW_WORDS_PER_MINUTE = 115
"""Up to this speed words stand a little apart: of those that a recogniser mishears at 110 this
saves one in five. Lines are 4 % longer for it, which the exercises have no room for at 130."""

_WORD_GAP = 7
"""``espeakWORDGAP`` of espeak-ng's ``speak_lib.h``, in 10 ms; pyttsx3 has no property for it."""

MBROLA_RATE_HZ = 16_000
"""Rate of an mbrola voice whose voice file doesn't name another."""

_INSTALL = "Installier es: sudo apt install espeak-ng"

_log = logging.getLogger(__name__)

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice")
"""espeak-ng lives once per process and pyttsx3 is not thread-safe: it stays in one thread."""


class Synthesiser(Protocol):
    """Text to samples."""

    @property
    def identity(self) -> str:
        """Everything besides the text that a rendering depends on, to key a cache with."""
        ...

    def render(self, text: str) -> Pcm:
        """Return ``text`` spoken, at 22,050 Hz."""
        ...


class Pyttsx3Synthesiser:
    """espeak-ng through pyttsx3, with one voice at one speed and height.

    Raises VoiceError when espeak-ng or the voice is missing, or a line cannot be rendered. May be
    called from any thread; a call returns after 10 to 15 ms for a line of a few seconds, most of
    which pyttsx3 sleeps.
    """

    def __init__(self, voice_name: str, words_per_minute: int, pitch: Pitch = Pitch.NORMAL) -> None:
        if not SLOWEST_WORDS_PER_MINUTE <= words_per_minute <= FASTEST_WORDS_PER_MINUTE:
            raise VoiceError(
                f"Die Stimme kann nicht {words_per_minute} Wörter in der Minute sprechen.",
                f"Wähl {SLOWEST_WORDS_PER_MINUTE} bis {FASTEST_WORDS_PER_MINUTE}.",
                code="voice-speed",
            )
        word_gap = int(words_per_minute <= SLOW_WORDS_PER_MINUTE)
        self._how = (voice_name, words_per_minute, BASE_PITCH[pitch], word_gap)
        self.identity = _worker.submit(self._identify).result()

    def render(self, text: str) -> Pcm:
        """Return ``text`` spoken, at 22,050 Hz, with the silence that espeak-ng puts around it."""
        if not text.strip():
            return silence(0)
        return _worker.submit(self._render, text).result()

    def _identify(self) -> str:
        engine = _engine()
        engine.select(*self._how)
        return " ".join(map(str, (engine.version, *self._how)))

    def _render(self, text: str) -> Pcm:
        engine = _engine()
        engine.select(*self._how)
        return engine.render(text)


class _Engine:
    """The process's one pyttsx3 engine. Create it and use it in the worker thread only."""

    def __init__(self) -> None:
        try:
            import pyttsx3
            import pyttsx3.drivers._espeak as espeak
            import pyttsx3.drivers.espeak as driver
        except (ImportError, OSError, RuntimeError) as error:
            raise VoiceError("Ich finde espeak-ng nicht.", _INSTALL, code="no-espeak") from error
        _tame(driver, espeak)
        try:
            self._pyttsx3 = pyttsx3.init("espeak")
        except RuntimeError as error:
            raise VoiceError("espeak-ng startet nicht.", _INSTALL, code="no-espeak") from error
        self._espeak = espeak
        self._run()  # until its first run pyttsx3 only queues what it is told
        self._pyttsx3.connect("error", self._note_error)
        self._pyttsx3.connect("finished-utterance", self._note_end)
        self._errors: list[str] = []
        self._completed: list[bool] = []
        self._selected: tuple[str, int, int, int] | None = None
        self._rate_hz = VOICE_RATE_HZ
        version, self._data = _about(espeak)
        self.version = f"espeak-ng {version}"

    def select(self, voice_name: str, words_per_minute: int, pitch: int, word_gap: int) -> None:
        """Speak with this voice from now on; VoiceError if espeak-ng does not have it."""
        if self._selected == (voice_name, words_per_minute, pitch, word_gap):
            return
        self._selected = None
        self._errors.clear()
        with quiet():  # a missing mbrola makes espeak-ng write to stderr
            self._pyttsx3.setProperty("voice", voice_name)
        effective = str(self._pyttsx3.getProperty("voice"))
        # A voice that failed to load may be reported as selected, and a name that is no voice
        # may select another one ("klingon" is a language): only both together are proof.
        if self._errors or _base_name(effective) != _base_name(voice_name):
            raise VoiceError(
                f"espeak-ng hat keine Stimme „{voice_name}“, und keine natürliche hier heißt so.",
                "Welche du nehmen kannst, zeigt „rueckgrat voice list“. Stimmen von mbrola brauchen"
                " das Paket mbrola und ihr eigenes.",
                code="no-such-voice",
                name=voice_name,
            )
        self._pyttsx3.setProperty("rate", words_per_minute)
        self._pyttsx3.setProperty("pitch", pitch)
        self._espeak.SetParameter(_WORD_GAP, word_gap, 0)
        self._rate_hz = _rate_hz(self._data / "voices" / effective)
        self._selected = (voice_name, words_per_minute, pitch, word_gap)

    def render(self, text: str) -> Pcm:
        """Return ``text`` spoken, at 22,050 Hz; VoiceError, whatever goes wrong."""
        self._errors.clear()
        self._completed.clear()
        target = io.BytesIO()
        try:
            self._pyttsx3.save_to_file(text, target)
            self._run()
        except Exception as error:  # pyttsx3 names none, and lets through those of its driver
            raise VoiceError(_cannot_say(text), str(error), code="not-spoken") from error
        if self._errors or self._completed != [True] or not target.getbuffer().nbytes:
            raise VoiceError(_cannot_say(text), " ".join(self._errors), code="not-spoken")
        target.seek(0)
        with wave.open(target, "rb") as recording:
            pcm = np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2")
        # The header always claims 22,050 Hz, whatever the voice's rate is.
        return resample(pcm.astype(np.int16, copy=False), self._rate_hz, VOICE_RATE_HZ)

    def _run(self) -> None:
        """Let pyttsx3 work until it is done.

        It begins every run by cancelling whatever espeak-ng's own thread is still busy with: a
        speed just set would be forgotten, or the new line cut. So espeak-ng must be idle first.
        """
        self._espeak.Synchronize()
        self._pyttsx3.runAndWait()

    def _note_end(self, name: str | None, completed: bool) -> None:  # noqa: ARG002
        self._completed.append(completed)

    def _note_error(self, name: str | None, exception: Exception) -> None:  # noqa: ARG002
        self._errors.append(str(exception))


@functools.cache
def _engine() -> _Engine:
    return _Engine()


def _tame(driver: Any, espeak: Any) -> None:
    """Mend three habits of pyttsx3's espeak driver, in its own modules only.

    It prints after every rendering; it logs through the root logger, which installs a handler on
    stderr when there is none; and it tells espeak-ng, which copies the text for its own thread,
    that the text is ten times as long as it is, so that foreign memory is read.
    """
    driver.print = _log.debug
    driver.logging = _log
    start_synthesis: Callable[..., int] = espeak.cSynth

    def start_with_true_size(text: bytes, _size: int, *rest: Any) -> int:
        return start_synthesis(text, len(text) + 1, *rest)

    espeak.cSynth = start_with_true_size


def _about(espeak: Any) -> tuple[str, Path]:
    """Return espeak-ng's version and its data folder."""
    import ctypes

    data = ctypes.c_char_p()
    espeak.dll.espeak_Info.restype = ctypes.c_char_p
    version: bytes = espeak.dll.espeak_Info(ctypes.byref(data))
    return version.decode(), Path((data.value or b"").decode())


def _base_name(voice: str) -> str:
    return voice.lower().rpartition("/")[2]


def _rate_hz(voice_file: Path) -> int:
    """Return the rate of a voice: 22,050 Hz, or what an mbrola voice's file says.

    Its line reads ``mbrola NAME PHONEMES [RATE]``.
    """
    try:
        text = voice_file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a variant ("de+f2"), or a language: voices of espeak-ng's own
        return VOICE_RATE_HZ
    line = re.search(r"^mbrola[ \t]+\S+[ \t]+\S+(?:[ \t]+(\d+))?", text, re.MULTILINE)
    if line is None:
        return VOICE_RATE_HZ
    return int(line[1] or MBROLA_RATE_HZ)


def _cannot_say(text: str) -> str:
    return f"„{text}“ konnte espeak-ng nicht sprechen."
