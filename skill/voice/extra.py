"""Whether what natural voices need is installed (extra ``natural``), and how it comes here."""

import importlib.util
import sys
from pathlib import Path

from skill.files import is_there

_APP = Path(__file__).resolve().parents[2]
_CURRENT = Path("/opt/rueckgrat/current/app")


def has_piper() -> bool:
    """Return whether Piper is installed; it is not imported."""
    return importlib.util.find_spec("piper") is not None


def how_to_get_piper() -> str:
    """Return the one command that installs it where this program runs."""
    if is_there(_APP.parent / "complete"):  # a speaker, installed by deploy/install.sh
        return f"sudo {_CURRENT}/deploy/install.sh --voice thorsten"
    lock = _APP / "requirements-natural.lock"
    what = f"-r {lock}" if is_there(lock) else "'piper-tts>=1.8'"
    return f"{sys.executable} -m pip install {what}"
