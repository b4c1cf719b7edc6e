"""What the page shows at each moment of a session."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from rueckgrat.page.follower import PageFollower, Pages
from rueckgrat.page.invitations import next_invitation
from rueckgrat.page.scene import HEADINGS, Chip, Scene, Stage
from skill.buttons import MUTE, as_heard
from skill.content.loader import load_content
from skill.content.states import STATES
from skill.messages.blocks import Exchange, silence
from skill.messages.events import (
    CommandHeard,
    ExerciseBegan,
    Hushed,
    PhaseBegan,
    Problem,
    RepetitionBegan,
    Said,
    Snapshot,
    SpeechRejected,
    StateEntered,
)
from skill.messages.heard import Command
from skill.messages.reports import heard_event

CONTENT = load_content()
BEGAN = ExerciseBegan(
    60.0, "bruecke", "Die Brücke", 8, (), "normal", 96.0, 2, 5, "rueckentraining", "Rudern"
)
REPETITION = RepetitionBegan(70.0, "bruecke", "", 3, 8, 12.0)
PHASE = PhaseBegan(
    71.0, "bruecke", "", 3, 8, 1, 2, "heben", "move", "Ausatmen und heben.", "out", 4.0
)
TRAINING = Snapshot(
    seconds=72.0, state="exercise.repeat", exercise=BEGAN, repetition=REPETITION, phase=PHASE
)


def labels(chips: tuple[Chip, ...]) -> list[str]:
    return [chip.label for chip in chips]


def scene_in(state: str, **where: object) -> Scene:
    now = replace(Snapshot(), state=state, **where)  # type: ignore[arg-type]
    return Stage(CONTENT).add(StateEntered(0.0, state), now)


def test_a_training_shows_exercise_repetition_phase_and_what_comes_next() -> None:
    scene = Stage(CONTENT).add(PHASE, TRAINING)
    assert (scene.mode, scene.title, scene.repetition) == ("training", "Die Brücke", "3 von 8")
    assert (scene.position, scene.coming) == ("Übung 2 von 5", "Danach: Rudern")
    assert scene.phase["breath"] == "out"
    assert (scene.phase["begins"], scene.phase["seconds"]) == (71.0, 4.0)


def test_three_things_to_say_are_in_front_and_the_rest_behind() -> None:
    scene = Stage(CONTENT).add(PHASE, TRAINING)
    assert len(scene.chips) == 3
    assert "pause" in labels(scene.chips) + labels(scene.more)
    assert not {"stop", "pain"} & {chip.command for chip in (*scene.chips, *scene.more)}


def test_the_menu_offers_programmes_and_feedback_its_three_words() -> None:
    menu = scene_in("menu.ask")
    assert menu.chips[0].command == "programme(rueckentraining)"
    assert labels(scene_in("exercise.feedback", exercise=BEGAN).chips) == [
        "leicht",
        "gut",
        "schwer",
    ]
    assert labels(scene_in("safety.ask").chips)[:2] == ["ja", "nein"]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_heading_and_every_chip_is_a_command(state: str) -> None:
    assert state in HEADINGS or STATES[state].parent in HEADINGS
    scene = scene_in(state, exercise=BEGAN)
    for chip in (*scene.chips, *scene.more):
        assert Command.parsed(chip.command).name in {*CONTENT.commands, MUTE}
        assert chip.label


@pytest.mark.parametrize(
    ("state", "mode"),
    [
        ("standby", "standby"),
        ("paused", "paused"),
        ("pain.sign", "pain"),
        ("exercise.repeat", "training"),
        ("exercise.rest", "talk"),
        ("finished", "over"),
    ],
)
def test_states_look_as_what_they_are(state: str, mode: str) -> None:
    assert scene_in(state).mode == mode


def test_what_was_understood_is_shown_and_a_problem_until_somebody_speaks() -> None:
    stage = Stage(CONTENT)
    stage.add(Problem(1.0, "Das ging nicht."), TRAINING)
    assert stage.scene.problem == "Das ging nicht."
    stage.add(CommandHeard(2.0, 2.5, 2.8, "mach mal pause", Command("pause")), TRAINING)
    assert (stage.scene.heard, stage.scene.heard_seconds) == ("verstanden: mach mal pause", 2.8)
    assert stage.scene.problem == ""
    stage.add(SpeechRejected(3.0, 3.5, 3.8, "bla", "unknown"), TRAINING)
    assert "nicht verstanden" in stage.scene.heard


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("pause", "pause"),
        ("programme(rueckentraining)", "Rückentraining"),
        ("feeling(good)", "gut"),
        ("exercise(bruecke)", "Die Brücke"),
    ],
)
def test_a_touch_is_shown_in_the_words_that_one_would_say(command: str, words: str) -> None:
    pressed = heard_event(as_heard(Command.parsed(command), "menu.ask", 3.0))
    assert Stage(CONTENT).add(pressed, TRAINING).heard == f"verstanden: {words}"


def test_a_closed_microphone_can_be_opened_where_it_matters_first() -> None:
    open_, closed = scene_in("paused"), scene_in("paused", is_muted=True)
    assert closed.is_muted
    assert labels(closed.chips)[0] == "Mikrofon öffnen"
    assert labels(open_.more)[-1] == "Mikrofon schließen"
    assert closed.chips[0].command == open_.more[-1].command == MUTE
    assert labels(scene_in("standby").chips) == ["Hallo Trainer", "Mikrofon schließen"]
    assert scene_in("finished", is_muted=True).chips == ()


def test_in_pain_nothing_that_comes_next_is_shown() -> None:
    assert scene_in("paused", exercise=BEGAN).coming == "Danach: Rudern"
    assert scene_in("pain.ask", exercise=BEGAN).coming == ""


@pytest.mark.parametrize(
    ("invitations", "now", "told"),
    [
        ((), "2026-11-27 12:00", ""),
        (("Mo, Mi, Fr 18:00",), "2026-11-27 12:00", "Freitag, 18:00"),
        (("Mo, Mi, Fr 18:00",), "2026-11-27 18:00", "Montag, 18:00"),
        (("Fr 18:00",), "2026-11-27 19:00", "Freitag, 18:00"),
        (("Mo 18:00", "Sa 9:30"), "2026-11-27 19:00", "Samstag, 09:30"),
    ],
)
def test_the_next_invitation(invitations: tuple[str, ...], now: str, told: str) -> None:
    said = next_invitation(invitations, datetime.fromisoformat(now))
    assert said == (told and f"Nächste Einladung: {told} Uhr")


def test_the_calendar_is_looked_at_once_a_minute() -> None:
    told = iter(["Mittwoch", "Mittwoch", "Freitag"])
    sent: list[str] = []
    pages = Pages()
    pages.publish = sent.append  # type: ignore[method-assign]
    follower = PageFollower(Stage(CONTENT, lambda: next(told)), pages, Snapshot)
    sent.clear()
    block = silence(1600)
    for second in range(1, 170):
        follower.after_block(Exchange(float(second), block, block))
    assert [json.loads(one)["scene"]["invitation"] for one in sent] == ["Mittwoch", "Freitag"]


def test_what_is_said_ends_when_it_is_cut() -> None:
    stage = Stage(CONTENT)
    stage.add(Said(5.0, 8.0, "Atme ruhig weiter.", "x"), TRAINING)
    stage.add(Hushed(6.0), TRAINING)
    assert (stage.scene.line, stage.scene.line_ends) == ("Atme ruhig weiter.", 6.0)


def test_a_problem_before_the_first_block_is_shown() -> None:
    scene = Stage(CONTENT).add(Problem(0.0, "Die Datei fehlt."), Snapshot())
    assert (scene.problem, scene.chips) == ("Die Datei fehlt.", ())


def test_outside_of_an_exercise_no_exercise_is_shown() -> None:
    scene = scene_in("menu.ask", exercise=BEGAN)
    assert scene.title == scene.exercise == scene.coming == ""
