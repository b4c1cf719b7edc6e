"""End to end with the shipped model: recordings in, answers out, kept and found again."""

import multiprocessing
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.calibration.peers import CAUTIOUS, EAR, PLAIN
from rueckgrat.fetching.speech_models import FETCHABLE
from skill.content.loader import load_content
from skill.errors import ModelError, SkillError
from skill.models.catalogue import BUILT_IN
from skill.paths import models_dir
from workbench.ears import measuring, scenes
from workbench.ears.conditions import CLEAN
from workbench.ears.contenders import BARE, MAKERS, contenders
from workbench.ears.cost import measure_cost
from workbench.ears.fingerprint import fingerprint
from workbench.ears.measuring import (
    ANY_STATE,
    Bench,
    Measured,
    in_processes,
    measure,
    measure_all,
    workshop_of,
)
from workbench.ears.rows import Answers
from workbench.ears.scenes import Scene

OURS = Path(__file__).resolve().parents[2] / "recordings"
MODEL = models_dir() / BUILT_IN
ASKED = contenders(MODEL)
DIGITS = Scene(scenes.DIGITS, "heidelberg_digits", CLEAN, "test", 4)
SENTENCES = Scene(scenes.SPEECH, "emodb", CLEAN, "test", 2, ("exercise.repeat", "standby"))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The synthetic people of the checkout, as if they were strangers' recordings."""
    root = tmp_path_factory.mktemp("bench")
    rows: Mapping[str, list[tuple[str, str]]] = {
        "heidelberg_digits": [("acht", "acht"), ("drei", "drei"), ("zwei", "zwei")],
        "emodb": [
            ("heute-ist-das-wetter-wirklich-schoen", "heute ist das wetter wirklich schön"),
            ("kannst-du-bitte-das-fenster-aufmachen", "kannst du bitte das fenster aufmachen"),
        ],
    }
    for corpus, files in rows.items():
        folder = root / "recordings" / corpus
        folder.mkdir(parents=True)
        lines = ["file\ttranscript\tspeaker"]
        for name, text in files:
            shutil.copy(OURS / "anna" / f"{name}.ogg", folder)
            lines.append(f"{name}.ogg\t{text}\tanna")
        (folder / "manifest.tsv").write_text("\n".join(lines), encoding="utf-8")
    return Bench(root / "recordings", root / "store")


def _all(bench: Bench, scene: Scene) -> list[Measured]:
    return [found for who in ASKED for found in measure(bench, scene, who)]


def test_digits_are_heard_by_the_ear_and_by_the_plain_loop(bench: Bench) -> None:
    found = Answers(_all(bench, DIGITS), load_content())
    for listener in (EAR, PLAIN, CAUTIOUS):
        answers = found.of(listener, [scenes.DIGITS])
        assert {answer.expected for answer in answers} == {"number(8)", "number(3)", "number(2)"}
        assert all(answer.state == "menu.count" for answer in answers)
        assert sum(map(found.is_right, answers)) >= 2
    early = [one for one in found.of(EAR, [scenes.DIGITS]) if found.is_right(one)]
    late = [one for one in found.of(PLAIN, [scenes.DIGITS]) if found.is_right(one)]
    assert max(map(found.delay_seconds, early)) < min(map(found.delay_seconds, late))


def test_sentences_are_heard_in_every_state_by_the_ear_and_once_by_plain_loops(
    bench: Bench,
) -> None:
    found = _all(bench, SENTENCES)
    states = [(one.listener, {answer.state for answer in one.answers}) for one in found]
    assert states == [
        (EAR, {"exercise.repeat"}),
        (EAR, {"standby"}),
        (PLAIN, {ANY_STATE}),
        (CAUTIOUS, {ANY_STATE}),
    ]
    assert all(one.audio_seconds > 4 and one.cpu_seconds > 0 for one in found)


def test_a_run_goes_on_where_it_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _all(bench, SENTENCES)

    def deaf(*_: object) -> None:
        raise AssertionError("measured again")

    monkeypatch.setattr(measuring, "MAKERS", dict.fromkeys(MAKERS, deaf))
    assert _all(bench, SENTENCES) == first
    again = Bench(bench.recordings, bench.store, fresh=True)
    with pytest.raises(AssertionError, match="measured again"):
        _all(again, SENTENCES)


