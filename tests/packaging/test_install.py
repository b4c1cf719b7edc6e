"""Installing and removing on a made-up speaker."""

import pytest

from tests.packaging.made_up_machine import PYTHON, Machine

pytestmark = pytest.mark.slow

CARDS = """\
 0 [vc4hdmi        ]: vc4-hdmi - vc4-hdmi
                      vc4-hdmi
 1 [S510           ]: USB-Audio - Jabra SPEAK 510 USB
                      Jabra at usb-3f980000.usb-1.2, full speed
"""


def plug_in(speaker: Machine, card: int, *streams: str) -> None:
    folder = speaker.root / f"proc/asound/card{card}"
    folder.mkdir(parents=True)
    for stream in streams:
        (folder / stream).touch()
    (speaker.root / "proc/asound/cards").write_text(CARDS)


# --- What stands in the way ------------------------------------------------------------------


@pytest.mark.parametrize("architecture", ["armhf", "i386"])
def test_a_32_bit_system_is_refused_with_the_mend(speaker: Machine, architecture: str) -> None:
    speaker.command("dpkg", f"echo {architecture}")
    sentence = speaker.refuses()
    assert f"mit 32 Bit ({architecture})" in sentence
    assert "Raspberry Pi OS Lite (64-bit)" in sentence


def test_another_processor_is_refused(speaker: Machine) -> None:
    speaker.command("dpkg", "echo riscv64")
    assert "(riscv64)" in speaker.refuses()


def test_a_system_without_apt_is_refused(speaker: Machine) -> None:
    speaker.hide("apt-get")
    assert "kein apt" in speaker.refuses()


def test_without_rights_it_says_what_to_type(speaker: Machine) -> None:
    speaker.command("id", "echo 1000")
    sentence = speaker.refuses("--uninstall")
    assert sentence.endswith("deploy/install.sh --uninstall")
    assert "Tippe: sudo " in sentence


def test_a_plan_needs_no_rights_and_changes_nothing(speaker: Machine) -> None:
    speaker.command("id", "echo 1000")
    before = sorted(speaker.root.rglob("*"))
    code, said = speaker.run("install.sh", "--dry-run")
    assert code == 0
    assert said[-1] == "Installation: Das war der Plan, verändert ist nichts."
    assert any("an Python braucht" in line for line in said)
    assert sorted(speaker.root.rglob("*")) == before
    assert not [line for line in speaker.asked_of_systemd if not line.startswith("is-")]


def test_a_python_that_is_too_old_is_named(speaker: Machine) -> None:
    speaker.command("python3", 'case "$*" in *platform*) echo 3.9.2 ;; *) exit 1 ;; esac')
    for name in ("python3.11", "python3.12", "python3.13", "python3.14"):
        speaker.command(name, "exit 1")
    speaker.command("apt-cache", "exit 100")
    assert "hat Python 3.9.2, ich brauche 3.11 bis 3.14" in speaker.refuses()


def test_a_full_disk_is_named_with_figures(speaker: Machine) -> None:
    speaker.command("df", "echo Avail; echo 123")
    assert "noch 123 MB frei" in speaker.refuses()


def test_a_disk_that_cannot_be_written_is_named(speaker: Machine) -> None:
    # For root nothing is read-only but a disk; a name that is taken fails alike.
    (speaker.root / "opt/.rueckgrat-probe").mkdir()
    assert f"In {speaker.root}/opt kann ich nichts schreiben" in speaker.refuses()


def test_half_a_release_is_refused(speaker: Machine) -> None:
    (speaker.folder / "source-0.1.0/requirements.lock").unlink()
    assert "requirements.lock fehlt" in speaker.refuses()


