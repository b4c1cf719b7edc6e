"""Updates on a made-up machine, and the ways back."""

import subprocess

import pytest

from tests.packaging.made_up_machine import Machine

pytestmark = pytest.mark.slow


def test_an_update_keeps_one_older_version(installed: Machine) -> None:
    for number in ("0.2.0", "0.3.0"):
        installed.source(number)
        code, said = installed.run("update.sh", number=number)
        assert code == 0, said
        assert installed.current == number
    assert installed.versions == {"0.2.0", "0.3.0"}
    assert "restart rueckgrat" in installed.asked_of_systemd


def test_installing_another_version_updates(installed: Machine) -> None:
    installed.source("0.2.0")
    assert installed.run("install.sh", number="0.2.0")[0] == 0
    assert installed.current == "0.2.0"


def test_an_update_to_the_same_version_does_nothing(installed: Machine) -> None:
    code, said = installed.run("update.sh")
    assert (code, said[-1].endswith("nichts zu tun.")) == (0, True)
    assert installed.asked_of_systemd == []


def test_a_doctor_that_finds_fault_brings_the_old_version_back(installed: Machine) -> None:
    installed.source("0.2.0", licence="ill")
    code, said = installed.run("update.sh", number="0.2.0")
    assert code == 2
    assert "würde auf diesem Gerät nicht gehen" in said[-1]
    assert installed.current == "0.1.0"
    assert installed.versions == {"0.1.0"}
    assert installed.asked_of_systemd[-1] == "restart rueckgrat", "the old one runs again"
    assert installed.run("update.sh", "--anyway", number="0.2.0")[0] == 0
    assert installed.current == "0.2.0"


def test_a_machine_that_is_ill_itself_is_not_the_updates_fault(installed: Machine) -> None:
    app = next((installed.root / "opt/rueckgrat/versions").iterdir()) / "app"
    (app / "LICENSE").write_text("no microphone")
    installed.source("0.2.0", licence="no microphone")
    code, said = installed.run("update.sh", number="0.2.0")
    assert code == 2
    assert "keiner der beiden Versionen" in said[-1]
    assert installed.current == "0.1.0"


def test_a_version_that_does_not_start_goes_with_all_it_has_changed(installed: Machine) -> None:
    history = installed.root / "var/lib/rueckgrat/data/history"
    history.write_text("three sets")
    current = installed.root / "opt/rueckgrat/current"
    installed.source("0.2.0")
    installed.systemctl(
        f'[ "$1" = restart ] || exit 0; case $(readlink {current}) in *0.2.0*)'
        f" echo changed >{history}; exit 1 ;; esac"
    )
    code, said = installed.run("update.sh", number="0.2.0")
    assert code == 2
    assert "startet nicht, also läuft wieder 0.1.0" in said[-1]
    assert installed.current == "0.1.0"
    assert history.read_text() == "three sets"


def test_an_interrupted_update_is_undone(installed: Machine) -> None:
    current = installed.root / "opt/rueckgrat/current"
    installed.source("0.2.0")
    installed.systemctl(
        f'[ "$1" = restart ] || exit 0; case $(readlink {current}) in *0.2.0*) kill $PPID ;; esac'
    )
    installed.command("timeout", 'shift; exec "$@"')
    assert installed.run("update.sh", number="0.2.0")[0] == 130
    assert installed.current == "0.1.0"


def test_back_and_forth(installed: Machine) -> None:
    assert "Vor dieser gibt es keine" in installed.run("update.sh", "--back")[1][-1]
    installed.source("0.2.0")
    assert installed.run("update.sh", number="0.2.0")[0] == 0
    for number in ("0.1.0", "0.2.0"):
        assert installed.run("update.sh", "--back")[0] == 0
        assert installed.current == number


def test_a_release_archive_brings_its_own_script(installed: Machine) -> None:
    folder = installed.source("0.2.0")
    script = folder / "deploy/update.sh"
    script.write_text(f"{script.read_text()}\nsay 'by the newer script'\n")
    archive = installed.folder / "release.tar.gz"
    subprocess.run(("tar", "-C", folder.parent, "-czf", archive, folder.name), check=True)
    code, said = installed.run("update.sh", str(archive))
    assert (code, said[-1]) == (0, "Update: by the newer script"), said
    assert installed.current == "0.2.0"


@pytest.mark.parametrize("content", [b"", b"no archive at all"])
def test_a_damaged_archive_is_refused(installed: Machine, content: bytes) -> None:
    archive = installed.folder / "release.tar.gz"
    archive.write_bytes(content)
    code, said = installed.run("update.sh", str(archive))
    assert code == 2
    assert "ist kein Archiv" in said[-1]
    assert installed.current == "0.1.0"


def test_an_update_without_an_installation_names_the_way(speaker: Machine) -> None:
    code, said = speaker.run("update.sh")
    assert (code, "deploy/install.sh" in said[-1]) == (2, True)
