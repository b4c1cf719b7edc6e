"""A short simulation, with the real ear, coach, voice and history; and how it is continued."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from rueckgrat.history import open_history
from workbench.soak.__main__ import begun
from workbench.soak.day import PEOPLE, Happening, Kind
from workbench.soak.figures import Figures
from workbench.soak.simulation import BLOCKS_PER_HOUR, Simulation

SILENT = Console(quiet=True)


def entries(folder: Path) -> int:
    with open_history(folder / "history.db") as history:
        return sum(len(history.entries(person.lower())) for person in PEOPLE)


@pytest.mark.long
@pytest.mark.timeout(600)  # the first time, all that the coach says has to be rendered
def test_a_visit_through_power_cut_full_disk_and_lost_devices(tmp_path: Path) -> None:
    figures = Figures(seed=2)
    simulation = Simulation(figures, tmp_path)
    simulation._plan_hour = lambda: simulation._plan.extend(  # type: ignore[method-assign]
        [
            Happening(5.0, Kind.VISIT, 400.0, "Anna"),
            Happening(90.0, Kind.DEVICE_LOST, 20.0),
            Happening(150.0, Kind.DISK_FULL, 60.0),
            Happening(170.0, Kind.VOICE_FAILS, 30.0),
            Happening(210.0, Kind.POWER_CUT),
            Happening(220.0, Kind.CLOCK_JUMPS, 3600.0),
        ]
    )
    before = simulation.clock()
    simulation.run(3000)
    simulation.close()
    assert [one.what for one in figures.troubles] == []
    assert figures.counts["understood: command in quiet"] >= 5
    assert figures.counts["blocks without devices"] == 200
    blocks = figures.counts["blocks awake"] + figures.counts["blocks standby"]
    assert blocks == 3000 - 200
    assert (simulation.clock() - before).total_seconds() == pytest.approx(300.0 + 3600.0)
    assert entries(tmp_path) == sum(count for count, _ in figures.ledger.values()) > 0


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_same_seed_lives_the_same_life(tmp_path: Path) -> None:
    lives = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        figures = Figures(seed=6)
        simulation = Simulation(figures, tmp_path / name)
        simulation._plan_hour = lambda simulation=simulation: simulation._plan.append(  # type: ignore[method-assign]
            Happening(2.0, Kind.VISIT, 50.0, "Bernd")
        )
        simulation.run(500)
        simulation.close()
        lives.append(tuple(simulation._recent))
        assert figures.counts["events: command_heard"] > 0
    assert lives[0] == lives[1]


@pytest.mark.slow
def test_a_history_that_has_lost_something_is_noticed(tmp_path: Path) -> None:
    figures = Figures(seed=2, ledger={"anna": (3, "abc")})
    Simulation(figures, tmp_path).close()
    assert any("lost what was written" in one.what for one in figures.troubles)


def test_a_life_is_gone_on_with_from_a_full_hour_only(tmp_path: Path) -> None:
    Figures(seed=1, hours_done=3.0).save(tmp_path / "progress.json")
    assert begun(1, 24.0, tmp_path, False, SILENT).hours_done == 3.0
    assert begun(1, 24.0, tmp_path, True, SILENT).hours_done == 0.0
    Figures(seed=1, hours_done=3.5).save(tmp_path / "progress.json")
    assert begun(1, 24.0, tmp_path, False, SILENT).hours_done == 0.0
    Figures(seed=1, hours_done=24.0).save(tmp_path / "progress.json")
    assert begun(1, 24.0, tmp_path, False, SILENT).hours_done == 0.0
    Figures(seed=2, hours_done=3.0).save(tmp_path / "progress.json")
    assert begun(1, 24.0, tmp_path, False, SILENT).seed == 1


def test_a_new_life_begins_without_a_past(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"old")
    begun(1, 24.0, tmp_path, True, SILENT)
    assert not (tmp_path / "history.db").exists()


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_two_hours_of_life_with_something_of_everything(tmp_path: Path) -> None:
    """About five minutes on one core."""
    command = [sys.executable, "-m", "workbench.soak", "--hours", "2", "--seed", "1", "--json"]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    assert report["troubles"] == []
    assert done.returncode == 0, report["rows"]
    assert report["hours_done"] == 2.0
    assert all(report["counts"][f"happened: {kind}"] for kind in Kind)
    lived = sum(count for name, count in report["counts"].items() if name.startswith("blocks "))
    assert lived == 2 * BLOCKS_PER_HOUR
    assert (tmp_path / "memory.svg").is_file()
