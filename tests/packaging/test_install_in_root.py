"""The life of an installation, in the root of a real Debian: put in, updated, taken back, removed.

No systemd runs there, and there is no sound card: so the doctor that update.sh asks is a stand-in.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.roots import CHECKOUT, Root, missing, plain_root

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]

DOCTOR = """import pathlib, sys
if sys.argv[1:2] == ["doctor"]:
    pathlib.Path("{history}").write_text("changed by {mark}")
    print("{{}}")
    sys.exit({code})
"""
SOURCE = "/root/source"
OPT = "/opt/rueckgrat"
STATE = "/var/lib/rueckgrat"
HISTORY = f"{STATE}/data/history.txt"


@pytest.fixture(params=["bookworm", "trixie"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Root]:
    if missing():
        pytest.skip(f"no root to install into: {missing()}")
    root = plain_root(request.param, tmp_path / "root")
    yield root
    shutil.rmtree(root.folder)


def test_an_installation_lives(root: Root) -> None:
    _unpack_release(root)
    _plan(root)
    first = _install(root)
    _install_again(root, first)
    _use(root)
    second = _update(root, first)
    _update_to_an_ill_version(root, second)
    _go_back(root, first)
    _uninstall(root)


def _unpack_release(root: Root) -> None:
    """Pack a release of the checkout, and unpack it in there."""
    work = root / "/root/checkout"
    shutil.copytree(
        CHECKOUT,
        work,
        ignore=shutil.ignore_patterns(".git", ".venv", "out", "tests", "__pycache__", ".*_cache"),
    )
    subprocess.run((work / "deploy" / "make-release.sh",), check=True, stderr=subprocess.DEVNULL)
    (archive,) = (work / "dist").glob("*.tar.gz")
    (root / SOURCE).mkdir()
    subprocess.run(("tar", "-C", root / SOURCE, "--strip-components=1", "-xf", archive), check=True)
    shutil.rmtree(work)


def _plan(root: Root) -> None:
    done = root.run(f"{SOURCE}/deploy/install.sh", "--dry-run")
    assert done.returncode == 0, done.stdout
    assert "Ich installiere Systempakete: libportaudio2 espeak-ng python3" in done.stdout
    assert "verändert ist nichts" in done.stdout
    assert not (root / OPT).exists()
    assert not (root / STATE).exists()


def _install(root: Root) -> str:
    done = root.run(f"{SOURCE}/deploy/install.sh")
    assert done.returncode == 0, done.stdout
    assert "keine Soundkarte mit Mikrofon" in done.stdout
    assert "systemd läuft hier nicht" in done.stdout
    assert "Installation: Fertig" in done.stdout
    assert (root / "/etc/systemd/system/rueckgrat.service").is_file()
    assert (root / "/etc/systemd/system/multi-user.target.wants/rueckgrat.service").is_symlink()
    assert "audio" in root.run("id", "-nG", "rueckgrat").stdout
    assert root.run("stat", "-c", "%U %a", f"{STATE}/data").stdout == "rueckgrat 750\n"
    return _current(root)


def _install_again(root: Root, version: str) -> None:
    (root / f"{STATE}/config/settings.toml").write_text("words_per_minute = 111\n")
    done = root.run(f"{SOURCE}/deploy/install.sh")
    assert done.returncode == 0, done.stdout
    assert not re.search("installing|copying|making|placing|switching", done.stdout), done.stdout
    assert _current(root) == version
    assert (root / "/etc/rueckgrat").readlink() == Path(f"{STATE}/config")
    assert "111" in (root / f"{STATE}/config/settings.toml").read_text()


def _use(root: Root) -> None:
    assert "Die Brücke" in root.run("rueckgrat", "exercises").stdout
    shutil.copy(CHECKOUT / "tests/recordings/anna/weiter.ogg", root / "/tmp")
    (root / "/tmp/weiter.ogg").chmod(0o644)
    heard = root.run("rueckgrat", "replay", "/tmp/weiter.ogg").stdout
    assert re.search(r"Du +weiter", heard), heard
    cached = root.run("find", f"{STATE}/cache", "-type", "f", "!", "-user", "rueckgrat")
    assert cached.stdout == "", "the command runs as the service's user"
    root.run("runuser", "-u", "rueckgrat", "--", "sh", "-c", f"echo three sets >{HISTORY}")


def _new_version(root: Root, mark: str, doctor_says: int) -> str:
    """Return the folder of another version, whose doctor comes to that."""
    folder = f"/root/{mark}"
    shutil.copytree(root / SOURCE, root / folder)
    main = root / f"{folder}/main.py"
    doctor = DOCTOR.format(history=HISTORY, mark=mark, code=doctor_says)
    main.write_text(doctor + main.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def _update(root: Root, old: str) -> str:
    folder = _new_version(root, "newer", 0)
    done = root.run(f"{folder}/deploy/install.sh")
    assert done.returncode == 0, done.stdout
    assert f"Version {old} ist schon da" in done.stdout
    assert f"Update: Von {old} zu " in done.stdout
    assert _current(root) != old
    assert _current(root, "previous") == old
    assert "Die Brücke" in root.run("rueckgrat", "exercises").stdout
    assert "111" in (root / f"{STATE}/config/settings.toml").read_text()
    (root / HISTORY).write_text("four sets\n")
    return _current(root)


def _update_to_an_ill_version(root: Root, old: str) -> None:
    folder = _new_version(root, "ill", 1)
    done = root.run(f"{OPT}/current/app/deploy/update.sh", folder)
    assert done.returncode == 2, done.stdout
    assert f"Ich gehe zurück zu {old}" in done.stdout
    assert f"also bleibt {old}" in done.stdout.splitlines()[-1]
    assert _current(root) == old
    assert (root / HISTORY).read_text() == "four sets\n"
    assert len(list((root / f"{OPT}/versions").iterdir())) == 2
    assert "Die Brücke" in root.run("rueckgrat", "exercises").stdout


def _go_back(root: Root, previous: str) -> None:
    done = root.run(f"{OPT}/current/app/deploy/update.sh", "--back", "--anyway")
    assert done.returncode == 0, done.stdout
    assert _current(root) == previous


def _uninstall(root: Root) -> None:
    script = f"{OPT}/current/app/deploy/install.sh"
    plan = root.run(script, "--uninstall", "--dry-run").stdout
    assert (root / script).exists(), plan
    done = root.run(script, "--uninstall")
    assert done.returncode == 0, done.stdout
    for path in (OPT, "/etc/rueckgrat", "/usr/local/bin/rueckgrat"):
        assert not (root / path).exists()
    assert not list((root / "/etc/systemd").rglob("rueckgrat*"))
    assert (root / HISTORY).exists()
    done = root.run(f"{SOURCE}/deploy/install.sh", "--uninstall", "--purge")
    assert done.returncode == 0, done.stdout
    assert not (root / STATE).exists()
    assert root.run("id", "rueckgrat").returncode != 0


def _current(root: Root, link: str = "current") -> str:
    return (root / f"{OPT}/{link}").readlink().name
