import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_hundred_kills(path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.history.killing", str(path.parent), "100"],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    acknowledged, interrupted = map(int, answer.stdout.split())
    assert acknowledged > 100  # it did write,
    assert interrupted > 0  # and was killed in the midst of it
