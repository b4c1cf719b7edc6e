"""What a dialog test names is looked up when it is read; a wrong name is told by its line."""

from pathlib import Path
from typing import get_args

import pytest

from rueckgrat.replay.dialog import Dialog
from rueckgrat.replay.names import Names, wrong_names
from rueckgrat.replay.reading import read_dialog
from skill.content.loader import load_content
from skill.errors import ContentError
from skill.messages import notes
from skill.paths import dialogs_dir
from skill.progress.naming import name_of
from skill.settings.household import Household
from skill.written.mistakes import RuleError
from skill.written.yaml_model import validate
from skill.written.yaml_source import read_yaml

ROOT = Path(__file__).parents[2]
PEOPLE = "setup: {people: [Anna, Bernd], past: [PAST]}\nsteps:\n"
STEP = "  - when: {after: 1 s}\n"
EXPECT = "steps:\n" + STEP + "    expect:\n      - "


def problem(tmp_path: Path, text: str) -> ContentError | None:
    path = tmp_path / "some.dialog.yaml"
    path.write_text(f"title: t\n{text}", encoding="utf-8")
    try:
        read_dialog(path)
    except ContentError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("steps:\n  - when: {said: safty.ask}\n", 3, "Meinst du „safety.ask“?"),
        (
            "steps:\n  - when: {saying: brueke.introduction}\n",
            3,
            "Meinst du „bruecke.introduction“?",
        ),
        ("steps:\n  - when: {saying: bruecke.introducton}\n", 3, "„bruecke.introduction“?"),
        ("steps:\n  - when: {said: still_ther}\n", 3, "Meinst du „still_there“?"),
        ("steps:\n  - when: {said: Wirbl für Wirbel}\n", 3, "Meinst du „wirbel“?"),
        ("steps:\n  - when: {state: paussed}\n", 3, "Meinst du „paused“?"),
        (EXPECT + "heard: stpo\n", 5, "Meinst du „stop“?"),
        (EXPECT + "heard: exercise(rollup)\n", 5, "Meinst du „roll-up“?"),
        (EXPECT + "heard: exercise(roll-up\n", 5, "number oder number(8)"),
        (EXPECT + "heard: programme(rueckentraning)\n", 5, "Meinst du „rueckentraining“?"),
        (EXPECT + "heard: question(artz)\n", 5, "Meinst du „arzt“?"),
        (EXPECT + "heard: number(99)\n", 5, "Nimm eine Zahl bis 30."),
        (EXPECT + "heard: feeling(god)\n", 5, "Meinst du „good“?"),
        (EXPECT + "heard: variant(leichter)\n", 5, "Es gibt: easier, harder."),
        (EXPECT + "heard: stop(now)\n", 5, "Schreib nur stop."),
        (EXPECT + "heard: person(anna)\n", 5, "in setup, bei people"),
        (EXPECT + "coach: safty.ask\n", 5, "Meinst du „safety.ask“?"),
        (EXPECT + "coach: asked.paus\n", 5, "Meinst du „asked.pause“?"),
        (EXPECT + "cut: bruecke.position.now\n", 5, "Meinst du „bruecke.position“?"),
        (EXPECT + "state: exercise.repaet\n", 5, "Meinst du „exercise.repeat“?"),
        (EXPECT + "breath: inn\n", 5, "Erlaubt ist"),
        (EXPECT + "earcon: herd\n", 5, "Meinst du „heard“?"),
        (EXPECT + "rejected: unknwon words\n", 5, "Meinst du „unknown words“?"),
        (EXPECT + "remembered: set_don\n", 5, "Meinst du „set_done“?"),
        (EXPECT + "remembered: set_done(brueke)\n", 5, "Meinst du „bruecke“?"),
        (EXPECT + "remembered: set_done(bruecke, pains)\n", 5, "Meinst du „pain“?"),
        (EXPECT + "remembered: age_told(old)\n", 5, "Meinst du „older“?"),
        (EXPECT + "remembered: session_began(bruecke)\n", 5, "Schreib nur session_began."),
        (EXPECT + "remembered: hurt(bruecke) of anna\n", 5, "schreib den Namen in people"),
        ("steps:\n" + STEP + "    never: [coach: safty.ask]\n", 4, "„safety.ask“?"),
        ("steps:\n" + STEP + "never:\n  - heard: stpo\n", 5, "Meinst du „stop“?"),
        ("steps:\n" + STEP + "end:\n  state: stanby\n", 5, "Meinst du „standby“?"),
        (PEOPLE.replace("PAST", "{day: 0, age: older}") + STEP, 2, "Namen dazu: anna, bernd."),
        (
            PEOPLE.replace("PAST", "{day: 0, person: ana, age: older}") + STEP,
            2,
            "Meinst du „anna“?",
        ),
        (PEOPLE.replace("PAST", "") + STEP + "    expect: [heard: person(ana)]\n", 5, "„anna“?"),
        (
            PEOPLE.replace("PAST", "") + STEP + "    expect: [remembered: any of carla]\n",
            5,
            "Es gibt: anna, bernd.",
        ),
        (
            "setup:\n  past:\n    - day: 0\n      exercise: brueke\n      repetitions: 3\nsteps:\n"
            + STEP,
            5,
            "Meinst du „bruecke“?",
        ),
        (
            "setup:\n  past:\n    - day: 0\n      plan: [bruecke, rollup]\n      at: bruecke\n"
            "      programme: kurz\nsteps:\n" + STEP,
            5,
            "Meinst du „roll-up“? (Danach kommt noch ein Fehler.)",
        ),
        ("recordings: nowhere\nsteps:\n" + STEP + "    user: stopp\n", 2, "Leg ihn an"),
        ("recordings: .\nsteps:\n" + STEP + "    user: stopp\n", 5, "noch ist dort keine"),
        ("steps:\n" + STEP + "noise: {file: x, snr: 10 dB}\nrecordings: no\n", 5, "Leg ihn an"),
    ],
)
def test_a_wrong_name_is_told_by_its_line(tmp_path: Path, text: str, line: int, mend: str) -> None:
    error = problem(tmp_path, text)
    assert error is not None
    assert f"some.dialog.yaml, Zeile {line}: " in error.problem
    assert mend in error.mend
    assert "Nimm das heraus" not in error.mend


