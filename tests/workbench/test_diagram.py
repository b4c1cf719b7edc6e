from pathlib import Path

from skill.content.states import STATES
from workbench.diagram import arrows, states_page


def test_the_page_in_docs_is_current():
    page = (Path(__file__).parents[2] / "docs" / "states.md").read_text(encoding="utf-8")
    assert page == states_page(), "run: python -m workbench.diagram docs/states.md"


def test_every_state_is_drawn():
    page = states_page()
    assert all(state.split(".")[-1] in page for state in STATES)


def test_every_arrow_is_drawn_or_listed():
    page = states_page()
    for arrow in arrows():
        assert arrow.trigger in page
        assert arrow.dest.replace(".", "_") in page
