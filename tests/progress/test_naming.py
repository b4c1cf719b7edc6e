"""How notes are called in events and dialog tests."""

from typing import get_args

import pytest

from skill.messages.notes import (
    AgeTold,
    Feeling,
    Hurt,
    Level,
    LevelChosen,
    Load,
    Note,
    Outcome,
    PlanAt,
    PlanOver,
    Rated,
    SessionBegan,
    SetDone,
    TempoChosen,
)
from skill.progress.naming import NOTE_KINDS, name_of


@pytest.mark.parametrize(
    ("note", "name"),
    [
        (SessionBegan(), "session_began"),
        (SetDone("bruecke", (8,), Load(8), Outcome.COMPLETE), "set_done(bruecke, complete)"),
        (Rated("bruecke", Feeling.EASY), "rated(bruecke, easy)"),
        (LevelChosen("bruecke", Level.HARDER), "level_chosen(bruecke, harder)"),
        (Hurt("bruecke"), "hurt(bruecke)"),
        (PlanAt(("bruecke", "roll-up"), 1), "plan_at(roll-up)"),
        (PlanAt(("bruecke", "roll-up"), 0, "kurz"), "plan_at(bruecke, kurz)"),
        (PlanOver(), "plan_over"),
        (AgeTold("older"), "age_told(older)"),
        (TempoChosen(1.25), "tempo_chosen(1.25)"),
    ],
)
def test_a_note_by_name(note: Note, name: str) -> None:
    assert name_of(note) == name


def test_every_note_has_a_name_of_its_own() -> None:
    assert len(set(NOTE_KINDS)) == len(get_args(Note))
