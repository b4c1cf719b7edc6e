import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.models import BUILT_IN
from skill.paths import models_dir
from tests.homes import move_into
from tests.programs import CHECKOUT

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, data and fetched models of this test alone."""
    home = tmp_path / "home"
    move_into(home, monkeypatch)
    for name in ("MODEL", "MICROPHONE", "SPEAKER", "VOICE", "WORDS_PER_MINUTE", "DIALOGS"):
        monkeypatch.delenv(f"RUECKGRAT_{name}", raising=False)
    return home


@pytest.fixture
def program(tmp_path: Path) -> Run:
    """Run the program as a person would, from a folder of their own."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(CHECKOUT / "main.py"), *arguments],
            cwd=tmp_path,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=250,
            check=False,
        )

    return run


@pytest.fixture
def without_sound(program: Run) -> None:
    """Go on only where training at a microphone is impossible anyway."""
    if "Mikrofon: Ich finde nichts" not in program("devices").stdout:
        pytest.skip("this machine has a microphone, so the program would train with it")


@pytest.fixture
def built_in_model() -> Path:
    model = models_dir() / BUILT_IN
    if not model.is_dir():
        pytest.skip("the built-in speech model is not there yet")
    return model
