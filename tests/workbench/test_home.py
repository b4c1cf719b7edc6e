"""The bench of the home: its notes are a household's, and its sizes meet their goals."""

from rueckgrat.home.notes import merged, packed, unpacked
from workbench.home import NOTES_A_MONTH, _size_rows, rows_of_notes


def test_its_notes_are_notes_in_their_order() -> None:
    rows = rows_of_notes(NOTES_A_MONTH)
    assert len(rows) == NOTES_A_MONTH
    assert merged(reversed(rows)) == rows
    assert unpacked(packed(1, rows)) == (1, rows)
    assert {row[2] for row in rows} == {"SessionBegan", "PlanAt", "SetDone"}


def test_messages_are_as_small_as_they_should_be() -> None:
    figures = list(_size_rows())
    assert len(figures) == 3
    assert all(figure.met for figure in figures)
    assert all(figure.value > 100 for figure in figures)
