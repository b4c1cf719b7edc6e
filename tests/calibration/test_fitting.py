"""A voice is kept only if takes held out are the better for it, and can be taken back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.adaptation.acoustic_model import read_acoustic_model
from rueckgrat.calibration import fitting
from rueckgrat.calibration.advice import Overview
from rueckgrat.calibration.evaluation import Ears, Evaluation
from rueckgrat.calibration.fitting import (
    NOTHING,
    SEVERAL,
    HeldOut,
    fit_voice,
    forget_voice,
    helps,
    learn_voice,
    voice_now,
)
from rueckgrat.calibration.measuring import Figures, RecordingOutcome
from rueckgrat.calibration.own_ear import open_ears
from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.recordings import Recording
from skill.content.schema import Content
from skill.ear import SpeechModel
from skill.messages.heard import Command, Decision, Heard
from skill.models import BUILT_IN
from skill.models.fitted import fitted_network, network_file
from skill.paths import models_dir
from tests.calibration.person import spoken

MODEL = models_dir() / BUILT_IN
NEXT = Command("next")


def figures(confidences: Sequence[float], fired: int = 0) -> Figures:
    """Return takes of "weiter" heard so surely, or not at all (0), and talk that fires."""
    pcm = np.zeros(1, np.int16)

    def outcome(command: Command | None, sure: float) -> RecordingOutcome:
        heard = Heard(NEXT, "weiter", sure, 0.0, 0.4, 0.5, Decision.EARLY)
        return RecordingOutcome(
            Recording("x.wav", "weiter" if command else "heute", command, pcm),
            (heard,) if sure else (),
            right=bool(sure) if command else not sure,
        )

    takes = [outcome(NEXT, sure) for sure in confidences]
    return Figures((*takes, *(outcome(None, 1.0) for _ in range(fired))))


BEFORE = HeldOut(figures([1.0, 0.8, 0.0]), figures([0.6, 0.0, 0.0]))


@pytest.mark.parametrize(
    ("quiet", "noisy", "kept"),
    [
        (figures([1.0, 0.8, 0.7]), figures([0.6, 0.0, 0.0]), True),
        (figures([1.0, 0.8, 0.0]), figures([0.6, 0.5, 0.0]), True),
        (figures([1.0, 0.9, 0.0]), figures([0.6, 0.0, 0.0]), True),
        (figures([1.0, 0.81, 0.0]), figures([0.6, 0.0, 0.0]), False),
        (figures([1.0, 0.8, 0.0]), figures([0.6, 0.0, 0.0]), False),
        (figures([1.0, 0.0, 0.0]), figures([0.6, 0.6, 0.6]), False),
        (figures([1.0, 0.8, 0.9]), figures([0.6, 0.5, 0.5], fired=1), False),
        (figures([1.0, 0.8, 0.0]), figures([0.0, 0.0, 0.0]), False),
    ],
    ids=[
        "more in quiet",
        "more in noise",
        "surer",
        "hardly surer",
        "the same",
        "fewer in quiet, though more in all",
        "more, but talk fires",
        "fewer in noise",
    ],
)
def test_when_a_voice_is_kept(quiet: Figures, noisy: Figures, kept: bool) -> None:
    assert helps(BEFORE, HeldOut(quiet, noisy)) is kept


def keep(name: str = "anna") -> Path:
    path = network_file(MODEL, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"fitted")
    return path


def test_what_was_learnt_is_told_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "zurzeit nicht eingestellt" in voice_now(MODEL, "anna")
    path = keep()
    assert "calibrate --undo" in voice_now(MODEL, "anna")
    assert "zurzeit nicht eingestellt" in voice_now(MODEL, "ben")
    outdated = path.rename(path.with_name(f"{BUILT_IN}.anna.0123456789abcdef.mdl"))
    assert "ist neuer als das" in voice_now(MODEL, "anna")
    forget_voice("ben")
    assert outdated.exists()
    forget_voice("anna")
    assert not outdated.exists()


@pytest.fixture
def found() -> Evaluation:
    nothing = Figures(())
    takes = (recording("weiter", Split.TUNE), recording("weiter", Split.TEST))
    overview = Overview(-20.0, -60.0, 0, 2)
    return Evaluation(takes, nothing, nothing, nothing, {}, {}, overview, ("good",))


def recording(word: str, part: Split, seed: int = 0) -> Recording:
    silence = np.zeros(8_000, np.int16)
    pcm = np.concatenate([silence, spoken(word), silence])
    room = np.random.default_rng(seed).normal(0, 8, pcm.size)
    return Recording(f"{word}.wav", word, NEXT, (pcm + np.rint(room)).astype(np.int16), part)


@pytest.fixture(scope="module")
def ears(content: Content) -> Ears:
    return open_ears(MODEL, SpeechModel(MODEL), content)


def test_a_better_one_is_kept_with_the_persons_name(
    found: Evaluation, ears: Ears, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = keep("ben")
    monkeypatch.setattr(fitting, "helps", lambda before, after: True)
    now = fit_voice(MODEL, content, "anna", found, ears, several=False)
    assert now.voice is not None
    assert now.voice.kept
    assert "von 2 Wörtern zum Prüfen verstanden" in now.voice.sentence
    path = fitted_network(MODEL)
    assert path == network_file(MODEL, "anna")
    assert not other.exists(), "who calibrates last has set it"
    assert path.stat().st_size == (MODEL / "am/final.mdl").stat().st_size
    assert path.read_bytes() != (MODEL / "am/final.mdl").read_bytes()
    assert SpeechModel(MODEL, path).knows("weiter")


def test_one_that_does_not_help_is_not_kept(
    found: Evaluation, ears: Ears, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    monkeypatch.setattr(fitting, "helps", lambda before, after: False)
    now = fit_voice(MODEL, content, "anna", found, ears, several=False)
    assert now == replace(found, voice=now.voice)
    assert now.voice is not None
    assert not now.voice.kept
    assert "hätte nicht geholfen" in now.voice.sentence
    assert fitted_network(MODEL) is None


def test_where_several_train_nobodys_voice_is_learnt(
    found: Evaluation, ears: Ears, content: Content
) -> None:
    keep()
    now = fit_voice(MODEL, content, "anna", found, ears, several=True)
    assert (now.voice and now.voice.sentence) == SEVERAL
    assert fitted_network(MODEL) is None


def test_a_fetched_model_is_left_as_it_is(
    found: Evaluation, ears: Ears, content: Content, tmp_path: Path
) -> None:
    for name in ("am/final.mdl", "conf/mfcc.conf"):
        (tmp_path / "vosk-model" / name).parent.mkdir(parents=True)
        (tmp_path / "vosk-model" / name).write_bytes(b"\0B<Foreign> ")
    now = fit_voice(tmp_path / "vosk-model", content, "anna", found, ears, several=False)
    assert now.voice is not None
    assert "vosk-model ist nicht von der Art" in now.voice.sentence


def test_takes_without_words_teach_nothing(found: Evaluation, ears: Ears, content: Content) -> None:
    silent = replace(found.recordings[0], pcm=np.zeros(16_000, np.int16))
    now = fit_voice(
        MODEL, content, "anna", replace(found, recordings=(silent,)), ears, several=False
    )
    assert (now.voice and now.voice.sentence) == NOTHING


def test_takes_that_test_are_not_learnt_from() -> None:
    model = read_acoustic_model(MODEL)
    tune, test = recording("weiter", Split.TUNE), recording("stopp", Split.TEST)
    with_it = learn_voice(MODEL, model, [tune, test])
    without = learn_voice(MODEL, model, [tune])
    assert with_it is not None
    np.testing.assert_array_equal(with_it, without)
    assert learn_voice(MODEL, model, [test]) is None