def test_a_folder_that_is_spelt_wrong_is_found(tmp_path: Path) -> None:
    (tmp_path / "anna").mkdir()
    error = problem(tmp_path, "recordings: ana\nsteps:\n" + STEP + "    user: stopp\n")
    assert error is not None
    assert error.mend == "Meinst du „anna“?"


@pytest.mark.parametrize(
    "text",
    [
        "steps:\n  - when: {said: Wiederholung zwei}\n",
        "steps:\n  - when: {said: bruecke.short}\n",
        "steps:\n  - when: {saying: any}\n    never: [rejected: das wetter, rejected: any]\n",
        EXPECT + "heard: number(8)\n      - heard: number\n      - heard: any\n",
        EXPECT + "remembered: plan_at(bruecke, rueckentraining-kurz)\n      - remembered: any\n",
        "setup: {people: [Anna]}\n" + EXPECT + "heard: person(anna)\n      - coach: Hallo Anna\n",
        "recordings: nowhere\nsteps:\n" + STEP,
    ],
)
def test_right_names_are_accepted(tmp_path: Path, text: str) -> None:
    assert problem(tmp_path, text) is None


@pytest.mark.parametrize(
    "path", [*ROOT.glob("tests/**/*.dialog.yaml"), *dialogs_dir().rglob("*.dialog.yaml")], ids=str
)
def test_every_dialog_of_the_project_names_what_there_is(path: Path) -> None:
    source = read_yaml(path)
    assert wrong_names(source, validate(source, Dialog), load_content()) == []


def _sample(kind: type) -> notes.Note:
    load = notes.Load(8)
    samples = {
        notes.PlanAt: notes.PlanAt(("bruecke", "roll-up"), 1, "rueckentraining"),
        notes.SetDone: notes.SetDone("bruecke", (8,), load, notes.Outcome.PAIN),
        notes.Rated: notes.Rated("bruecke", notes.Feeling.EASY),
        notes.Hurt: notes.Hurt("bruecke"),
        notes.Wanted: notes.Wanted("bruecke"),
        notes.LevelChosen: notes.LevelChosen("bruecke", notes.Level.EASIER),
        notes.AgeTold: notes.AgeTold("older"),
        notes.TempoChosen: notes.TempoChosen(1.25),
    }
    return samples.get(kind) or kind()


@pytest.mark.parametrize("kind", get_args(notes.Note))
def test_every_note_may_be_named_in_full(kind: type) -> None:
    names = Names(load_content(), Household(people=("Anna",)))
    names.check_note(f"{name_of(_sample(kind))} of Anna")
    with pytest.raises(RuleError):
        names.check_note(f"{name_of(_sample(kind))[:-1]}, x, y)")
