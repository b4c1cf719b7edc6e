import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.system import (
    NEWEST_PYTHON,
    OLDEST_PYTHON,
    check_clock,
    check_platform,
    check_python,
)

CHECKOUT = Path(__file__).resolve().parents[2]
BERLIN = timezone(timedelta(hours=1), "CET")


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ((3, 10, 12), Verdict.FAILURE),
        ((3, 11, 0), Verdict.OK),
        ((3, 14, 3), Verdict.OK),
        ((3, 15, 0), Verdict.WARNING),
    ],
)
def test_a_python_that_is_too_old(version: tuple[int, int, int], verdict: Verdict) -> None:
    found = check_python(version)
    assert found.verdict is verdict
    assert ".".join(map(str, version)) in found.measured
    assert bool(found.mend) is (verdict is not Verdict.OK)


def test_the_versions_are_those_that_the_package_asks_for() -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    oldest, below = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', text).groups()  # type: ignore[union-attr]
    assert (3, int(oldest)) == OLDEST_PYTHON
    assert (3, int(below) - 1) == NEWEST_PYTHON


def test_a_system_of_32_bit_is_named_with_the_mend() -> None:
    found = check_platform("linux", "aarch64", 32)
    assert found.verdict is Verdict.FAILURE
    assert "32 Bit" in found.measured
    assert "64-bit" in found.mend
    assert check_platform("linux", "aarch64", 64).verdict is Verdict.OK
    assert check_platform("darwin", "arm64", 64).verdict is Verdict.FAILURE


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (datetime(2027, 3, 1, 8, tzinfo=BERLIN), Verdict.OK),
        (datetime(1970, 1, 1, 1, tzinfo=BERLIN), Verdict.WARNING),
        (datetime(2150, 1, 1, 1, tzinfo=BERLIN), Verdict.WARNING),
        (datetime(2027, 3, 1, 8, tzinfo=UTC), Verdict.WARNING),
    ],
)
def test_a_clock_that_nobody_has_set(now: datetime, verdict: Verdict) -> None:
    assert check_clock(now).verdict is verdict


def test_the_wrong_zone_is_told_apart_from_the_wrong_year() -> None:
    assert "set-timezone" in check_clock(datetime(2027, 3, 1, 8, tzinfo=UTC)).mend
    assert "set-time " in check_clock(datetime(1970, 1, 1, tzinfo=UTC)).mend
