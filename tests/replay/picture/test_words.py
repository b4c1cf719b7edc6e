from hypothesis import given
from hypothesis import strategies as st

from rueckgrat.replay.picture.words import is_whole, shorten, text_width, wrap

TEXT = "Die Füße stehen hüftbreit, die Knöchel senkrecht unter den Knien."


def test_text_that_has_room_stays_whole() -> None:
    lines = wrap(TEXT, 200.0, 10.0, 5)
    assert len(lines) == 2
    assert " ".join(lines) == TEXT
    assert is_whole(TEXT, lines)


def test_text_without_room_ends_in_an_ellipsis() -> None:
    lines = wrap(TEXT, 100.0, 10.0, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert not is_whole(TEXT, lines)


def test_nothing_fits_into_nothing() -> None:
    assert shorten("weiter", 2.0, 10.0) == ""


@given(st.text(alphabet="abcdemWÄ .", max_size=80), st.floats(5, 300), st.integers(1, 5))
def test_no_line_is_wider_or_more_than_allowed(text: str, width: float, most: int) -> None:
    lines = wrap(text, width, 10.0, most)
    assert len(lines) <= most
    assert all(text_width(line, 10.0) <= width for line in lines)
