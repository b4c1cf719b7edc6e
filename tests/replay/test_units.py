import pytest

from rueckgrat.replay.units import parse_decibels, parse_seconds


@pytest.mark.parametrize(
    ("written", "seconds"), [("300 ms", 0.3), ("0.8 s", 0.8), ("5 min", 300.0), ("2s", 2.0)]
)
def test_times_are_written_with_their_unit(written: str, seconds: float) -> None:
    assert parse_seconds(written) == pytest.approx(seconds)


@pytest.mark.parametrize("written", ["5", "-1 s", "0,8 s", "soon", "3 dB", "", None])
def test_what_is_no_time_is_told_how_to_write_one(written: object) -> None:
    with pytest.raises(ValueError, match="mit Einheit: 300 ms"):
        parse_seconds(written)


def test_levels_are_written_in_decibels() -> None:
    assert parse_decibels("-20 dB") == -20.0
    with pytest.raises(ValueError, match="mit Einheit: 10 dB"):
        parse_decibels("10")
