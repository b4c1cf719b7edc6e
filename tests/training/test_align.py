from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from models.training.align import build, viterbi
from models.training.phones import PHONE_INDEX, PHONES, SILENCE


def scores(*said: str, frames_each: int = 5) -> np.ndarray:
    """Return log probabilities of somebody saying phones clearly."""
    frames = np.repeat([PHONE_INDEX[phone] for phone in said], frames_each)
    result = np.full((len(frames), len(PHONES)), -10.0)
    result[np.arange(len(frames)), frames] = 0.0
    return result


def test_phones_are_found_where_they_are_said() -> None:
    alignment = viterbi(scores(SILENCE, "j", "A:", SILENCE), build([[("j", "A:")]]))
    assert alignment is not None
    assert [PHONES[label] for label in alignment.labels[::5]] == [SILENCE, "j", "A:", SILENCE]
    assert list(alignment.words[::5]) == [-1, 0, 0, -1]


def test_the_variant_that_was_said_wins() -> None:
    ways = [[("z", "i:", "b", "@", "n"), ("z", "i:", "b", "m")]]
    alignment = viterbi(scores("z", "i:", "b", "m"), build(ways))
    assert alignment is not None
    assert PHONES[alignment.labels[-1]] == "m"


def test_speech_may_begin_and_end_without_silence() -> None:
    alignment = viterbi(scores("j", "A:"), build([[("j", "A:")]]))
    assert alignment is not None
    assert PHONE_INDEX[SILENCE] not in alignment.labels


def test_audio_too_short_for_its_text_has_no_alignment() -> None:
    assert viterbi(scores("j", frames_each=2), build([[("j", "A:", "n")]])) is None
