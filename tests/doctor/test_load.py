from pathlib import Path

import pytest

from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.load import (
    MachineLoad,
    Memory,
    check_load,
    check_memory,
    measure_load,
    read_memory,
)
from rueckgrat.doctor.speaking import render
from skill.content.loader import load_content
from skill.models import BUILT_IN
from skill.paths import models_dir
from skill.settings import Settings
from skill.trainer import Trainer

ROOM = Memory(120.0, 3_000.0, 4_000.0)


def load(ear: float, session: float) -> MachineLoad:
    return MachineLoad(ear, session, 0.05, 4, ROOM)


@pytest.mark.parametrize(
    ("ear", "session", "verdict"),
    [
        (0.05, 0.10, Verdict.OK),
        (0.05, 0.70, Verdict.WARNING),
        (0.70, 0.10, Verdict.WARNING),
        (0.60, 1.20, Verdict.FAILURE),
        (1.20, 0.10, Verdict.FAILURE),
    ],
)
def test_a_machine_that_is_too_slow(ear: float, session: float, verdict: Verdict) -> None:
    found = check_load(load(ear, session))
    assert found.verdict is verdict
    assert bool(found.mend) is (verdict is not Verdict.OK)
    assert found.figures["session_share_of_core"] == session


def test_memory_that_runs_out() -> None:
    assert check_memory(ROOM).verdict is Verdict.OK
    found = check_memory(Memory(120.0, 20.0, 430.0))
    assert found.verdict is Verdict.WARNING
    assert "20 von 430 MB" in found.measured


def test_memory_is_read_from_the_kernel(tmp_path: Path) -> None:
    (tmp_path / "self").mkdir()
    (tmp_path / "self" / "status").write_text("Name:\tx\nVmRSS:\t   10240 kB\n")
    (tmp_path / "meminfo").write_text("MemTotal:  4194304 kB\nMemAvailable: 2097152 kB\n")
    assert read_memory(tmp_path) == Memory(10.0, 2_048.0, 4_096.0)
    (tmp_path / "meminfo").write_text("MemTotal:  4194304 kB\n")
    with pytest.raises(ValueError, match="MemAvailable"):
        read_memory(tmp_path)


@pytest.mark.slow
def test_this_machine_is_measured() -> None:
    if not (models_dir() / BUILT_IN).is_dir():
        pytest.skip("the built-in speech model is not there yet")
    settings = Settings(model=BUILT_IN)
    measured = measure_load(Trainer(settings), render(settings, load_content()).pcm)
    assert 0 < measured.ear_share < 1
    assert 0 < measured.session_share < 1
    assert measured.worst_block_seconds > 0
    assert 20 < measured.memory.used_mib < measured.memory.total_mib
