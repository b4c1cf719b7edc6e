"""Homes for a test alone: settings, data and models of its own, rendered lines of all tests."""

from pathlib import Path

import pytest

from skill.paths import user_dir


def move_into(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make ``home`` the trainer's own; 1,400 lines rendered anew would cost ten seconds."""
    furnish(home)
    monkeypatch.setenv("RUECKGRAT_HOME", str(home))


def furnish(home: Path) -> None:
    """Make a home that knows the lines which the tests have rendered so far."""
    kept = user_dir("cache") / "voice"
    kept.mkdir(parents=True, exist_ok=True)
    (home / "cache").mkdir(parents=True)
    (home / "cache" / "voice").symlink_to(kept)
