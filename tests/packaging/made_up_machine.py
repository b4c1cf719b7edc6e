"""A machine to install on, whose commands are stand-ins."""

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = ("main.py", "rueckgrat", "skill", "dialogs", "models/rueckgrat-small-de")
SOURCE += ("docs/raspberry-pi.md", "docs/de")
SOURCE += ("requirements.lock", "requirements-natural.lock", "requirements-home.lock")
SOURCE += ("README.md", "README.de.md", "LICENSE")

# A venv of one file: a python that answers what the scripts ask of it.
PYTHON = f"""#!/bin/sh
case "$*" in
*ensurepip*) exit 0 ;;
"-m venv"*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
"-m pip"*|"-m compileall"*) exit 0 ;;
*" voice "*)
    shift 2
    echo "$@" >>"$RUECKGRAT_HOME/asked-of-voices"
    [ "$1" != "$(cat "$RUECKGRAT_HOME/interrupted" 2>/dev/null)" ] || kill -INT 0
    case $1 in $(cat "$RUECKGRAT_HOME/fails" 2>/dev/null || echo nothing)) exit 2 ;; esac
    ;;
*" doctor --json --no-sound") grep -q healthy "${{1%/*}}/LICENSE" ;;
*) exec {sys.executable} "$@" ;;
esac
"""


class Machine:
    """A root folder as ``ROOT``, a source folder, and stand-ins for commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root"
        self.log = folder / "asked"
        self.path = "/usr/bin:/bin"
        for path in ("etc", "opt", "var/lib", "var/log", "usr/local/bin", "run/systemd/system"):
            (self.root / path).mkdir(parents=True)
        (folder / "commands").mkdir()
        self.source("0.1.0")
        for name in ("useradd", "usermod", "userdel", "chown", "apt-cache", "apt-get"):
            self.command(name, "exit 0")
        self.command("id", 'case "$1" in -nG) echo audio gpio ;; *) echo 0 ;; esac')
        self.command("uname", "echo x86_64")
        self.command("dpkg", "echo amd64")
        self.command("dpkg-query", "echo installed")
        self.command("getent", "exit 0")
        self.command("df", "echo Avail; echo 9000")
        self.command("runuser", 'shift 4; exec env "$@"')
        self.command(
            "install",
            'for last; do :; done; [ "$1" = -d ] && exec mkdir -p "$last" '
            f"{self.root}/var/lib/rueckgrat/config {self.root}/var/lib/rueckgrat/data; "
            'exec /usr/bin/install "$@"',
        )
        self.systemctl("exit 0")
        self.command("python3", PYTHON.split("\n", 1)[1])

    def command(self, name: str, script: str) -> None:
        path = self.folder / "commands" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def hide(self, name: str) -> None:
        """Let there be no such command on this machine."""
        (self.folder / "commands" / name).unlink()
        self.path = str(self.folder / "others")
        Path(self.path).mkdir()
        for command in Path("/usr/bin").iterdir():
            if command.name != name:
                (Path(self.path) / command.name).symlink_to(command)

    def systemctl(self, script: str) -> None:
        """Let systemctl note what it is asked, and do ``script``."""
        self.command("systemctl", f'echo "$@" >>{self.log}\n{script}')

    @property
    def asked_of_systemd(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    @property
    def asked_of_voices(self) -> list[str]:
        """What the service's user was made to do with voices: "fetch thorsten"."""
        asked = self.root / "var/lib/rueckgrat/asked-of-voices"
        return asked.read_text().splitlines() if asked.exists() else []

    def fails_at(self, command: str) -> None:
        """Let ``voice COMMAND`` fail from now on."""
        (self.root / "var/lib/rueckgrat").mkdir(exist_ok=True)
        (self.root / "var/lib/rueckgrat/fails").write_text(command)

    def source(self, number: str, licence: str = "healthy") -> Path:
        """Return a folder with the scripts and little else: a version with that number."""
        folder = self.folder / f"source-{number}"
        shutil.copytree(CHECKOUT / "deploy", folder / "deploy")
        for name in SOURCE:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(licence, encoding="utf-8")
        (folder / "pyproject.toml").write_text(f'version = "{number}"\n', encoding="utf-8")
        return folder

    def run(self, script: str, *options: str, number: str = "0.1.0") -> tuple[int, list[str]]:
        """Return the exit code, and what was said."""
        commands = str(self.folder / "commands")
        done = subprocess.run(
            ["/bin/bash", str(self.folder / f"source-{number}" / "deploy" / script), *options],
            env={"HOME": "/nowhere", "PATH": f"{commands}:{self.path}", "ROOT": str(self.root)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            start_new_session=True,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr.splitlines()

    def refuses(self, *options: str) -> str:
        """Return the sentence that an installation ends with; nothing may have been installed."""
        code, said = self.run("install.sh", *options)
        assert code == 2, said
        assert not list((self.root / "opt").rglob("complete"))
        return said[-1]

    @property
    def current(self) -> str:
        """The number of the current version, without its checksum."""
        return (self.root / "opt/rueckgrat/current").readlink().name.partition("-")[0]

    @property
    def versions(self) -> set[str]:
        folders = (self.root / "opt/rueckgrat/versions").iterdir()
        return {path.name.partition("-")[0] for path in folders}

    @property
    def settings(self) -> Path:
        return self.root / "var/lib/rueckgrat/config/settings.toml"
