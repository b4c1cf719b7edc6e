"""The page to look at, at installation on a made-up speaker: it comes, or one does without."""

import pytest

from tests.packaging.made_up_machine import PYTHON, Machine

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nothing_runs(speaker: Machine) -> None:
    """Let the service be neither on nor enabled."""
    speaker.systemctl("case $1 in is-*) exit 1 ;; esac")


def settings_of(machine: Machine) -> str:
    path = machine.root / "var/lib/rueckgrat/config/settings.toml"
    return path.read_text(encoding="utf-8")


def test_the_page_is_shown_in_the_network_and_switched_on_once(speaker: Machine) -> None:
    for _ in range(2):
        code, said = speaker.run("install.sh", "--page")
        assert code == 0, said
    assert settings_of(speaker).count("page = true") == 1
    assert settings_of(speaker).count('page_address = "0.0.0.0"') == 1
    assert (speaker.root / "opt/rueckgrat/current/home").exists()
    drop_in = speaker.root / "etc/systemd/system/rueckgrat.service.d/network.conf"
    assert "PrivateNetwork=no" in drop_in.read_text(encoding="utf-8")
    assert "daemon-reload" in speaker.asked_of_systemd
    assert any("tablet verbinden" in line for line in said)


def test_without_the_wish_nothing_listens(installed: Machine) -> None:
    assert "page" not in settings_of(installed)
    assert not (installed.root / "etc/systemd/system/rueckgrat.service.d/network.conf").exists()
    assert not (installed.root / "opt/rueckgrat/current/home").exists()


def test_without_network_the_trainer_is_installed_all_the_same(speaker: Machine) -> None:
    script = PYTHON.split("\n", 1)[1].replace(
        '"-m pip"*', '*requirements-home.lock) echo "Connection refused"; exit 1 ;;\n"-m pip"*'
    )
    speaker.command("python3", script)
    code, said = speaker.run("install.sh", "--page")
    assert code == 0, said
    assert any("Mit der Seite ist es nichts geworden" in line for line in said)
    assert "page" not in settings_of(speaker)
