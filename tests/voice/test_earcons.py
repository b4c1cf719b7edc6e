import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ
from skill.voice.earcons import MELODIES, earcon

NAMES = ["ready", "heard", "rejected", "done", "problem", "muted", "unmuted"]


def test_every_cue_has_its_tone() -> None:
    assert list(MELODIES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_is_short_soft_and_without_clicks(name: str) -> None:
    pcm = earcon(name).astype(int)
    assert len(pcm) / VOICE_RATE_HZ < 1
    assert np.abs(pcm).max() < 0.13 * 32_768
    assert np.abs(pcm[:5]).max() < 100
    assert np.abs(pcm[-5:]).max() < 5


def test_tones_are_told_apart() -> None:
    """No two have nearly the same spectrum, so their notes differ."""
    spectra = {name: np.abs(np.fft.rfft(earcon(name), 2**15)) for name in NAMES}
    for one in NAMES:
        for other in NAMES:
            if one != other:
                likeness = np.dot(spectra[one], spectra[other]) / (
                    np.linalg.norm(spectra[one]) * np.linalg.norm(spectra[other])
                )
                assert likeness < 0.9, (one, other)


def test_an_unknown_tone_is_told() -> None:
    with pytest.raises(VoiceError, match="ready, heard, rejected"):
        earcon("gong")
