"""It really runs on 64-bit ARM: installed by install.sh from the ARM wheels, under emulation.

Fifteen minutes, most of them pip's: `make test-arm64`. The root is kept in out/roots.
"""

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.packaging.arm64 import ArmRoot, arm_root, missing
from tests.packaging.roots import CHECKOUT

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]

SOURCE = "/root/source"
TESTS = CHECKOUT / "tests"

# Every module that some dependency brings, as the trainer imports it.
IMPORTS = (
    "import drawsvg, numpy, platformdirs, pooch, pyaec, pydantic, pyttsx3, yaml, rapidfuzz,"
    " requests, rich, sounddevice, soundfile, soxr, tomlkit, transitions, typer, vosk, platform;"
    " print(platform.machine())"
)


@pytest.fixture(scope="module")
def installed() -> ArmRoot:
    """The trainer, installed as on a Raspberry Pi."""
    if missing():
        pytest.skip(f"no ARM system to install into: {missing()}")
    root = arm_root()
    _bring(root)
    started = time.monotonic()
    done = root.run(f"{SOURCE}/deploy/install.sh")
    print(f"\ninstallation under emulation: {time.monotonic() - started:.0f} s")
    assert done.returncode == 0, done.stdout
    return root


def _bring(root: ArmRoot) -> None:
    """Bring the checkout; an older installation goes."""
    for path in (SOURCE, "/opt/rueckgrat"):
        shutil.rmtree(root / path, ignore_errors=True)
    listed = "source deploy/versions.sh; printf '%s\\n' \"${shipped[@]}\""
    shipped = subprocess.run(
        ("bash", "-c", f"teller=- log=- dry_run=yes; {listed}"),
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout.split()
    for name in shipped:
        _copy(CHECKOUT / name, root / SOURCE / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def test_every_dependency_can_be_imported(installed: ArmRoot) -> None:
    done = installed.run("/opt/rueckgrat/current/venv/bin/python", "-c", IMPORTS)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "aarch64"), done.stdout


def test_it_understands(installed: ArmRoot) -> None:
    done = installed.run("rueckgrat", "replay", f"{TESTS}/recordings/anna/weiter.ogg")
    assert done.returncode == 0, done.stdout
    assert re.search(r"Du +weiter", done.stdout), done.stdout


def test_a_dialog_comes_out_as_on_a_pc(installed: ArmRoot) -> None:
    started = time.monotonic()
    done = installed.run("rueckgrat", "replay", f"{TESTS}/dialogs/safety-no.dialog.yaml")
    print(f"\na dialog under emulation: {time.monotonic() - started:.0f} s")
    assert done.returncode == 0, done.stdout


def test_the_doctor_answers(installed: ArmRoot) -> None:
    if "doctor" not in installed.run("rueckgrat", "--help").stdout:
        pytest.skip("there is no doctor yet")
    done = installed.run("rueckgrat", "doctor", "--json")
    assert done.stdout.lstrip().startswith(("{", "[")), done.stdout
    assert done.returncode == 1, "without a sound card training will not work"
