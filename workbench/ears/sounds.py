"""Sounds of a living room that are no speech, made here: music, breathing, hiss. Seeded."""

from collections.abc import Callable, Mapping

import numpy as np

from skill.messages.blocks import EAR_RATE_HZ, Pcm

HISS_DBFS = -65.0
"""Level of a quiet room through a microphone."""

_PEAK = 0.35
_SEMITONE = 2 ** (1 / 12)
_CHORDS = ((0, 4, 7), (-3, 0, 4), (5, 9, 12), (7, 11, 14))
"""In semitones over the key: I, vi, IV, V, what half of all songs are made of."""

_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)


def silence_sound(seconds: float, seed: int) -> Pcm:  # noqa: ARG001
    """Return digital silence."""
    return np.zeros(_samples(seconds), dtype=np.int16)


def hiss(seconds: float, seed: int) -> Pcm:
    """Return the white noise of a quiet room, -65 dBFS."""
    noise = np.random.default_rng(seed).normal(0, 10 ** (HISS_DBFS / 20), _samples(seconds))
    return _int16(noise)


def music(seconds: float, seed: int) -> Pcm:
    """Return songs of 20 s each: chords, a melody with vibrato like a voice's, drums."""
    chance = np.random.default_rng(seed)
    songs = [_song(chance) for _ in range(int(np.ceil(seconds / 20)))]
    return _int16(np.concatenate(songs)[: _samples(seconds)] * _PEAK)


def breathing(seconds: float, seed: int) -> Pcm:
    """Return heavy breathing: noise through a mouth's two resonances, in and out, 1 to 4 s each."""
    chance = np.random.default_rng(seed)
    breaths: list[np.ndarray] = []
    while sum(map(len, breaths)) < _samples(seconds):
        breaths.append(_breath(chance))
        breaths.append(np.zeros(_samples(chance.uniform(0.1, 0.8))))
    return _int16(np.concatenate(breaths)[: _samples(seconds)] * _PEAK)


SOUNDS: Mapping[str, Callable[[float, int], Pcm]] = {"music": music, "breathing": breathing}
"""Sounds in which no command may be heard."""


def _song(chance: np.random.Generator) -> np.ndarray:
    beat_seconds = 60 / chance.uniform(75, 140)
    key_hz = 220 * _SEMITONE ** int(chance.integers(-5, 6))
    song = np.zeros(_samples(20))
    for beat in range(int(20 / beat_seconds)):
        start = _samples(beat * beat_seconds)
        chord = _CHORDS[beat // 4 % len(_CHORDS)]
        if beat % 4 == 0:
            for tone in chord:
                _add(song, start, 0.2 * _tone(chance, key_hz * _SEMITONE**tone, 4 * beat_seconds))
        step = _SCALE[int(chance.integers(len(_SCALE)))]
        note_hz = 2 * key_hz * _SEMITONE**step
        _add(song, start, 0.35 * _tone(chance, note_hz, beat_seconds * chance.choice((0.5, 1.0))))
        _add(song, start, 0.5 * _drum(chance, low=beat % 2 == 0))
    return song / max(float(np.abs(song).max()), 1e-9)


def _tone(chance: np.random.Generator, hz: float, seconds: float) -> np.ndarray:
    """Return a tone with falling harmonics and 5 Hz vibrato, plucked or bowed."""
    time = np.arange(_samples(seconds)) / EAR_RATE_HZ
    phase = 2 * np.pi * hz * time + 0.4 * np.sin(2 * np.pi * 5 * time) * chance.random()
    wave = sum(np.sin(n * phase) / n**1.5 for n in range(1, 9) if n * hz < EAR_RATE_HZ / 2)
    envelope = np.exp(-time * chance.uniform(0.5, 6)) * np.minimum(1, time / 0.02)
    return np.asarray(wave * envelope * np.minimum(1, (seconds - time) / 0.03))


def _drum(chance: np.random.Generator, *, low: bool) -> np.ndarray:
    time = np.arange(_samples(0.15)) / EAR_RATE_HZ
    if low:
        return np.asarray(np.sin(2 * np.pi * (50 + 60 * np.exp(-40 * time)) * time)) * np.exp(
            -20 * time
        )
    return chance.normal(0, 0.5, len(time)) * np.exp(-35 * time)


def _breath(chance: np.random.Generator) -> np.ndarray:
    length = _samples(chance.uniform(1.0, 4.0))
    spectrum = np.fft.rfft(chance.normal(0, 1, length))
    hz = np.fft.rfftfreq(length, 1 / EAR_RATE_HZ)
    shape = np.full(len(hz), 0.03)
    for centre_hz in (chance.uniform(400, 900), chance.uniform(1_500, 3_000)):
        shape += np.exp(-(((hz - centre_hz) / 350) ** 2))
    noise = np.fft.irfft(spectrum * shape, length)
    swell = np.sin(np.pi * np.linspace(0, 1, length)) ** 1.5
    return np.asarray(noise / max(float(np.abs(noise).max()), 1e-9) * swell)


def _add(song: np.ndarray, start: int, sound: np.ndarray) -> None:
    end = min(len(song), start + len(sound))
    song[start:end] += sound[: end - start]


def _samples(seconds: float) -> int:
    return round(seconds * EAR_RATE_HZ)


def _int16(samples: np.ndarray) -> Pcm:
    pcm: Pcm = np.clip(np.rint(samples * 32_767), -32_768, 32_767).astype(np.int16)
    return pcm
