"""The root of a 64-bit ARM system on a PC: unpacked packages, run by qemu's user emulation.

Nothing is asked of the kernel: where it cannot run foreign programs by itself (binfmt_misc), proot
hands every program that is started to qemu. Packages are unpacked only: setting them up is slow.
"""

import shutil
import subprocess
from pathlib import Path

from tests.packaging.roots import CHECKOUT, KEPT, Root, debootstrap
from tests.packaging.roots import missing as missing_for_any

PACKAGES = ("python3", "python3-venv", "espeak-ng", "libportaudio2", "libatomic1")
"""What the installation would bring: apt and its scripts would take too long under emulation."""

_ENTER = """
root=$1; shift; cd /
exec proot -0 -q qemu-aarch64-static -r "$root" -b /dev -b /proc -b "$TESTS" -w / /usr/bin/env "$@"
"""


def missing() -> str:
    """Return what this machine lacks to make and enter such a root; "" if nothing."""
    for command, package in (("qemu-aarch64-static", "qemu-user-static"), ("proot", "proot")):
        if not shutil.which(command):
            return f"{package} is missing (apt-get install {package})"
    return missing_for_any()


class ArmRoot(Root):
    """A root whose programs are emulated, some thirty times slower than they are."""

    _enter = _ENTER

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.environment["PIP_NO_COMPILE"] = "1"  # it takes minutes, and nobody waits for it here
        # Recordings lie at the same path inside and outside: proot 5.1 overlooks the path in
        # faccessat2, by which a program asks whether it may read a file.
        self.environment["TESTS"] = str(CHECKOUT / "tests")


def arm_root(suite: str = "bookworm") -> ArmRoot:
    """Return the root of that suite, as it was left by the last run; made on the first."""
    folder = KEPT / f"{suite}-arm64"
    if not folder.exists():
        unfinished = folder.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        packages = folder.with_suffix(".packages")
        _download(suite, packages)
        _unpack(packages, unfinished)
        _settle(unfinished)
        shutil.rmtree(packages)
        assert ArmRoot(unfinished).run("ldconfig").returncode == 0
        unfinished.rename(folder)
    return ArmRoot(folder)


def _download(suite: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    debootstrap(suite, folder, "--foreign", "--arch=arm64", f"--include={','.join(PACKAGES)}")


def _unpack(packages: Path, root: Path) -> None:
    """Unpack all packages, and write down that they are there."""
    for name in ("bin", "lib", "sbin"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    status = []
    for package in sorted(packages.glob("var/cache/apt/archives/*.deb")):
        files = subprocess.Popen(("dpkg-deb", "--fsys-tarfile", package), stdout=subprocess.PIPE)
        unpack = ("tar", "-x", "--keep-directory-symlink", "-C", root)
        subprocess.run(unpack, stdin=files.stdout, check=True)
        assert files.wait() == 0, package
        fields = subprocess.run(
            ("dpkg-deb", "-f", package), capture_output=True, check=True, encoding="utf-8"
        ).stdout
        name, rest = fields.split("\n", 1)
        status.append(f"{name}\nStatus: install ok installed\n{rest}")
    (root / "var/lib/dpkg/status").write_text("\n".join(status), encoding="utf-8")


def _settle(root: Path) -> None:
    """Do what the packages' own scripts would have done, as far as it is needed."""
    for name in ("passwd", "group"):
        shutil.copy(root / f"usr/share/base-passwd/{name}.master", root / "etc" / name)
    for name in ("shadow", "gshadow"):
        (root / "etc" / name).touch(mode=0o600)
    for name in ("auth", "account", "password", "session"):
        (root / f"etc/pam.d/common-{name}").write_text(f"{name} required pam_permit.so\n")
    for name in ("proc", "dev", "tmp", "root"):
        (root / name).mkdir(exist_ok=True)
