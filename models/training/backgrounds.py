"""Rooms and noise as audio: what surrounds the speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve

from .config import SAMPLE_RATE_HZ

_ROOM_SAMPLES = 8_000
"""Rooms end after half a second: longer tails are below the noise of a living room."""


def synthetic_room(chance: np.random.Generator) -> np.ndarray:
    """Return a direct sound and an exponential tail of 0.1 to 0.7 s (to -60 dB)."""
    decay = 6.9 / (chance.uniform(0.1, 0.7) * SAMPLE_RATE_HZ)
    tail = chance.standard_normal(_ROOM_SAMPLES) * np.exp(-decay * np.arange(_ROOM_SAMPLES))
    tail[: int(chance.uniform(0.001, 0.02) * SAMPLE_RATE_HZ)] = 0.0
    tail *= 10 ** (chance.uniform(-15, 3) / 20) / np.sqrt(np.square(tail).sum())
    tail[0] = 1.0
    return tail.astype(np.float32)


def in_room(samples: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Return what is heard in a room, aligned to its loudest (direct) sound, same length."""
    direct = int(np.abs(room).argmax())
    heard = fftconvolve(samples.astype(np.float32), room[: direct + _ROOM_SAMPLES])
    return heard[direct : direct + len(samples)].astype(np.float32)


def unit(samples: np.ndarray) -> np.ndarray:
    """Return samples as float32 with an RMS of one."""
    real = samples.astype(np.float32)
    return real / np.float32(np.sqrt(np.square(real).mean()) + 1e-3)


