"""The wheel: built, installed into an environment of its own, and used from another folder."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from skill.models import BUILT_IN
from skill.paths import models_dir

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (models_dir() / BUILT_IN).is_dir():
        pytest.skip("the built-in speech model is not there yet")
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel; it borrows the tests' other packages."""
    environment = tmp_path_factory.mktemp("environment")
    _run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    _run(*pip, "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    (site_packages / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"])
    return environment / "bin" / "rueckgrat"


def test_the_wheel_holds_the_product_alone(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "skill/_data/dialogs/commands.yaml" in names
    assert {f"rueckgrat/replay/playback/page.{kind}" for kind in ("html", "css", "js")} <= names
    assert f"skill/_data/models/{BUILT_IN}/graph/HCLr.fst" in names
    assert not [name for name in names if "models/training" in name]
    roots = {name.partition("/")[0] for name in names}
    assert roots == {"rueckgrat", "skill", "rueckgrat-0.1.0.dist-info"}
    code = {name for name in names if name.endswith(".py")}
    assert code == {
        str(one.relative_to(CHECKOUT))
        for package in ("rueckgrat", "skill")
        for one in (CHECKOUT / package).rglob("*.py")
    }


def test_the_installed_command_hears_and_answers(installed: Path, tmp_path: Path) -> None:
    recording = CHECKOUT / "tests" / "recordings" / "anna" / "weiter.ogg"
    answer = _run(installed, "replay", recording, "--out", "out", cwd=tmp_path)
    said = [line.split(maxsplit=2) for line in answer.splitlines()]
    assert ["Du", "weiter"] in [line[1:] for line in said]
    assert "Coach" in [line[1] for line in said], "it finds its dialogs"
    assert (tmp_path / "out" / "session.wav").stat().st_size > 44
    assert "weiter" in (tmp_path / "out" / "session.html").read_text(encoding="utf-8")


def _run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command outside the checkout; return what it printed, which is all on stdout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
