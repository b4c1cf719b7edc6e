from pathlib import Path

from skill.coach.diagram import arrows, states_page
from skill.coach.machine import Machine
from skill.coach.training import Training
from skill.content.states import STATES


def test_the_page_in_docs_is_current(content, trainee):
    page = (Path(__file__).parents[2] / "docs" / "states.md").read_text(encoding="utf-8")
    assert page == states_page(Machine(Training(content, trainee))), (
        "run: python -m skill.coach.diagram docs/states.md"
    )


def test_every_state_is_drawn(content, trainee):
    page = states_page(Machine(Training(content, trainee)))
    assert all(state.split(".")[-1] in page for state in STATES)


def test_every_arrow_is_drawn_or_listed(content, trainee):
    machine = Machine(Training(content, trainee))
    page = states_page(machine)
    for arrow in arrows(machine):
        assert arrow.trigger in page
        assert arrow.dest.replace(".", "_") in page
