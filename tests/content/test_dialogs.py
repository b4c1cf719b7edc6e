"""The real dialogs: complete, speakable, and told apart by ear."""

from pathlib import Path

import pytest

from skill.content.exercise import Breath, Exercise
from skill.content.schema import Content
from skill.content.states import STATES
from skill.messages.cues import Direction
from skill.paths import dialogs_dir
from skill.written.spoken import contains_phrase
from tests.content.every_exercise import CONTENT, of_every_exercise, phases_of, rows_of

CHARACTERS_PER_SECOND = 10
"""The slowest of the cues, as measured with espeak-ng at 175 words a minute (the median is 13)."""


@pytest.fixture
def content() -> Content:
    return CONTENT


def test_the_exercises_are_there_in_their_order(content: Content) -> None:
    assert [exercise.id for exercise in content.exercises] == [
        *("bruecke", "roll-up", "bein-anheben", "vierfuessler", "unterarmstuetz", "seitstuetz"),
        *("katze-kuh", "rueckenstrecker", "knie-pendeln", "rudern", "band-auseinander"),
        *("kniebeuge", "wandstuetz", "intervalle", "muskelentspannung"),
    ]


def test_numbers_reach_from_zero_to_thirty(content: Content) -> None:
    slots = content.commands["number"].slots
    assert {int(value) for value in slots.values()} == set(range(31))
    assert slots["zwo"] == "2"
    assert slots["dreißig"] == "30"


@pytest.mark.parametrize("state", [state for state in STATES if state != "standby"])
def test_one_can_get_help_stop_and_leave_wherever_it_is_awake(content: Content, state: str) -> None:
    assert {"stop", "pain", "quit", "help", "repeat"} <= content.live_commands(state)


def test_a_yes_to_the_safety_question_is_never_a_mere_next(content: Content) -> None:
    live = content.live_commands("safety.ask")
    assert {"yes", "no", "red_flags"} <= live
    assert "next" not in live


def test_there_are_several_hundred_decoys(content: Content) -> None:
    assert 400 <= len(content.decoys) <= 800


@of_every_exercise
def test_the_coach_varies_what_it_says(exercise: Exercise) -> None:
    assert len(exercise.introduction.full) >= 2
    assert len(exercise.introduction.short) >= 2
    assert len(exercise.position) >= 2
    assert len(exercise.leave) >= 2
    assert len(exercise.reminders) >= 3
    for phase in phases_of(exercise):
        assert len(set(phase.say)) >= 2


@of_every_exercise
def test_cues_fit_into_their_phase(exercise: Exercise) -> None:
    for phase in phases_of(exercise):
        for cue in phase.say:
            assert len(cue) / CHARACTERS_PER_SECOND <= phase.seconds, cue


@of_every_exercise
def test_in_and_out_take_turns_over_all_repetitions(exercise: Exercise) -> None:
    for row in rows_of(exercise):
        own = [phase.breath.direction for phase in row if phase.breath]
        breaths = [direction for direction in own if direction]
        assert not breaths or set(breaths) == {Direction.IN, Direction.OUT}
        assert all(a is not b for a, b in zip(breaths, breaths[1:] + breaths[:1], strict=True))


@of_every_exercise
def test_cues_name_the_breath_they_are_said_with(exercise: Exercise) -> None:
    for phase in phases_of(exercise):
        for cue in phase.say:
            if phase.breath is Breath.IN:
                assert cue.startswith("Einatmen"), "beside the count, „Ein“ is „Eins“"
            elif phase.breath is Breath.OUT:
                assert cue.startswith("Aus")
            else:
                assert not cue.startswith(("Ein", "Aus"))


def test_the_lift_is_on_the_breath_out(content: Content) -> None:
    for exercise_id in ("bruecke", "bein-anheben"):
        assert content.exercise(exercise_id).phases[0].breath is Breath.OUT


def test_what_is_one_sided_is_done_on_both_sides(content: Content) -> None:
    sides = {one.id: [side.name for side in one.sides] for one in content.exercises if one.sides}
    assert sides.keys() == {"bein-anheben", "vierfuessler", "seitstuetz"}
    assert all(names == ["rechts", "links"] for names in sides.values())


@of_every_exercise
def test_movement_cues_hold_no_command(exercise: Exercise) -> None:
    """The coach would mask its own listener all through a repetition."""
    lines = [line for phase in phases_of(exercise) for line in phase.say] + list(exercise.reminders)
    for phrase, command in CONTENT.vocabulary.items():
        if command.name not in ("number", "exercise"):
            assert not [line for line in lines if contains_phrase(line, phrase)], phrase


SPOKEN_FILES = sorted(
    set(dialogs_dir().rglob("*.yaml")) - set(dialogs_dir().rglob("*.dialog.yaml"))
)
"""A dialog test speaks only through recordings, and the names of those are ASCII on purpose."""


@pytest.mark.parametrize("path", SPOKEN_FILES, ids=lambda path: str(path.name))
def test_umlauts_and_sharp_s_are_spelt_as_such(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    for exercise in CONTENT.exercises:
        text = text.replace(exercise.id, "")  # a file's name, which has no umlauts
    for programme in sorted(CONTENT.programmes, key=lambda one: -len(one.id)):
        text = text.replace(programme.id, "")
    text = text.replace("`rueckgrat ", "")  # the program's name
    for wrong, right in (
        ("fuess", "füß"),
        ("rueck", "rück"),
        ("koerper", "körper"),
        ("dreissig", "dreißig"),
        ("strasse", "straße"),
        (" gross", "groß"),
        (" weiss", "weiß"),
        ("heisst", "heißt"),
        ("fliessen", "fließen"),
        ("ausser", "außer"),
        (" fuer ", "für"),
        ("uebung", "übung"),
        ("spass", "spaß"),
    ):
        assert wrong not in text, f"{path.name}: write {right}"
    assert "\N{REPLACEMENT CHARACTER}" not in text
    assert "Ã" not in path.read_text(encoding="utf-8"), f"{path.name}: encoded twice"
