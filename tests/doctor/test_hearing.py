from threading import Event

import numpy as np
import pytest

from rueckgrat.calibration.script import MicrophoneAdvice, load_script
from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.hearing import Sample, WatchedCard, check_level, listen
from skill.content.loader import load_content
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence
from tests.audio.fake_card import FakeCard, FakeStream, running_card

SECONDS = 4


@pytest.fixture(scope="module")
def texts() -> MicrophoneAdvice:
    return load_script(load_content().vocabulary).advice


def room(dbfs: float) -> Pcm:
    noise = np.random.default_rng(1).normal(0, 32_768 * 10 ** (dbfs / 20), SECONDS * EAR_RATE_HZ)
    return np.clip(np.rint(noise), -32_768, 32_767).astype(np.int16)


def speech(dbfs: float, noise_dbfs: float = -60.0) -> Pcm:
    """Syllables of 0.2 s, with pauses as long between them, for two of the four seconds."""
    pcm = room(noise_dbfs).astype(float)
    for start in range(EAR_RATE_HZ, 3 * EAR_RATE_HZ, 6_400):
        pcm[start : start + 3_200] += room(dbfs)[start : start + 3_200]
    return np.clip(np.rint(pcm), -32_768, 32_767).astype(np.int16)


def test_a_voice_over_a_quiet_room(texts: MicrophoneAdvice) -> None:
    found = check_level(Sample(speech(-25.0)), texts)
    assert found.verdict is Verdict.OK
    assert found.figures["speech_dbfs"] == pytest.approx(-25, abs=1)
    assert found.figures["noise_dbfs"] == pytest.approx(-60, abs=2)


def test_where_nobody_speaks_no_voice_is_measured(texts: MicrophoneAdvice) -> None:
    found = check_level(Sample(room(-60.0)), texts)
    assert found.verdict is Verdict.UNMEASURED
    assert "gesprochen hat niemand" in found.measured


@pytest.mark.parametrize(
    ("pcm", "field"),
    [
        (room(-35.0), "noisy"),
        (speech(-44.0, -65.0), "soft"),
        (speech(-40.0, -49.0), "soft_in_noise"),
        (speech(-30.0, -40.0), "noisy"),
        (speech(-3.0), "clipped"),
    ],
)
def test_what_to_do_is_what_the_calibration_advises(
    texts: MicrophoneAdvice, pcm: Pcm, field: str
) -> None:
    found = check_level(Sample(pcm), texts)
    assert found.verdict is Verdict.WARNING
    assert found.mend == getattr(texts, field)


@pytest.mark.parametrize("pcm", [silence(64_000), np.full(64_000, -7, dtype=np.int16), silence(0)])
def test_a_microphone_that_delivers_nothing_is_dead(texts: MicrophoneAdvice, pcm: Pcm) -> None:
    found = check_level(Sample(pcm, 1, 1), texts)
    assert found.verdict is Verdict.FAILURE
    assert "nicht einmal Rauschen" in found.measured
    assert "Stummtaste" in found.mend


def test_one_that_has_heard_something_else_only_suppresses_the_noise(
    texts: MicrophoneAdvice,
) -> None:
    assert check_level(Sample(silence(64_000), 1, 1), texts, alive=True).verdict is Verdict.WARNING


def test_a_microphone_that_is_turned_down(texts: MicrophoneAdvice) -> None:
    found = check_level(Sample(room(-88.0)), texts)
    assert found.verdict is Verdict.WARNING
    assert "fast stumm" in found.measured


def test_one_dead_channel_of_two(texts: MicrophoneAdvice) -> None:
    found = check_level(Sample(speech(-25.0), 2, 1), texts)
    assert found.verdict is Verdict.WARNING
    assert "Von 2 Kanälen" in found.measured


def test_dead_channels_are_counted() -> None:
    card = FakeCard()
    watched = WatchedCard(card)
    stream = FakeStream(card, 48_000)
    stream.channels = 2
    card.open_microphone = lambda device: stream  # type: ignore[method-assign]
    heard = []
    watched.open_microphone(card.listed[0]).start(lambda frames, over: heard.append(frames))
    assert watched.dead_channels() == 0  # nothing has come: nothing is known
    frames = np.stack([room(-40.0), np.full(SECONDS * EAR_RATE_HZ, 3, dtype=np.int16)], axis=1)
    assert stream.call is not None
    stream.call(frames.tobytes(), False)
    assert heard == [frames.tobytes()]
    assert watched.dead_channels() == 1


def test_listening_shows_the_level_and_leaves_out_the_start() -> None:
    levels: list[float] = []
    with running_card() as card:
        sample = listen(card, None, 1.0, levels.append, Event())
        assert card.everything_opened[0].closed
    assert len(levels) == round(1.0 / BLOCK_SECONDS) + 5
    assert sample.pcm.size == EAR_RATE_HZ
    assert sample.pcm[0] == 5 * EAR_BLOCK_SAMPLES  # the card counts its samples


def test_listening_can_be_broken_off() -> None:
    stop = Event()
    stop.set()
    with running_card() as card:
        listen(card, None, 60.0, lambda dbfs: None, stop)
        assert card.everything_opened[0].closed
