"""The sound system through PortAudio. The only module that imports sounddevice."""

import atexit
import contextlib
import ctypes
import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from skill.audio.devices import Device, Role
from skill.audio.quiet import quiet
from skill.audio.routes import Routes
from skill.errors import AudioError, NoSoundLibraryError
from skill.exit_codes import INTERRUPTED

_LATENCY_SECONDS = 0.04
"""Asked of PortAudio for each direction; see docs/audio.md for what comes of it."""

_COMMON_RATES_HZ = (48_000, 44_100, 32_000, 16_000)


class PortAudio:
    """The sound devices of this machine, behind ``skill.audio.devices.SoundCard``."""

    def devices(self) -> tuple[Device, ...]:
        """Return the devices as they were when the list was last read."""
        sd = _sounddevice()
        with _failing("Die Liste der Soundgeräte kann ich nicht lesen"):
            defaults = {
                Role.MICROPHONE: sd.default.device[0],
                Role.SPEAKER: sd.default.device[1],
            }
            return tuple(
                Device(
                    name=info["name"],
                    index=info["index"],
                    rate_hz=round(info["default_samplerate"]),
                    input_channels=info["max_input_channels"],
                    output_channels=info["max_output_channels"],
                    default_for=frozenset(
                        role for role, index in defaults.items() if index == info["index"]
                    ),
                )
                for info in sd.query_devices()
            )

    def refresh(self) -> None:
        """Read the list of devices anew: PortAudio does so only when it starts."""
        sd = _sounddevice()
        with _failing("Das Soundsystem lässt sich nicht neu starten"):
            sd._terminate()
            sd._initialize()

    def watch(self) -> Routes:
        """Watch whether a sound server leads the running streams elsewhere."""
        return Routes()

    def abandon(self) -> None:
        """Let the program end, when it does, without closing PortAudio, which would hang.

        Without Python's own cleaning up, too: PortAudio's threads still call what it takes away.
        """
        atexit.unregister(_sounddevice()._exit_handler)
        atexit.register(_leave_at_once)

    def open_microphone(self, device: Device) -> "PortAudioStream":
        """Open the device for listening; AudioError when it cannot be opened."""
        return PortAudioStream(device, Role.MICROPHONE)

    def open_speaker(self, device: Device) -> "PortAudioStream":
        """Open the device for playing; AudioError when it cannot be opened."""
        return PortAudioStream(device, Role.SPEAKER)


class PortAudioStream:
    """One open device, at the first of its own and the common rates that it accepts.

    The callbacks run in PortAudio's thread: they hand on bytes and do nothing else.
    """

    def __init__(self, device: Device, role: Role) -> None:
        self._call: Callable[..., Any] | None = None
        with _failing(f"{role.the} „{device.name}“ lässt sich nicht öffnen"):
            self._stream = _open(
                device, role, self._taken if role is Role.MICROPHONE else self._give
            )
        self.rate_hz = round(self._stream.samplerate)
        self.channels: int = self._stream.channels
        self._name = f"{role.the} „{device.name}“"

    @property
    def latency_seconds(self) -> float:
        """The latency that PortAudio reports: of the device's own buffer."""
        return float(self._stream.latency)

    def start(self, call: Callable[..., Any]) -> None:
        """Begin to call ``call``, see ``MicrophoneStream`` and ``SpeakerStream``."""
        self._call = call
        with _failing(f"{self._name} lässt sich nicht starten"):
            self._stream.start()

    def close(self) -> None:
        """Stop at once and let go of the device."""
        self._stream.close()

    def _taken(self, data: Any, _frames: int, _time: Any, status: Any) -> None:
        if self._call:
            self._call(bytes(data), bool(status.input_overflow))

    def _give(self, data: Any, frames: int, _time: Any, _status: Any) -> None:
        if self._call:
            data[:] = self._call(frames)