@pytest.mark.parametrize(
    ("pip", "mend"),
    [
        (
            "Failed to establish a new connection: Temporary failure in name resolution",
            "kein Netz",
        ),
        ("OSError: No space left on device", "Der Speicher ist voll"),
        ("ERROR: No matching distribution found for vosk==0.3.45", "kein fertiges Paket"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "beschädigt oder verändert"),
        ("SSL: CERTIFICATE_VERIFY_FAILED", "Geht die Uhr richtig"),
    ],
)
def test_what_pip_fails_of_is_put_into_words(speaker: Machine, pip: str, mend: str) -> None:
    script = PYTHON.split("\n", 1)[1].replace(
        '"-m pip"*', f'"-m pip"*) echo "{pip}"; exit 1 ;;\n"-m unused"*'
    )
    speaker.command("python3", script)
    assert mend in speaker.refuses()
    assert not list((speaker.root / "opt/rueckgrat/versions").iterdir()), "no half of a version"


# --- Installing ------------------------------------------------------------------------------


def test_it_installs_once(installed: Machine) -> None:
    assert installed.current == "0.1.0"
    assert (installed.root / "etc/systemd/system/rueckgrat.service").is_file()
    before = sorted(installed.root.rglob("*"))
    code, said = installed.run("install.sh")
    assert code == 0
    assert [line for line in said if "Achtung" not in line] == [said[-1]], "nothing is left to do"
    assert sorted(installed.root.rglob("*")) == before
    assert not any("restart" in line for line in installed.asked_of_systemd), "no training is cut"


def test_the_only_speakerphone_becomes_microphone_and_speaker(speaker: Machine) -> None:
    plug_in(speaker, 0, "pcm0p")
    plug_in(speaker, 1, "pcm0c", "pcm0p")
    assert not any("Achtung" in line for line in speaker.run("install.sh")[1])
    assert 'microphone = "Jabra SPEAK 510 USB"\n' in speaker.settings.read_text()
    assert 'speaker = "Jabra SPEAK 510 USB"\n' in speaker.settings.read_text()


def test_of_two_speakerphones_none_is_chosen(speaker: Machine) -> None:
    plug_in(speaker, 0, "pcm0c", "pcm0p")
    plug_in(speaker, 1, "pcm0c", "pcm0p")
    assert speaker.run("install.sh")[0] == 0
    assert "\nmicrophone" not in speaker.settings.read_text()


def test_settings_are_never_overwritten(installed: Machine) -> None:
    installed.settings.write_text("words_per_minute = 111\n")
    assert installed.run("install.sh")[0] == 0
    assert installed.settings.read_text() == "words_per_minute = 111\n"


def test_a_version_that_lost_its_python_is_made_anew(installed: Machine) -> None:
    python = next((installed.root / "opt/rueckgrat/versions").glob("*/venv/bin/python"))
    python.unlink()
    assert installed.run("install.sh")[0] == 0
    assert python.exists()


@pytest.mark.parametrize(("systemd", "steps"), [(252, False), (257, True)])
def test_systemd_tries_ever_more_rarely_where_it_can(
    speaker: Machine, systemd: int, steps: bool
) -> None:
    speaker.systemctl(f'[ "$1" != --version ] || echo "systemd {systemd} ({systemd}.1)"')
    assert speaker.run("install.sh")[0] == 0
    drop_in = speaker.root / "etc/systemd/system/rueckgrat.service.d/back-off.conf"
    assert drop_in.exists() is steps


# --- Removing --------------------------------------------------------------------------------


def test_removed_it_leaves_settings_and_history(installed: Machine) -> None:
    code, said = installed.run("install.sh", "--uninstall")
    assert code == 0, said
    assert "disable --now rueckgrat" in installed.asked_of_systemd
    assert not list(installed.root.glob("etc/systemd/**/rueckgrat*"))
    assert not (installed.root / "opt/rueckgrat").exists()
    assert installed.settings.exists()
    assert installed.run("install.sh", "--uninstall", "--purge")[0] == 0
    assert not installed.settings.exists()


def test_what_is_not_there_can_be_removed(speaker: Machine) -> None:
    assert speaker.run("install.sh", "--uninstall")[0] == 0


@pytest.mark.parametrize("option", ["--purge", "--help", "now"])
def test_other_options_are_explained(speaker: Machine, option: str) -> None:
    code, said = speaker.run("install.sh", option)
    assert code == 2
    assert "--dry-run" in " ".join(said)
