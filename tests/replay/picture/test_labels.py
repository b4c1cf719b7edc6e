from hypothesis import given
from hypothesis import strategies as st

from rueckgrat.replay.picture.labels import Label, Shelf

SHELF = Shelf(right=1_000.0, most_lines=5, font_px=10.0)
LONG = "Ausatmen und heben, ganz langsam und ohne Schwung."


def test_a_text_with_room_stands_under_its_wave() -> None:
    labels = list(SHELF.place([(0.0, 100.0, "Eins."), (300.0, 100.0, LONG)]))
    assert [(label.left, label.top) for label in labels] == [(0.0, 0), (300.0, 0)]
    assert " ".join(labels[1].lines) == LONG


def test_a_text_between_close_neighbours_goes_below_them() -> None:
    labels = list(SHELF.place([(0.0, 60.0, "Locker lassen."), (20.0, 60.0, "Und eins.")]))
    assert [label.top for label in labels] == [0, 1]


def test_at_the_end_of_the_row_a_text_moves_to_the_left() -> None:
    (label,) = SHELF.place([(980.0, 20.0, "Ausatmen und heben.")])
    assert label.lines == ("Ausatmen und heben.",)
    assert label.left + label.width <= SHELF.right + 0.01


def test_a_text_without_any_room_is_left_out() -> None:
    tight = Shelf(right=1_000.0, most_lines=1, font_px=10.0)
    assert [*tight.place([(0.0, 5.0, LONG), (3.0, 5.0, LONG)])].count(None) == 1


positions = st.lists(st.floats(0, 990), min_size=1, max_size=30).map(sorted)


@given(positions, st.sampled_from(["Eins.", LONG]))
def test_labels_never_overlap_nor_leave_the_shelf(lefts: list[float], text: str) -> None:
    labels = [*filter(None, SHELF.place([(left, 30.0, text) for left in lefts]))]
    for number, label in enumerate(labels):
        assert label.top + len(label.lines) <= SHELF.most_lines
        assert label.left + label.width <= SHELF.right + 0.01
        assert not any(label.overlaps(other, 0.0) for other in labels[:number])


def test_overlap_needs_a_line_in_common() -> None:
    upper, lower = Label(0.0, 0, ("a",), 50.0), Label(0.0, 1, ("b",), 50.0)
    assert not upper.overlaps(lower, 5.0)
    assert upper.overlaps(Label(54.0, 0, ("c",), 5.0), 5.0)
    assert not upper.overlaps(Label(56.0, 0, ("c",), 5.0), 5.0)
