import pytest

from rueckgrat.replay.picture.rows import Rows, Span

ROWS = Rows(total_seconds=150.0, seconds_per_row=60.0, px_per_second=10.0, left=100.0)


def test_time_wraps_into_rows() -> None:
    assert ROWS.count == 3
    assert ROWS.at(0.0) == Span(0, 100.0, 100.0)
    assert ROWS.at(61.5) == Span(1, 115.0, 115.0)


def test_the_end_of_the_session_stays_in_the_last_row() -> None:
    assert Rows(120.0).count == 2
    assert Rows(120.0).at(120.0).row == 1


def test_an_interval_over_a_row_end_has_two_parts() -> None:
    parts = list(ROWS.spans(55.0, 65.0))
    assert parts == [Span(0, 650.0, 700.0, True), Span(1, 100.0, 150.0, False)]


def test_what_lasts_beyond_the_session_is_clipped() -> None:
    (part,) = ROWS.spans(149.0, 170.0)
    assert part.width == pytest.approx(10.0)
    assert list(ROWS.spans(151.0, 160.0)) == []
