"""``python -m workbench.adaptation``: sums over people, and bad input as a sentence."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.homes import move_into
from workbench.adaptation import Line, all_together, app, as_table


def test_sums_weigh_people_by_their_clips() -> None:
    lines = [
        Line("hd05", "numbers", "clean", 30, 20, 30, 0.5, 1.0),
        Line("hd10", "numbers", "clean", 10, 5, 6, 0.1, 0.2),
        Line("hd10", "talk", "clean", 4, 4, 3, 0.0, 0.0),
    ]
    numbers, talk = all_together(lines)
    assert (numbers.said, numbers.right_before, numbers.right_after) == (40, 25, 36)
    assert numbers.confidence_before == pytest.approx(0.4)
    assert numbers.confidence_after == pytest.approx(0.8)
    assert (talk.speaker, talk.right_after) == ("all", 3)
    assert as_table([numbers, talk], "title").row_count == 2


def test_who_is_not_recorded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_into(tmp_path / "home", monkeypatch)
    result = CliRunner().invoke(app, ["--speaker", "nobody", "--recordings", str(tmp_path)])
    assert result.exit_code == 2
    assert "no recordings of nobody" in result.output
