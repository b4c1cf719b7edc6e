"""Microphones and speakers: chosen by a part of their name, never by a number."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from skill.errors import AudioError


class Role(StrEnum):
    """What a device is wanted for."""

    MICROPHONE = "microphone"
    SPEAKER = "speaker"

    @property
    def noun(self) -> str:
        """What a person calls it, in German."""
        return "Mikrofon" if self is Role.MICROPHONE else "Lautsprecher"

    @property
    def the(self) -> str:
        """The same with its article, to begin a sentence."""
        return f"{'Das' if self is Role.MICROPHONE else 'Der'} {self.noun}"


@dataclass(frozen=True)
class Device:
    """A device as the sound system lists it.

    ``rate_hz`` is the rate it works at by itself. ``index`` is its place in the list, good only
    until the list is read anew.
    """

    name: str
    index: int
    rate_hz: int
    input_channels: int
    output_channels: int
    default_for: frozenset[Role] = frozenset()

    def channels(self, role: Role) -> int:
        """Return how many channels it has in this role."""
        return self.input_channels if role is Role.MICROPHONE else self.output_channels


class Stream(Protocol):
    """An open device. Samples are interleaved int16; the latency is what the system reports."""

    @property
    def rate_hz(self) -> int: ...  # noqa: D102

    @property
    def channels(self) -> int: ...  # noqa: D102

    @property
    def latency_seconds(self) -> float: ...  # noqa: D102

    def close(self) -> None:
        """Stop at once and let go of the device."""
        ...


class MicrophoneStream(Stream, Protocol):
    """An open microphone."""

    def start(self, take: Callable[[bytes, bool], None]) -> None:
        """Call ``take(frames, overflowed)`` from another thread from now on."""
        ...


class SpeakerStream(Stream, Protocol):
    """An open speaker."""

    def start(self, give: Callable[[int], bytes]) -> None:
        """Call ``give(frames)`` from another thread from now on; it returns as many frames."""
        ...


class Watch(Protocol):
    """Notices open streams that the sound system has moved to another device."""

    def strayed(self) -> frozenset[Role]:
        """Return the roles whose stream no longer leads to the device it was opened for."""
        ...

    def close(self) -> None:
        """Watch no longer."""
        ...


class SoundCard(Protocol):
    """Everything that is asked of the sound system."""

    def devices(self) -> tuple[Device, ...]:
        """Return the devices as they were when the list was last read."""
        ...

    def refresh(self) -> None:
        """Read the list of devices anew. Every stream must be closed."""
        ...

    def watch(self) -> Watch:
        """Watch over the streams that are running now."""
        ...

    def abandon(self) -> None:
        """Give up a sound system that hangs, so that the program can end without it."""
        ...

    def open_microphone(self, device: Device) -> MicrophoneStream:
        """Open the device; AudioError when it cannot be opened."""
        ...

    def open_speaker(self, device: Device) -> SpeakerStream:
        """Open the device; AudioError when it cannot be opened."""
        ...


def choose(devices: Sequence[Device], role: Role, part_of_name: str | None) -> Device:
    """Return the device whose name contains ``part_of_name``, in any case; None: the default.

    Of several matches the default device wins, then the first in the list. Raises AudioError
    when there is none, naming those there are.
    """
    usable = [device for device in devices if device.channels(role)]
    if not usable:
        raise AudioError(
            f"Ich finde kein{'en' if role is Role.SPEAKER else ''} {role.noun}.",
            "Steck eines ein, und schau, ob das Soundsystem läuft."
            if role is Role.MICROPHONE
            else "Steck einen ein, und schau, ob das Soundsystem läuft.",
            code=f"no-{role}",
        )
    wanted = _comparable(part_of_name or "")
    matches = [device for device in usable if wanted in _comparable(device.name)]
    if not matches:
        names = ", ".join(f"„{device.name}“" for device in usable)
        raise AudioError(
            f"Kein {role.noun} hat „{part_of_name}“ im Namen.",
            f"Nenn einen Teil von einem dieser Namen: {names}.",
            code=f"{role}-not-named",
            name=part_of_name,
        )
    return next((device for device in matches if role in device.default_for), matches[0])


def _comparable(name: str) -> str:
    """Return a name in small letters, an umlaut as one, however it was typed."""
    return unicodedata.normalize("NFC", name).lower()
