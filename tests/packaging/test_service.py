"""The unit file, judged by systemd itself, and the scripts, judged by shellcheck."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
UNIT = CHECKOUT / "deploy" / "rueckgrat.service"
SCRIPTS = sorted(str(path) for path in (CHECKOUT / "deploy").glob("*.sh"))

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is missing (package systemd)"
)


def _value(name: str) -> str:
    """Return what the unit sets for ``name``, the last time it does."""
    return re.findall(rf"(?m)^{name}=(.*)$", UNIT.read_text(encoding="utf-8"))[-1]


@needs_systemd
def test_systemd_finds_no_fault_with_it(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    # The program is not installed here: only its place is another.
    text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/sh", UNIT.read_text(encoding="utf-8"))
    unit.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ("systemd-analyze", "verify", "--man=no", unit), capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "rueckgrat" in line]
    assert (done.returncode, ours) == (0, [])


@needs_systemd
def test_it_is_as_shut_off_as_it_can_be() -> None:
    done = subprocess.run(
        ("systemd-analyze", "security", "--offline=true", "--threshold=30", "--json=short", UNIT),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    open_to_the_world = [
        row["name"]
        for row in json.loads(done.stdout)
        if row["set"] is False and "AF_INET" in str(row["name"])
    ]
    assert open_to_the_world == []


def test_it_starts_the_command_that_feeds_its_watchdog() -> None:
    from rueckgrat.cli.app import app

    command = _value("ExecStart").split()[-1]
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    assert command == "serve"
    assert command in names
    assert _value("Type") == "notify"


def test_the_watchdog_is_slower_than_the_heartbeat_by_far() -> None:
    from rueckgrat.observers import heartbeat

    assert int(_value("WatchdogSec")) >= 10 * heartbeat._PAUSE_SECONDS
    assert int(_value("TimeoutStartSec")) >= 2 * heartbeat._PATIENCE_SECONDS


def test_ending_it_is_no_failure() -> None:
    from skill.exit_codes import INTERRUPTED

    assert _value("KillSignal") == "SIGINT"
    assert int(_value("SuccessExitStatus")) == INTERRUPTED


def test_the_unit_and_the_scripts_agree_on_the_places() -> None:
    versions = (CHECKOUT / "deploy" / "versions.sh").read_text(encoding="utf-8")
    command = (CHECKOUT / "deploy" / "rueckgrat").read_text(encoding="utf-8")
    home = f"/var/lib/{_value('StateDirectory')}"
    assert f"state=$root{home}\n" in versions
    assert f"home={home}\n" in command
    assert f"RUECKGRAT_HOME={home} " in UNIT.read_text(encoding="utf-8")
    assert f"user={_value('User')}\n" in versions
    assert f"user={_value('User')}\n" in command
    start = _value("ExecStart").rpartition(" ")[0]
    assert f"exec {start} " in command


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is missing")
def test_the_scripts_are_clean() -> None:
    done = subprocess.run(
        ("shellcheck", "-x", *SCRIPTS, str(CHECKOUT / "deploy" / "rueckgrat")),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
