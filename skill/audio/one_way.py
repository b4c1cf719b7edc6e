"""One device alone: a microphone to listen to, or a speaker to play to.

For trying out and for single sentences. A session needs both at once: see ``live``.
"""

import queue
import time
from collections.abc import Iterable, Iterator

from skill.audio.capture import BlockAssembler
from skill.audio.devices import Role, SoundCard, choose
from skill.audio.playback import Playback
from skill.errors import AudioError
from skill.messages.blocks import Pcm

_SILENT_SECONDS = 4.0
"""A microphone that delivers nothing for so long is gone: even silence is delivered. A device
that has to wake up first (a sound server, Bluetooth) may take seconds."""

_IN_HAND_SECONDS = 0.3
_TICK_SECONDS = 0.02


def heard_blocks(card: SoundCard, microphone: str | None) -> Iterator[Pcm]:
    """Yield blocks (1,600 samples at 16 kHz) from a microphone until the iterator is closed.

    ``microphone`` is a part of its name, None the default. AudioError when there is none, or when
    it stops delivering.
    """
    device = choose(card.devices(), Role.MICROPHONE, microphone)
    stream = card.open_microphone(device)
    frames: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    assembler = BlockAssembler(stream.rate_hz, stream.channels)
    try:
        stream.start(lambda heard, _overflowed: frames.put(heard))
        while True:
            assembler.add(frames.get(timeout=_SILENT_SECONDS))
            while (block := assembler.take()) is not None:
                yield block
    except queue.Empty:
        raise AudioError(
            f"Das Mikrofon „{device.name}“ liefert nichts mehr.",
            "Schau, ob es eingesteckt ist.",
            code="microphone-silent",
            name=device.name,
        ) from None
    finally:
        stream.close()


def play_blocks(card: SoundCard, speaker: str | None, blocks: Iterable[Pcm]) -> None:
    """Play blocks (22,050 Hz) to their end; AudioError when there is no such speaker."""
    stream = card.open_speaker(choose(card.devices(), Role.SPEAKER, speaker))
    playback = Playback(stream.rate_hz, stream.channels)
    try:
        stream.start(playback.give)
        for block in blocks:
            playback.add(block)
            _wait_until_in_hand(playback, _IN_HAND_SECONDS)
        playback.end()
        _wait_until_in_hand(playback, 0.0)
        time.sleep(stream.latency_seconds + _TICK_SECONDS)
    finally:
        stream.close()


def _wait_until_in_hand(playback: Playback, seconds: float) -> None:
    """Wait until no more than ``seconds`` of sound are left; AudioError when none is taken."""
    last, since = playback.in_hand_seconds, time.monotonic()
    while (left := playback.in_hand_seconds) > seconds:
        if left < last:
            last, since = left, time.monotonic()
        elif time.monotonic() - since > _SILENT_SECONDS:
            raise AudioError(
                "Der Lautsprecher spielt nicht mehr.",
                "Schau, ob er eingesteckt ist.",
                code="speaker-silent",
            )
        time.sleep(_TICK_SECONDS)
