"""Learning with a tiny network: down the hill, with the right slope, from known words only."""

from pathlib import Path

import numpy as np
import pytest

from rueckgrat.adaptation.acoustic_model import ForeignModelError, read_acoustic_model
from rueckgrat.adaptation.features import log_mel
from rueckgrat.adaptation.learning import LearningRules, Objective, SpokenTake, learn
from rueckgrat.adaptation.network import Network
from rueckgrat.adaptation.noise import with_noise
from rueckgrat.adaptation.paths import paths_of
from rueckgrat.adaptation.pronunciations import Pronunciations
from tests.adaptation.tiny import write_model

RULES = LearningRules(layers=2, rounds=10, stride=0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_model(tmp_path)


def take(text: str, seed: int = 1, seconds: float = 0.4) -> SpokenTake:
    samples = round(seconds * 16_000)
    pcm = np.random.default_rng(seed).normal(0, 500, samples).astype(np.int16)
    return SpokenTake(pcm, slice(0, samples), text)


def objective(folder: Path, takes: list[SpokenTake], rules: LearningRules) -> Objective:
    model = read_acoustic_model(folder)
    network, known = Network(model), Pronunciations(folder, model.outputs_of)
    spoken = [paths_of(known.of(one.text) or [], known.silence, 4) for one in takes]
    return Objective(network, network.lay_out([log_mel(one.pcm) for one in takes]), spoken, rules)


def test_what_is_learnt_makes_the_words_stand_out(folder: Path) -> None:
    model = read_acoustic_model(folder)
    takes = [take("da"), take("du", 2), take("da du", 3, 0.6)]
    rounds: list[int] = []
    known = Pronunciations(folder, model.outputs_of)
    biases = learn(model, known, takes, RULES, rounds.append)
    assert biases is not None
    assert rounds == list(range(1, 11))
    change = biases - Network(model).biases[:2]
    of = objective(folder, takes, RULES)
    before, after = of.at(np.zeros_like(change))[0], of.at(change)[0]
    assert after < before - 0.01
    again = learn(model, known, takes, RULES)
    np.testing.assert_array_equal(biases, again)


def test_the_slope_is_what_small_changes_make(folder: Path) -> None:
    of = objective(folder, [take("da"), take("du", 2)], LearningRules(pull=0.5))
    change = np.random.default_rng(3).normal(0, 0.05, (2, 6)).astype(np.float32)
    _, slope = of.at(change)
    for place in np.ndindex(*change.shape):
        step = np.zeros_like(change)
        step[place] = 5e-3
        rise = of.at(change + step)[0] - of.at(change - step)[0]
        assert rise / 1e-2 == pytest.approx(slope[place], abs=2e-3)


def test_the_stronger_the_pull_the_smaller_the_change(folder: Path) -> None:
    model = read_acoustic_model(folder)
    known, start = Pronunciations(folder, model.outputs_of), Network(model).biases[:2]
    moved = []
    for pull in (0.0, 10.0):
        biases = learn(model, known, [take("da")], LearningRules(rounds=20, pull=pull))
        assert biases is not None
        moved.append(float(np.abs(biases - start).mean()))
    assert moved[1] < moved[0] / 2


def test_words_that_the_model_lacks_teach_nothing(folder: Path) -> None:
    model = read_acoustic_model(folder)
    known = Pronunciations(folder, model.outputs_of)
    assert learn(model, known, [take("da ja"), take("nein")], RULES) is None
    assert learn(model, known, [SpokenTake(np.zeros(300, np.int16), slice(0, 300), "da")]) is None


def test_ways_to_say_a_word_are_those_of_the_file(folder: Path) -> None:
    known = Pronunciations(folder, {1: (0, 3), 2: (1,), 3: (2,)})
    assert known.of("Da du") == [[[(1,), (2,)], [(1,)]], [[(2,)]]]
    assert known.of("ja") is None
    assert known.silence == (0, 3)


@pytest.mark.parametrize("change", ["missing", "da x\n", "da 9\n"])
def test_a_model_without_pronunciations_is_refused(folder: Path, change: str) -> None:
    path = folder / "graph/pronunciations.txt"
    path.unlink() if change == "missing" else path.write_text(change)
    with pytest.raises(ForeignModelError):
        Pronunciations(folder, {1: (0,), 2: (1,), 3: (2,)})


def test_noise_is_as_far_below_the_speech_as_asked_for() -> None:
    pcm = np.zeros(16_000, np.int16)
    speech = slice(4_000, 12_000)
    pcm[speech] = np.random.default_rng(1).normal(0, 2_000, 8_000).astype(np.int16)
    noisy = with_noise(pcm, speech, 10.0, np.random.default_rng(2)).astype(float)
    noise_power = np.mean((noisy - pcm) ** 2)
    ratio_db = 10 * np.log10(np.mean(pcm[speech].astype(float) ** 2) / noise_power)
    assert ratio_db == pytest.approx(10.0, abs=0.1)
