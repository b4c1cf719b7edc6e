"""A natural voice at installation, on a made-up speaker: it comes, or the trainer does without."""

import pytest

from tests.packaging.made_up_machine import PYTHON, Machine

pytestmark = pytest.mark.slow

WITHOUT = "ich spreche weiter mit der, die ich habe"


@pytest.fixture(autouse=True)
def nothing_runs(speaker: Machine) -> None:
    """Let the service be neither on nor enabled."""
    speaker.systemctl("case $1 in is-*) exit 1 ;; esac")


def test_a_voice_is_fetched_and_chosen_before_the_service_starts_and_prepared_after(
    speaker: Machine,
) -> None:
    asked = speaker.root / "var/lib/rueckgrat/asked-of-voices"
    speaker.systemctl(f"case $1 in is-*) exit 1 ;; restart) echo started >>{asked} ;; esac")
    code, said = speaker.run("install.sh", "--voice", "thorsten")
    assert code == 0, said
    assert speaker.asked_of_voices == ["fetch thorsten", "use thorsten", "started", "prepare"]
    assert (speaker.root / "opt/rueckgrat/current/natural").exists()
    assert any("GPL-3.0" in line for line in said), "the licence of Piper is said"
    assert "Fertig" in said[-1]


def test_a_voice_can_be_added_later_and_again(installed: Machine) -> None:
    installed.systemctl("exit 0")
    for _ in range(2):
        code, said = installed.run("install.sh", "--voice", "kerstin")
        assert code == 0, said
    assert installed.asked_of_voices == ["fetch kerstin", "use kerstin", "prepare"] * 2
    assert not any("GPL-3.0" in line for line in said), "Piper is there already"
    restarts = [one for one in installed.asked_of_systemd if one.startswith("restart")]
    assert len(restarts) == 2, "a service that runs has to read the new setting"


def test_without_a_voice_nothing_of_it_is_installed(installed: Machine) -> None:
    assert installed.asked_of_voices == []
    assert not (installed.root / "opt/rueckgrat/current/natural").exists()


@pytest.mark.parametrize(
    ("command", "tried"),
    [("fetch", ["fetch thorsten"]), ("use", ["fetch thorsten", "use thorsten"])],
)
def test_a_voice_that_does_not_come_stops_nothing(
    speaker: Machine, command: str, tried: list[str]
) -> None:
    speaker.fails_at(command)
    code, said = speaker.run("install.sh", "--voice", "thorsten")
    assert code == 0, said
    assert speaker.asked_of_voices == tried
    assert any(WITHOUT in line for line in said)
    assert "restart --no-block rueckgrat" in speaker.asked_of_systemd


def test_ctrl_c_ends_the_preparing_and_not_the_installation(speaker: Machine) -> None:
    (speaker.root / "var/lib/rueckgrat").mkdir()
    (speaker.root / "var/lib/rueckgrat/interrupted").write_text("prepare")
    code, said = speaker.run("install.sh", "--voice", "thorsten")
    assert code == 0, said
    assert "Installation: Den Rest bereite ich vor, wenn niemand trainiert." in said
    assert "Fertig" in said[-1]


def test_preparing_may_be_stopped(speaker: Machine) -> None:
    speaker.fails_at("prepare")
    code, said = speaker.run("install.sh", "--voice", "thorsten")
    assert code == 0, said
    assert "Installation: Den Rest bereite ich vor, wenn niemand trainiert." in said
    assert "restart --no-block rueckgrat" in speaker.asked_of_systemd


def test_without_network_for_piper_the_trainer_is_installed_all_the_same(speaker: Machine) -> None:
    script = PYTHON.split("\n", 1)[1].replace(
        '"-m pip"*', '*requirements-natural.lock) echo "Connection refused"; exit 1 ;;\n"-m pip"*'
    )
    speaker.command("python3", script)
    code, said = speaker.run("install.sh", "--voice", "thorsten")
    assert code == 0, said
    assert any("Es gibt kein Netz" in line for line in said)
    assert any(WITHOUT in line for line in said)
    assert speaker.asked_of_voices == []
    assert not (speaker.root / "opt/rueckgrat/current/natural").exists()


def test_an_update_keeps_what_natural_voices_need(speaker: Machine) -> None:
    assert speaker.run("install.sh", "--voice", "thorsten")[0] == 0
    speaker.source("0.2.0")
    assert speaker.run("update.sh", number="0.2.0")[0] == 0
    assert speaker.current == "0.2.0"
    assert (speaker.root / "opt/rueckgrat/current/natural").exists()


def test_an_update_may_bring_a_voice(installed: Machine) -> None:
    installed.source("0.2.0")
    code, said = installed.run("install.sh", "--voice", "thorsten", number="0.2.0")
    assert code == 0, said
    assert installed.current == "0.2.0"
    assert installed.asked_of_voices == ["fetch thorsten", "use thorsten", "prepare"]
    assert "restart --no-block rueckgrat" in installed.asked_of_systemd[-2:]


def test_a_plan_tells_of_the_voice_and_changes_nothing(speaker: Machine) -> None:
    before = sorted(speaker.root.rglob("*"))
    code, said = speaker.run("install.sh", "--dry-run", "--voice", "thorsten")
    assert code == 0
    assert any("Ich hole die Stimme thorsten." in line for line in said)
    assert sorted(speaker.root.rglob("*")) == before


@pytest.mark.parametrize(
    "options", [["--voice"], ["--voice", "--dry-run"], ["--uninstall", "--voice", "thorsten"]]
)
def test_a_voice_wants_a_name(speaker: Machine, options: list[str]) -> None:
    code, said = speaker.run("install.sh", *options)
    assert code == 2
    assert "--voice thorsten" in " ".join(said)


def test_a_full_disk_is_reckoned_with_the_voice(speaker: Machine) -> None:
    speaker.command("df", "echo Avail; echo 1000")
    assert "brauche eine Zeit lang 1300" in speaker.refuses("--voice", "thorsten")
    assert speaker.run("install.sh")[0] == 0
