"""Against the signals of EBU Tech 3341 (table 1), and that all that sounds is equally loud.

Its signals are in two channels and at 48 kHz; the same in one channel are 3.01 LU softer.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from rueckgrat.corpus import all_sentences
from skill.content.loader import load_content
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.cues import Direction
from skill.settings import Settings
from skill.voice.breath import BELOW_SPEECH_LU as BREATH_LU
from skill.voice.breath import breath
from skill.voice.earcons import BELOW_SPEECH_LU as TONE_LU
from skill.voice.earcons import MELODIES, earcon
from skill.voice.loudness import SPEECH_LUFS, loudest, loudness
from skill.voice.polish import CEILING_DB, polish
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Pyttsx3Synthesiser

ONE_CHANNEL_LU = -3.01
TOLERANCE_LU = 0.1
"""What EBU Tech 3341 allows a meter to be off."""

SPAN_LU = 1.0
PEAK_DB = -1.0


def sine(hz: float, *parts: tuple[float, float]) -> NDArray[np.float64]:
    """Return a sine in parts, each with its peak in dB of full scale and its seconds."""
    heights = [np.full(round(s * VOICE_RATE_HZ), 10 ** (db / 20)) for db, s in parts]
    height = np.concatenate(heights)
    return height * np.sin(2 * np.pi * hz / VOICE_RATE_HZ * np.arange(len(height)))


@pytest.mark.parametrize(
    ("parts", "lufs"),
    [
        pytest.param([(-23.0, 20.0)], -23.0, id="case 1"),
        pytest.param([(-33.0, 20.0)], -33.0, id="case 2"),
        pytest.param([(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], -23.0, id="case 3"),
        pytest.param(
            [(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)],
            -23.0,
            id="case 4",
        ),
        pytest.param([(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], -23.0, id="case 5"),
    ],
)
def test_the_signals_of_the_ebu_are_as_loud_as_they_must_be(
    parts: Sequence[tuple[float, float]], lufs: float
) -> None:
    measured = loudness(sine(1_000.0, *parts))
    assert measured == pytest.approx(lufs + ONE_CHANNEL_LU, abs=TOLERANCE_LU)


@pytest.mark.parametrize(
    ("hz", "decibels"), [(50.0, -4.64), (100.0, -1.84), (997.0, -0.01), (4e3, 3.27)]
)
def test_low_tones_are_heard_less_and_high_ones_more(hz: float, decibels: float) -> None:
    """The figures are those of pyloudnorm 0.2.0 (filters "DeMan") at 48 kHz."""
    measured = loudness(sine(hz, (-20.0, 5.0)))
    assert measured == pytest.approx(-20.0 + ONE_CHANNEL_LU + decibels, abs=0.03)


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.39, 0.41, 1.0])
def test_a_short_sound_is_as_loud_as_a_long_one(seconds: float) -> None:
    """Whole periods of 1 kHz, so that its power is that of the long one."""
    long = loudness(sine(1_000.0, (-23.0, 5.0)))
    assert loudness(sine(1_000.0, (-23.0, seconds))) == pytest.approx(long, abs=0.2)


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(100), np.zeros(50_000)])
def test_silence_has_no_loudness(samples: NDArray[np.float64]) -> None:
    assert loudness(samples) == -np.inf
    assert loudest(samples) == -np.inf


@pytest.mark.parametrize("name", list(MELODIES))
def test_tones_are_equally_loud(name: str) -> None:
    assert loudness(earcon(name) / 32_768) == pytest.approx(SPEECH_LUFS - TONE_LU, abs=0.1)


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("seconds", [0.3, 1.5, 6.0])
def test_breaths_are_equally_loud_at_their_height(direction: Direction, seconds: float) -> None:
    measured = loudest(breath(direction, seconds) / 32_768)
    assert measured == pytest.approx(SPEECH_LUFS - BREATH_LU, abs=0.1)


@pytest.mark.slow
def test_lines_are_equally_loud() -> None:
    _are_equally_loud(_spoken(one_in=60))


@pytest.mark.long
def test_every_line_is_equally_loud() -> None:
    _are_equally_loud(_spoken(one_in=1))


def _spoken(one_in: int) -> Iterator[tuple[str, Pcm]]:
    content, settings = load_content(), Settings()
    voice, respell = (
        Pyttsx3Synthesiser(settings.voice, settings.words_per_minute),
        Respeller(content.respellings),
    )
    for line in all_sentences(content)[::one_in]:
        yield line, polish(voice.render(respell(line)))


def _are_equally_loud(lines: Iterator[tuple[str, Pcm]]) -> None:
    for line, pcm in lines:
        samples = pcm / 32_768
        assert abs(loudness(samples) - SPEECH_LUFS) < SPAN_LU / 2, line
        assert 20 * np.log10(np.abs(samples).max()) <= CEILING_DB + 0.01 < PEAK_DB, line
