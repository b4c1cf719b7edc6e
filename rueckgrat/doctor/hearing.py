"""What comes out of the microphone: levels, noise, clipping, dead channels."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from threading import Event

import numpy as np

from rueckgrat.calibration.advice import advice, overview
from rueckgrat.calibration.quality import Fault, QualityLimits, fault, measure
from rueckgrat.calibration.script import MicrophoneAdvice
from rueckgrat.doctor.finding import Figures, Finding, decimal, failure, ok, unmeasured, warning
from skill.audio.devices import Device, MicrophoneStream, SoundCard, SpeakerStream, Watch
from skill.audio.offset import OffsetFilter
from skill.audio.one_way import heard_blocks
from skill.ear.level import LevelMeter
from skill.messages.blocks import BLOCK_SECONDS, Pcm, silence

_START_BLOCKS = 5
"""A device that has just been opened may begin with a click, or with zeros."""

_LOUDEST_NOISE_DBFS = -45.0
"""As in ``calibration.advice``: a louder room hides soft words."""

_FAINTEST_DBFS = -72.0
"""Noise of a microphone that is on lies above it; below it the recording is turned down."""


@dataclass(frozen=True)
class Sample:
    """What a microphone delivered: 16 kHz mono, and which of its own channels never moved."""

    pcm: Pcm
    channels: int = 1
    dead_channels: int = 0

    @property
    def is_dead(self) -> bool:
        """True where nothing at all came: the same value throughout."""
        return not self.pcm.size or bool(self.pcm.min() == self.pcm.max())


class WatchedCard:
    """A sound card whose microphones keep the frames they deliver, channel by channel."""

    def __init__(self, card: SoundCard) -> None:
        self._card = card
        self.channels = 1
        self.frames: list[bytes] = []

    def devices(self) -> tuple[Device, ...]:
        """See ``SoundCard``."""
        return self._card.devices()

    def refresh(self) -> None:
        """See ``SoundCard``."""
        self._card.refresh()

    def watch(self) -> Watch:
        """See ``SoundCard``."""
        return self._card.watch()

    def abandon(self) -> None:
        """See ``SoundCard``."""
        self._card.abandon()

    def open_speaker(self, device: Device) -> SpeakerStream:
        """See ``SoundCard``."""
        return self._card.open_speaker(device)

    def open_microphone(self, device: Device) -> MicrophoneStream:
        """See ``SoundCard``."""
        stream = self._card.open_microphone(device)
        self.channels = stream.channels
        return _WatchedMicrophone(stream, self.frames.append)

    def dead_channels(self) -> int:
        """Return how many channels delivered the same value throughout."""
        data = b"".join(self.frames)
        whole = len(data) - len(data) % (2 * self.channels)
        frames = np.frombuffer(data[:whole], dtype=np.int16).reshape(-1, self.channels)
        return int(np.count_nonzero(frames.min(axis=0) == frames.max(axis=0))) if whole else 0


class _WatchedMicrophone:
    def __init__(self, stream: MicrophoneStream, keep: Callable[[bytes], None]) -> None:
        self._stream = stream
        self._keep = keep
        self.rate_hz = stream.rate_hz
        self.channels = stream.channels
        self.latency_seconds = stream.latency_seconds

    def start(self, take: Callable[[bytes, bool], None]) -> None:
        def keep_and_take(frames: bytes, overflowed: bool) -> None:
            self._keep(frames)
            take(frames, overflowed)

        self._stream.start(keep_and_take)

    def close(self) -> None:
        self._stream.close()


def listen(
    card: SoundCard,
    microphone: str | None,
    seconds: float,
    on_level: Callable[[float], None],
    stop: Event,
) -> Sample:
    """Listen for so long; ``on_level`` gets each block's level in dBFS. AudioError as in ``live``.

    Ends early when ``stop`` is set.
    """
    watched = WatchedCard(card)
    meter = LevelMeter()
    offset = OffsetFilter()
    heard = [silence(0)]
    blocks = heard_blocks(watched, microphone)
    try:
        for block in islice(blocks, _START_BLOCKS + round(seconds / BLOCK_SECONDS)):
            meter.process(offset.process(block))
            on_level(meter.level_dbfs)
            heard.append(block)
            if stop.is_set():
                break
    finally:
        blocks.close()  # type: ignore[attr-defined]
    pcm = np.concatenate(heard[_START_BLOCKS + 1 :] or heard)
    return Sample(pcm, watched.channels, watched.dead_channels())


def check_level(sample: Sample, texts: MicrophoneAdvice, alive: bool = False) -> Finding:
    """Judge what was heard, be it speech or only the room.

    ``texts`` are what the calibration advises. ``alive``: the microphone has heard something else
    meanwhile; one that suppresses noise may be digitally silent in a quiet room.
    """
    levels = measure(sample.pcm)
    figures: Figures = {
        "speech_dbfs": round(levels.speech_dbfs, 1),
        "noise_dbfs": round(levels.noise_dbfs, 1),
        "peak_dbfs": round(levels.peak_dbfs, 1),
        "speech_seconds": round(levels.speech_seconds, 2),
        "clipped_samples": levels.clipped_samples,
        "channels": sample.channels,
        "dead_channels": sample.dead_channels,
        "dead": sample.is_dead,
    }
    found = fault(levels)
    noise = f"Rauschen {decimal(levels.noise_dbfs)} dB"
    if sample.is_dead and not alive:
        return failure(
            "level",
            "Vom Mikrofon kommt gar nichts, nicht einmal Rauschen.",
            "Schalt es ein: die Stummtaste am Gerät, oder „alsamixer“ (F4, dann M und Pfeil hoch).",
            **figures,
        )
    if 0 < sample.dead_channels < sample.channels:
        return warning(
            "level",
            f"Von {sample.channels} Kanälen des Mikrofons liefern {sample.dead_channels} nichts;"
            " so bist du leiser zu hören.",
            "Prüf Stecker und Kabel: Ein Mono-Mikrofon passt nicht in jede Stereobuchse.",
            **figures,
        )
    if levels.clipped_samples > QualityLimits().most_clipped_samples:
        measured = f"Das Mikrofon übersteuert ({levels.clipped_samples} Abtastwerte)."
        return warning("level", measured, texts.clipped, **figures)
    if found is Fault.SILENT:
        return _of_the_room(levels.noise_dbfs, levels.peak_dbfs, texts, figures)
    measured = f"Stimme {decimal(levels.speech_dbfs)} dB, {noise}."
    advised = advice(overview([levels]))[0]
    if advised != "good":
        return warning("level", measured, getattr(texts, advised), **figures)
    return ok("level", measured, **figures)


def _of_the_room(
    noise_dbfs: float, peak_dbfs: float, texts: MicrophoneAdvice, figures: Figures
) -> Finding:
    noise = f"Rauschen {decimal(noise_dbfs)} dB"
    if noise_dbfs > _LOUDEST_NOISE_DBFS:
        measured = f"Ich habe niemanden sprechen hören, nur den Raum: {noise}."
        return warning("level", measured, texts.noisy, **figures)
    if peak_dbfs < _FAINTEST_DBFS:
        return warning(
            "level",
            f"Das Mikrofon ist fast stumm ({noise}), und gesprochen hat niemand.",
            "Versuch es noch einmal und sprich dabei. Bleibt es so, dann dreh die Aufnahme auf:"
            " „alsamixer“, F4.",
            **figures,
        )
    return unmeasured("level", f"Der Raum ist leise ({noise}); gesprochen hat niemand.", **figures)
