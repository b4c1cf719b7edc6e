"""What happens to a clean recording on its way to the microphone: noise, rooms, distance."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from skill.audio.hiss import FLOOR_DBFS
from skill.audio.waves import FRAME_SECONDS, frame_levels_dbfs, sound_end_seconds
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from workbench.ears.clips import Clip

CLEAN: Final = "clean"
CONDITIONS = (
    CLEAN,
    "noise 20 dB",
    "noise 10 dB",
    "noise 5 dB",
    "room",
    "quiet -20 dB",
    "quiet -30 dB",
    "far (room, -20 dB)",
    "clipped",
)

_CLIPPED_PEAK = 3.0
"""A clipped clip is as loud as if its peak were 3 times (10 dB) full scale."""

_ROOM_SECONDS = 0.7
"""Responses are used up to here behind their direct sound."""

_NOISE_CLIPS = 4
"""Neighbours in the manifest's order, which come from one recording, are joined."""


@dataclass(frozen=True)
class Surroundings:
    """Noises and room responses, 16 kHz, by name; both may be empty."""

    noises: Sequence[tuple[str, Pcm]] = ()
    rooms: Sequence[tuple[str, Pcm]] = ()

    def offer(self, condition: str) -> bool:
        """Return whether a condition can be made: noise and rooms need recordings."""
        if condition.startswith("noise"):
            return bool(self.noises)
        return bool(self.rooms) or "room" not in condition


def in_condition(clip: Clip, condition: str, surroundings: Surroundings) -> Clip:
    """Return the clip in one of ``CONDITIONS``, over a hiss of -70 dBFS; its timing stays.

    Which noise or room it gets depends on its name only: the same in every run. ``noise N dB`` is
    the ratio of powers, speech over its own length (without the padding) to noise. A room keeps
    the clip's power. The name says what was chosen.
    """
    chance = _chance(clip.name, condition)
    samples = clip.pcm.astype(np.float64)
    power = _speech_power(clip)
    added = ""
    if "room" in condition:
        added, samples = _in_room(samples, surroundings, chance)
    if condition.startswith("noise"):
        ratio_db = float(condition.split()[1])
        added, noise = _noise(len(samples), surroundings, chance)
        samples = samples + noise * np.sqrt(power) * 10 ** (-ratio_db / 20)
    elif condition == "clipped":
        samples *= _CLIPPED_PEAK * 32_768 / max(float(np.abs(samples).max()), 1.0)
    elif gain_db := _gain_db(condition):
        samples *= 10 ** (gain_db / 20)
    samples += chance.normal(0, 32_768 * 10 ** (FLOOR_DBFS / 20), len(samples))
    pcm = np.clip(np.rint(samples), -32_768, 32_767).astype(np.int16)
    return replace(clip, pcm=pcm, name=f"{clip.name} + {added}" if added else clip.name)


def trimmed(pcm: Pcm) -> Pcm:
    """Return a clean recording without the silence around it (35 dB below its loudest 10 ms)."""
    levels = frame_levels_dbfs(pcm, EAR_RATE_HZ)
    if not levels.size:
        return pcm
    first = int(np.flatnonzero(levels >= levels.max() - 35.0)[0])
    begin = round(max(first - 2, 0) * FRAME_SECONDS * EAR_RATE_HZ)
    end = round((sound_end_seconds(pcm, EAR_RATE_HZ) + 0.02) * EAR_RATE_HZ)
    return pcm[begin:end]


def _speech_power(clip: Clip) -> float:
    """Return the mean square of the speech alone; padding is digital silence."""
    total = float(np.square(clip.pcm.astype(np.float64)).sum())
    samples = clip.sound_seconds * EAR_RATE_HZ or len(clip.pcm)
    return total / max(samples, 1.0)


def _in_room(
    samples: np.ndarray, surroundings: Surroundings, chance: np.random.Generator
) -> tuple[str, np.ndarray]:
    """Return what is heard in a room, aligned to its direct sound, as loud as before."""
    name, response = surroundings.rooms[int(chance.integers(len(surroundings.rooms)))]
    direct = int(np.abs(response.astype(np.int32)).argmax())
    kept = response[: direct + round(_ROOM_SECONDS * EAR_RATE_HZ)].astype(np.float64)
    size = 1 << (len(samples) + len(kept)).bit_length()
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(kept, size), size)
    heard = heard[direct : direct + len(samples)]
    loudness = np.sqrt(np.square(samples).sum() / max(float(np.square(heard).sum()), 1e-9))
    return name, heard * loudness


def _noise(
    length: int, surroundings: Surroundings, chance: np.random.Generator
) -> tuple[str, np.ndarray]:
    """Return noise of unit power."""
    noises = surroundings.noises
    first = int(chance.integers(len(noises)))
    joined = np.concatenate([noises[(first + i) % len(noises)][1] for i in range(_NOISE_CLIPS)])
    noise = np.resize(joined.astype(np.float64), length)
    return noises[first][0], noise / max(float(np.sqrt(np.square(noise).mean())), 1e-9)


def _gain_db(condition: str) -> float:
    if not condition.endswith("dB)") and not condition.startswith("quiet"):
        return 0.0
    return -float(condition.rstrip(" dB)").rpartition("-")[2])


def _chance(*key: str) -> np.random.Generator:
    digest = hashlib.sha256("\0".join(key).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "little"))
