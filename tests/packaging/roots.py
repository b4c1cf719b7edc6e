"""Root folders of whole Debian systems, to install into: made once by debootstrap, and kept."""

import os
import shutil
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
KEPT = CHECKOUT / "out" / "roots"
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")

# Mounts and processes of its own: whatever a command does to them, this machine keeps its own.
_APART = ("unshare", "--mount", "--pid", "--fork", "--mount-proc")

# What a system has that somebody has just written to a card; everything else is for us to bring.
_ENTER = """
root=$1; shift
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
exec chroot "$root" "$@"
"""


def missing() -> str:
    """Return what this machine lacks to make and enter such a root; "" if nothing."""
    if os.geteuid() != 0:
        return "only root may enter another root folder"
    if not shutil.which("debootstrap"):
        return "debootstrap is missing (apt-get install debootstrap)"
    tried = subprocess.run((*_APART, "true"), check=False)
    return "this machine cannot unshare mounts" if tried.returncode else ""


def plain_root(suite: str, folder: Path) -> "Root":
    """Return a new root of that suite in ``folder``, from a kept one where there is one."""
    kept = KEPT / f"{suite}.tar"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = folder.with_name(f"{folder.name}-made")
        debootstrap(suite, made)
        unfinished = kept.with_suffix(".new")
        subprocess.run(("tar", "-C", made, "-cf", unfinished, "."), check=True)
        unfinished.rename(kept)
        shutil.rmtree(made)
    folder.mkdir(parents=True)
    subprocess.run(("tar", "-C", folder, "-xpf", kept), check=True)
    return Root(folder)


def debootstrap(suite: str, folder: Path, *options: str) -> None:
    """Make a small system in ``folder``. What it mounts and unmounts meanwhile stays its own."""
    command = ("debootstrap", "--variant=minbase", *options, suite, folder, MIRROR)
    subprocess.run((*_APART, "nice", *command), check=True, stdout=subprocess.DEVNULL)


class Root:
    """A root folder; ``run`` runs a command in it, cut off from this machine's processes."""

    _enter = _ENTER

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
        }
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        self._pass_on_pip()

    def _pass_on_pip(self) -> None:
        """Let pip reach the network as it does here: behind a proxy, with its certificates."""
        for name, value in os.environ.items():
            if name.lower().endswith("_proxy") or name in {"PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT"}:
                self.environment[name] = value
        if certificates := os.environ.get("PIP_CERT"):
            shutil.copy(certificates, self.folder / "etc" / "pip-certificates.crt")
            self.environment["PIP_CERT"] = "/etc/pip-certificates.crt"

    def __truediv__(self, path: str) -> Path:
        """Return where the root's ``path`` lies on this machine."""
        return self.folder / path.lstrip("/")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command; stdout and stderr come together."""
        return subprocess.run(
            (*_APART, "bash", "-ec", self._enter, "-", self.folder, *command),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