def active_rms(samples: np.ndarray) -> float:
    """Return the RMS of the louder half of the 50 ms blocks: pauses should not count."""
    block = SAMPLE_RATE_HZ // 20
    blocks = samples[: len(samples) // block * block].astype(np.float32).reshape(-1, block)
    power = np.square(blocks).mean(1)
    return float(np.sqrt(power[power >= np.median(power)].mean()) + 1.0)


@dataclass
class NoiseMaker:
    """Makes backgrounds of many kinds, unit RMS.

    ``recorded``, ``crowds`` and ``neighbours`` are clips of noise without people, with many and
    with one, in the order of their names, so that clips in a row come from the same recording;
    ``voices`` are utterances to mix babble from, ``coach`` lines in the trainer's own voice.
    """

    recorded: Sequence[np.ndarray]
    crowds: Sequence[np.ndarray]
    neighbours: Sequence[np.ndarray]
    voices: Sequence[np.ndarray]
    coach: Sequence[np.ndarray]
    chance: np.random.Generator

    def make(self, length: int) -> tuple[str, np.ndarray]:
        """Return noise of a random kind, and which of :data:`phones.BACKGROUNDS` it is."""
        kinds = {
            "noise": (self.household, self.household, self.hiss),
            "breath": (self.breath,),
            "music": (self.music,),
            "talk": (self.crowd, self.babble),
        }
        wanted = [(name, make) for name, makers in kinds.items() for make in makers]
        name, make = wanted[self.chance.integers(len(wanted))]
        return name, make(length)

    def one_voice(self, length: int) -> tuple[str, np.ndarray]:
        """Return one person elsewhere, or the coach."""
        make = (self.far_voice, self.own_voice, self.neighbour)[self.chance.integers(3)]
        return "talk", make(length)

    def household(self, length: int) -> np.ndarray:
        """Return recorded noise without people, clip after clip."""
        return self._in_a_row(self.recorded, length)

    def crowd(self, length: int) -> np.ndarray:
        """Return recorded noise of many people, clip after clip."""
        return self._in_a_row(self.crowds, length)

    def neighbour(self, length: int) -> np.ndarray:
        """Return a recorded voice from next door, or an announcement, clip after clip."""
        return self._in_a_row(self.neighbours, length)

    def _in_a_row(self, recorded: Sequence[np.ndarray], length: int) -> np.ndarray:
        clips: list[np.ndarray] = []
        start = int(self.chance.integers(len(recorded)))
        while sum(map(len, clips)) < length:
            clips.append(recorded[start % len(recorded)])
            start += 1
        return unit(np.concatenate(clips)[:length])

    def babble(self, length: int) -> np.ndarray:
        """Return five to nine voices at once: of fewer, one is often heard alone."""
        mixture = np.zeros(length, dtype=np.float32)
        for _ in range(int(self.chance.integers(5, 10))):
            voice = self.voices[int(self.chance.integers(len(self.voices)))]
            repeated = np.resize(unit(voice), length)
            mixture += np.roll(repeated, int(self.chance.integers(length)))
        return unit(mixture)

    def far_voice(self, length: int) -> np.ndarray:
        """Return one person in another room: the echoes without the direct sound."""
        room = synthetic_room(self.chance)
        room[0] = 0.0
        return unit(fftconvolve(self._voice_after_voice(self.voices, length), room)[:length])

    def own_voice(self, length: int) -> np.ndarray:
        """Return the coach from its loudspeaker, in a room."""
        return unit(
            in_room(self._voice_after_voice(self.coach, length), synthetic_room(self.chance))
        )

    def music(self, length: int) -> np.ndarray:
        """Return chords, a melody and a beat, in a random key, tempo and sound."""
        seconds = length / SAMPLE_RATE_HZ
        beat = 60.0 / self.chance.uniform(60, 150)
        key = 110.0 * 2 ** (self.chance.integers(12) / 12)
        scale = 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
        song = np.zeros(length)
        for onset in np.arange(0.0, seconds, beat):
            chord = self.chance.integers(0, 4) + np.array([0, 2, 4])
            notes = [(key * scale[note], 4 * beat, 0.3) for note in chord]
            notes.append((2 * key * self.chance.choice(scale), self.chance.uniform(1, 2) * beat, 1))
            for hertz, lasting, loud in notes:
                self._add(song, onset, loud * self._note(hertz, lasting))
            self._add(song, onset, self.chance.uniform(0, 2) * self._drum())
        return unit(song)

    def _note(self, hertz: float, seconds: float) -> np.ndarray:
        time = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        dying = np.exp(-time * self.chance.uniform(1, 6))
        brightness = self.chance.uniform(0.3, 1.0)
        overtones = [n for n in range(1, 9) if n * hertz < SAMPLE_RATE_HZ / 2]
        waves = [brightness**n * np.sin(2 * np.pi * n * hertz * time) for n in overtones]
        return np.asarray(dying * np.sum(waves, axis=0))

    def _drum(self) -> np.ndarray:
        time = np.arange(SAMPLE_RATE_HZ // 5) / SAMPLE_RATE_HZ
        if self.chance.random() < 0.5:
            return np.asarray(np.sin(2 * np.pi * 60 * time) * np.exp(-20 * time))
        return 0.3 * self.chance.standard_normal(len(time)) * np.exp(-40 * time)

    @staticmethod
    def _add(song: np.ndarray, onset_seconds: float, sound: np.ndarray) -> None:
        begin = int(onset_seconds * SAMPLE_RATE_HZ)
        end = min(begin + len(sound), len(song))
        song[begin:end] += sound[: end - begin]

    def _voice_after_voice(self, voices: Sequence[np.ndarray], length: int) -> np.ndarray:
        said: list[np.ndarray] = []
        while sum(map(len, said)) < length:
            said.append(unit(voices[int(self.chance.integers(len(voices)))]))
        return np.concatenate(said)[:length]

    def hiss(self, length: int) -> np.ndarray:
        """Return noise with a falling or flat spectrum: white to brown."""
        return unit(self._shaped(length, self.chance.uniform(0.0, 1.2)))

    def breath(self, length: int) -> np.ndarray:
        """Return noise that swells and fades every one to three seconds, like hard breathing."""
        period = self.chance.uniform(0.8, 3.0) * SAMPLE_RATE_HZ
        phase = (np.arange(length) / period + self.chance.random()) * 2 * np.pi
        swell = np.clip(np.sin(phase), 0, None) ** 2
        return unit(self._shaped(length, self.chance.uniform(0.1, 0.6)) * swell)

    def _shaped(self, length: int, slope: float) -> np.ndarray:
        spectrum = np.fft.rfft(self.chance.standard_normal(length))
        spectrum /= np.maximum(np.arange(len(spectrum)) * 4_000 / length, 8) ** slope
        return np.fft.irfft(spectrum, length).astype(np.float32)
