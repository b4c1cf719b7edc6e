"""What is not part of the trainer itself, and how it comes to where this program runs."""

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from skill.files import is_there

_APP = Path(__file__).resolve().parents[1]
_CURRENT = Path("/opt/rueckgrat/current/app")


@dataclass(frozen=True)
class Extra:
    """Some packages that are installed only where they are wanted.

    ``module`` is there once they are. ``lock`` names the file that holds all of their versions in a
    checkout, ``packages`` are what pip is told elsewhere, and ``option`` is that of
    ``deploy/install.sh`` on a speaker.
    """

    module: str
    lock: str
    packages: str
    option: str

    @property
    def is_here(self) -> bool:
        """Whether it is installed; it is not imported."""
        return importlib.util.find_spec(self.module) is not None

    @property
    def command(self) -> str:
        """The one command that installs it where this program runs."""
        if is_there(_APP.parent / "complete"):  # a speaker, installed by deploy/install.sh
            return f"sudo {_CURRENT}/deploy/install.sh {self.option}"
        lock = _APP / self.lock
        what = f"-r {lock}" if is_there(lock) else self.packages
        return f"{sys.executable} -m pip install {what}"


NATURAL = Extra("piper", "requirements-natural.lock", "'piper-tts>=1.8'", "--voice thorsten")
"""Natural voices."""

PAGE = Extra("uvicorn", "requirements-home.lock", "'starlette>=0.40' 'uvicorn>=0.30'", "--page")
"""The companion page."""

HOME = Extra("paho", "requirements-home.lock", "'paho-mqtt>=2.1' 'cryptography>=42'", "--page")
"""Home Assistant, and several trainers in one household."""
