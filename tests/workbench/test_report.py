"""No figure without its denominator, no miss taken for a hit."""

from math import inf

import pytest

from workbench.report import Row, as_dicts, as_table, latency_rows


def test_a_ratio_says_how_often_ours_fits_into_the_peers() -> None:
    row = Row("reaction", 200.0, "ms", 300.0, "3 of 3", peer=900.0)
    assert row.ratio == pytest.approx(4.5)
    assert row.met


def test_a_figure_above_its_goal_is_missed() -> None:
    assert not Row("memory", 251.0, "MiB", 250.0, "600 s").met


def test_unanswered_recordings_count_in_the_denominator() -> None:
    (row,) = latency_rows("reaction", [0.1, None, 0.3], {"median": 300.0}, [None, None, 0.9])
    assert row.value == pytest.approx(200.0)
    assert row.peer == pytest.approx(900.0)
    assert row.of == "2 of 3 answered (plain loop 1 of 3 answered)"


def test_nothing_answered_is_no_success() -> None:
    (row,) = latency_rows("reaction", [None], {"p95": 600.0})
    assert row.value == inf
    assert not row.met


def test_table_and_json_hold_every_row() -> None:
    rows = [Row("start", 1.1, "s", 1.5, "5 starts"), Row("memory", 300.0, "MiB", 250.0, "600 s")]
    assert as_table(rows).row_count == 2
    assert [one["met"] for one in as_dicts(rows)] == [True, False]