def test_pieces_of_a_scene_are_its_clips_once(bench: Bench) -> None:
    pieces = [replace(DIGITS, piece=piece, pieces=2) for piece in range(2)]
    clips = [[clip.name for clip in workshop_of(bench).clips(one)] for one in (DIGITS, *pieces)]
    assert [len(names) for names in clips] == [3, 2, 1]
    assert clips[0] == clips[1] + clips[2]


def test_other_clips_are_another_question(bench: Bench) -> None:
    quiet = Scene(scenes.DIGITS, "heidelberg_digits", "quiet -20 dB", "test", 4)
    stored = len(list(bench.store.glob("*")))
    _all(bench, quiet)
    assert len(list(bench.store.glob("*"))) == stored + len(ASKED)


@pytest.mark.long
def test_of_published_models_nobody_knows_whom_they_have_learnt_from(
    bench: Bench, tmp_path: Path
) -> None:
    published = tmp_path / next(iter(FETCHABLE))
    shutil.copytree(MODEL, published)
    heard = Bench(tmp_path / "recordings", bench.store)
    folder = heard.recordings / "heidelberg_digits"
    shutil.copytree(bench.recordings / "heidelberg_digits", folder)
    manifest = folder / "manifest.tsv"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("anna", "hd05"), "utf-8")
    for model, known in ((MODEL, True), (published, False)):
        answers = [
            answer for one in measure(heard, DIGITS, contenders(model)[0]) for answer in one.answers
        ]
        assert {answer.known for answer in answers} == {known}


def test_scenes_without_recordings_are_left_out(bench: Bench) -> None:
    assert _all(bench, Scene(scenes.SPEECH, "kerstin", CLEAN, "test", 4)) == []
    assert _all(bench, Scene(scenes.DIGITS, DIGITS.source, "room", "test", 4)) == []
    assert _all(bench, Scene(scenes.DIGITS, DIGITS.source, CLEAN, "tune", 4)) == []


def test_another_model_is_another_listener(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(MODEL, other)
    assert fingerprint(EAR, other) == fingerprint(EAR, MODEL)
    (other / "conf" / "model.conf").write_text("--beam=3\n", encoding="utf-8")
    changed = tmp_path / "changed"
    shutil.copytree(other, changed)
    assert fingerprint(EAR, changed) != fingerprint(EAR, MODEL)
    assert len({fingerprint(one, MODEL) for one in MAKERS}) == len(MAKERS)


def test_the_figures_of_a_model_are_no_matter_to_the_bare_ear(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(MODEL, other)
    (other / "ear.yaml").write_text("confidence: {next: 0.7}\n", encoding="utf-8")
    for listener, same in ((EAR, False), (BARE, True)):
        assert (fingerprint(listener, other) == fingerprint(listener, MODEL)) is same


@pytest.mark.slow
@pytest.mark.long
def test_processes_share_the_work_and_pass_on_errors(bench: Bench, tmp_path: Path) -> None:
    lines: list[str] = []
    everybody = replace(SENTENCES, peers=False)
    found = list(measure_all(bench, [DIGITS, everybody], ASKED, 2, lines.append))
    assert len(found) == 5
    assert [line.partition(" ")[0] for line in lines] == [f"[{n}/4]" for n in range(1, 5)]
    with pytest.raises(ModelError):
        list(measure_all(bench, [DIGITS], contenders(tmp_path), 1, lines.append))


@pytest.mark.slow
def test_work_comes_back_with_its_task() -> None:
    assert dict(in_processes(divmod, [(7, 3), (9, 2)], 2)) == {(7, 3): (2, 1), (9, 2): (4, 1)}


@pytest.mark.slow
def test_who_stops_does_not_wait_for_the_work() -> None:
    others = set(multiprocessing.active_children())  # those of tests before this one
    began = time.monotonic()
    work = in_processes(time.sleep, [(0,), (300,)], 2)
    assert next(work) == ((0,), None)
    work.close()
    assert time.monotonic() - began < 60
    assert set(multiprocessing.active_children()) <= others


@pytest.mark.slow
def test_a_process_that_dies_is_one_sentence() -> None:
    with pytest.raises(SkillError, match=r"died.*fewer --jobs"):
        list(in_processes(os._exit, [(1,)], 1))


def test_listening_costs_time_and_memory(bench: Bench) -> None:
    cost = measure_cost(bench, ASKED[-2], 2)
    assert set(cost) >= {"digital silence", "noise", "speech", "memory"}
    assert all(np.isfinite(value) and value > 0 for value in cost.values())
