from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from models.training.augment import REFERENCE_RMS, stretch, warp_matrix  # noqa: E402
from models.training.backgrounds import active_rms, in_room  # noqa: E402
from models.training.batches import Batches, Noises, Source, hard_weights  # noqa: E402
from models.training.config import RECIPE, TrainingRun  # noqa: E402
from models.training.corpus import (  # noqa: E402
    Utterance,
    frame_count,
    labels_from_segments,
)
from models.training.phones import OUTPUT_INDEX  # noqa: E402
from models.training.renditions import Pool, original_frames  # noqa: E402
from models.training.train import learning_rate  # noqa: E402

NOISE, TALK = OUTPUT_INDEX["noise"], OUTPUT_INDEX["talk"]


def pool(clips: int, frames: int, utterance: int | None = None) -> Pool:
    chance = np.random.default_rng(7)
    features = chance.normal(10, 2, (clips * frames, 40)).astype(np.float16)
    starts = frames * np.arange(clips)
    whose = np.arange(clips) if utterance is None else np.full(clips, utterance)
    return Pool(features, starts, np.full(clips, frames), whose, np.ones(clips))


@pytest.fixture
def batches() -> Batches:
    labels = [np.full(80, index + 1, dtype=np.uint8) for index in range(4)]
    noise = pool(2, 400, NOISE)
    recipe = replace(RECIPE, batch_rows=6)
    source = Source("words", pool(4, 80), [*labels[:3], None], 1.0)
    return Batches([source], Noises(noise, noise, noise), recipe)


def test_a_batch_depends_on_its_number_only(batches: Batches) -> None:
    first, again, other = batches.batch(5), batches.batch(5), batches.batch(6)
    assert torch.equal(first.features, again.features)
    assert not torch.equal(first.features, other.features)


def test_an_utterance_without_labels_is_not_used(batches: Batches) -> None:
    seen = torch.cat([batches.batch(number).labels.flatten() for number in range(5)])
    assert set(seen.tolist()) <= {0, 1, 2, 3, NOISE}


def test_a_background_that_can_be_heard_has_an_output_of_its_own(batches: Batches) -> None:
    """Behind the speech and before it, never instead of it."""
    labels = torch.cat([batches.batch(number).labels for number in range(5)])
    assert 0.05 < float((labels == NOISE).float().mean()) < 0.8
    assert set(labels[labels != NOISE].tolist()) == {0, 1, 2, 3}


def test_a_single_voice_is_never_called_background() -> None:
    labels = [np.full(80, index + 1, dtype=np.uint8) for index in range(4)]
    noises = Noises(pool(2, 400, NOISE), pool(2, 400, TALK), pool(2, 400))
    source = Source("words", pool(4, 80), labels, 1.0)
    batches = Batches([source], noises, replace(RECIPE, batch_rows=64))
    labels = torch.cat([batches.batch(number).labels for number in range(3)])
    assert (labels == NOISE).any()
    assert not (labels == TALK).any()


def test_people_count_alike_however_much_they_say() -> None:
    labels = [np.full(80, 1 if index < 9 else 2, dtype=np.uint8) for index in range(10)]
    speakers = ["talker"] * 9 + ["quiet"]
    source = Source("words", pool(10, 80), labels, 1.0, speakers)
    noise = pool(2, 400)
    batches = Batches([source], Noises(noise, noise, noise), replace(RECIPE, batch_rows=32))
    said = torch.cat([batches.batch(number).labels.flatten() for number in range(5)])
    assert 0.4 < float((said == 2).sum() / ((said == 1) | (said == 2)).sum()) < 0.6


def test_a_row_with_a_hard_word_weighs_more() -> None:
    words = ("neun", "Ein neuer Tag", "alle neun Tage")
    utterances = [Utterance("", "", text, np.zeros(1, np.int16)) for text in words]
    assert hard_weights(utterances, frozenset({"neun", "neu"}), 2.0) == [2.0, 1.0, 2.0]


def test_formants_move_up_with_the_factor() -> None:
    spectrum = np.zeros((1, 40), dtype=np.float32)
    spectrum[0, 20] = 1.0
    assert (spectrum @ warp_matrix(1.2)).argmax() > 20 > (spectrum @ warp_matrix(0.8)).argmax()
    assert (spectrum @ warp_matrix(1.0)).argmax() == 20


def test_stretching_reads_between_frames() -> None:
    ramp = np.arange(10, dtype=np.float32)[:, None]
    assert stretch(ramp, np.array([0.0, 1.5, 9.0]))[:, 0].tolist() == [0.0, 1.5, 9.0]


def test_frames_of_a_higher_voice_lie_later_in_the_original() -> None:
    assert original_frames(np.array([0, 100]), 1.2).tolist() == [0, 120]


def test_a_room_keeps_length_and_place() -> None:
    click = np.zeros(4_000, dtype=np.int16)
    click[1_000] = 10_000
    room = np.zeros(500, dtype=np.float32)
    room[[100, 300]] = 1.0, 0.4
    heard = in_room(click, room)
    assert (len(heard), int(heard.argmax())) == (4_000, 1_000)


def test_pauses_do_not_count_for_the_level() -> None:
    speech = np.concatenate([np.zeros(8_000), np.full(8_000, REFERENCE_RMS)])
    assert active_rms(speech) == pytest.approx(REFERENCE_RMS, rel=0.3)


def test_labels_change_at_the_middle_of_a_frame() -> None:
    labels = labels_from_segments([0, 800], [4, 9], 1_600)
    assert len(labels) == frame_count(1_600) == 8
    assert labels.tolist() == [4, 4, 4, 4, 9, 9, 9, 9]


def test_the_learning_rate_warms_up_and_ends_at_zero() -> None:
    run = TrainingRun("x", steps=100, peak_learning_rate=1.0, warmup_steps=10)
    rates = [learning_rate(run, step) for step in range(101)]
    assert max(rates) == pytest.approx(1.0)
    assert rates[0] == pytest.approx(0.1)
    assert rates[100] == pytest.approx(0.0, abs=1e-9)