def _open(device: Device, role: Role, callback: Callable[..., None]) -> Any:
    sd = _sounddevice()
    make = sd.RawInputStream if role is Role.MICROPHONE else sd.RawOutputStream
    most = device.channels(role)
    refusal: Exception | None = None
    for rate_hz in dict.fromkeys((device.rate_hz, *_COMMON_RATES_HZ)):
        for channels in sorted({1, min(2, most), most}):
            try:
                return make(
                    device=device.index,
                    samplerate=rate_hz,
                    channels=channels,
                    dtype="int16",
                    latency=_LATENCY_SECONDS,
                    callback=callback,
                )
            except sd.PortAudioError as error:
                refusal = refusal or error
    raise refusal or AssertionError("no rate was tried")


@contextlib.contextmanager
def _failing(problem: str) -> Iterator[None]:
    """Keep what the library prints off the terminal; turn PortAudio's errors into a sentence."""
    sd = _sounddevice()
    try:
        with quiet():
            yield
    except sd.PortAudioError as error:
        raise AudioError(
            f"{problem} ({_reason(error)}).",
            "Schau, ob alles eingesteckt ist und ob ein anderes Programm es benutzt.",
            code="sound-refused",
        ) from error


_REASONS = {
    "Device unavailable": "das Gerät ist nicht zu haben",
    "Device or resource busy": "ein anderes Programm hält es fest",
    "No such device": "es ist nicht mehr da",
    "No such file or directory": "es ist nicht mehr da",
    "Invalid sample rate": "es kann keine der üblichen Abtastraten",
    "Invalid argument": "so kann es nicht arbeiten",
    "Invalid number of channels": "es hat zu wenige Kanäle",
    "Invalid device": "es ist nicht mehr da",
    "Permission denied": "das ist mir nicht erlaubt",
    "Operation not permitted": "das ist mir nicht erlaubt",
    "Connection refused": "das Soundsystem antwortet nicht",
    "Host is down": "das Soundsystem antwortet nicht",
    "Wait timed out": "es antwortet nicht",
    "Input/output error": "das Gerät hat einen Fehler",
    "Unanticipated host error": "das Soundsystem hat einen Fehler",
    "Internal PortAudio error": "das Soundsystem hat einen Fehler",
    "Insufficient memory": "der Arbeitsspeicher reicht nicht",
    "PortAudio not initialized": "das Soundsystem ist nicht bereit",
    "Illegal combination of I/O devices": "Mikrofon und Lautsprecher passen nicht zusammen",
}


def _reason(error: Exception) -> str:
    """Return what the host says, else what PortAudio says: in German where it is known."""
    text, *details = error.args
    host_says = details[1][2] if len(details) > 1 else ""
    said = host_says or str(text).rpartition(": ")[2]
    return _REASONS.get(said, f"das Soundsystem meldet „{said}“")


def _leave_at_once() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(INTERRUPTED)


@functools.cache
def _sounddevice() -> ModuleType:
    """Import sounddevice on first use: importing it starts PortAudio."""
    try:
        with quiet():
            sounddevice = importlib.import_module("sounddevice")
    except OSError as error:
        raise NoSoundLibraryError(
            "Die Soundbibliothek PortAudio fehlt.",
            "Installier sie: sudo apt install libportaudio2",
        ) from error
    _read_any_name(sounddevice)
    _silence_alsa()
    return sounddevice


def _read_any_name(sounddevice: Any) -> None:
    """Let sounddevice read names that are not UTF-8: one of them would hide all devices.

    What it cannot read becomes a replacement sign.
    """
    with contextlib.suppress(AttributeError):
        read: Callable[[Any], bytes] = sounddevice._ffi_string
        sounddevice._ffi_string = lambda text: _Name(read(text))


class _Name(bytes):
    """Bytes of a text from PortAudio, in whatever encoding."""

    def decode(self, encoding: str = "utf-8", errors: str = "") -> str:  # noqa: ARG002
        """Return the text, with a replacement sign for each byte that makes none."""
        return super().decode(encoding, "replace")


_ALSA_SAYS = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)


_SAY_NOTHING = _ALSA_SAYS(lambda *_: None)


def _silence_alsa() -> None:
    """Give ALSA a handler that says nothing: it prints from PortAudio's threads at any time."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_SAY_NOTHING)
