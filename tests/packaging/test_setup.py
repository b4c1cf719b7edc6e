"""Setting up a machine, with a made-up apt, sudo and dpkg; only the environment is real."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

ALL_THERE = "echo installed"
NONE_THERE = "exit 1"

pytestmark = pytest.mark.slow


class Machine:
    """A folder with the set-up script, lock files without packages, and stand-ins for commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "deploy").mkdir(parents=True)
        (folder / "commands").mkdir()
        for name in ("setup.sh", "lib.sh"):
            shutil.copy(CHECKOUT / "deploy" / name, folder / "deploy")
        for name in ("requirements.lock", "requirements-dev.lock"):
            (folder / name).write_text("", encoding="utf-8")
        self.command("dpkg-query", ALL_THERE)
        self.command("apt-get", f'echo "$@" >>{folder}/apt; [ "$1" = update ]')
        self.command("sudo", "exit 1")
        self.command("id", "echo 1000")
        self.command("uname", "echo x86_64")

    def command(self, name: str, script: str) -> None:
        path = self.folder / "commands" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def set_up(self, goal: str, python: str = sys.executable) -> tuple[int, list[str]]:
        """Return the exit code, and what was said."""
        done = subprocess.run(
            ["/bin/bash", str(self.folder / "deploy" / "setup.sh"), goal],
            env={
                "HOME": str(self.folder),
                "PATH": f"{self.folder / 'commands'}:/usr/bin:/bin",
                "PYTHON": python,
            }
            | {name: value for name, value in os.environ.items() if name.startswith("PIP_")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr.splitlines()

    @property
    def asked_of_apt(self) -> str:
        log = self.folder / "apt"
        return log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that a first set-up has made."""
    machine = Machine(tmp_path_factory.mktemp("first") / "machine")
    code, said = machine.set_up("run")
    assert (code, said[-1]) == (0, "Einrichten: Fertig.")
    assert any("Ich lege eine eigene Umgebung" in line for line in said)
    assert machine.asked_of_apt == ""
    assert machine.set_up("run") == (0, []), "a second run has nothing to do"
    return machine.folder / ".venv"


@pytest.fixture
def prepared(machine: Machine, environment: Path) -> Machine:
    """A machine with that environment, as if the system packages had not been looked at."""
    shutil.copytree(
        environment, machine.folder / ".venv", symlinks=True, copy_function=_link_packages
    )
    (machine.folder / ".venv" / "stamp-system-run").unlink()
    return machine


def _link_packages(source: str, target: str) -> None:
    """Copy what the set-up writes to; link pip's two thousand files, which nobody changes."""
    link = os.link if "/site-packages/" in source else shutil.copy2
    link(source, target)


def test_without_rights_one_sentence_names_the_command_and_it_goes_on(prepared: Machine) -> None:
    prepared.command("dpkg-query", NONE_THERE)
    code, (sentence,) = prepared.set_up("run")
    assert code == 0
    assert sentence.endswith("Tippe: sudo apt-get install libportaudio2 espeak-ng")
    assert prepared.asked_of_apt == ""
    prepared.command("dpkg-query", ALL_THERE)
    assert prepared.set_up("run") == (0, ["Einrichten: Fertig."]), "it looks again the next time"
    assert prepared.set_up("run") == (0, [])


def test_with_rights_apt_installs_what_is_missing_after_an_update(prepared: Machine) -> None:
    prepared.command("id", "echo 0")
    prepared.command("dpkg-query", 'case "$*" in *espeak-ng*) exit 1 ;; *) echo installed ;; esac')
    code, said = prepared.set_up("run")
    assert code == 0
    assert said[0] == "Einrichten: Ich installiere Systempakete: espeak-ng"
    first, update, second = prepared.asked_of_apt.splitlines()
    assert update == "update"
    assert first == second
    assert first.startswith("install --yes")
    assert first.endswith(" espeak-ng")
    assert "out/setup.log" in said[1], "this apt never succeeds"


def test_on_arm_the_recogniser_needs_one_more_library(prepared: Machine) -> None:
    prepared.command("uname", "echo aarch64")
    prepared.command("dpkg-query", NONE_THERE)
    assert "libatomic1" in prepared.set_up("run")[1][0]


def test_the_tests_need_a_sound_server_too(prepared: Machine) -> None:
    prepared.command("dpkg-query", NONE_THERE)
    said = prepared.set_up("test")[1]
    assert any("pulseaudio pulseaudio-utils libasound2-plugins" in line for line in said)


def test_a_changed_lock_file_is_installed(prepared: Machine) -> None:
    assert prepared.set_up("run") == (0, ["Einrichten: Fertig."])
    (prepared.folder / "requirements.lock").write_text("# newer\n", encoding="utf-8")
    assert "Ich installiere Python-Pakete" in prepared.set_up("run")[1][0]
    assert prepared.set_up("run") == (0, [])


def test_packages_that_cannot_be_installed_are_tried_again(prepared: Machine) -> None:
    (prepared.folder / "requirements.lock").write_text("no-such-package\n", encoding="utf-8")
    for _ in range(2):
        code, said = prepared.set_up("run")
        assert code == 2
        assert "out/setup.log" in said[-1]


def test_a_python_that_is_too_old_is_refused(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        machine.command(name, "exit 1")
    code, said = machine.set_up("run", python="")
    assert code == 2
    assert "Python 3.11 bis 3.14" in said[-1]
    assert not (machine.folder / ".venv").exists()


def test_a_checkout_that_cannot_be_written_is_named(machine: Machine) -> None:
    (machine.folder / "out").write_text("a file in place of the folder", encoding="utf-8")
    code, (sentence,) = machine.set_up("run")
    assert code == 2
    assert sentence.startswith(f"Einrichten: In {machine.folder} kann ich nichts schreiben.")


def test_an_unknown_goal_is_refused(machine: Machine) -> None:
    assert machine.set_up("everything") == (2, ["Aufruf: deploy/setup.sh run|test|model"])
