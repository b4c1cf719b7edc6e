"""What tells one listener of the benchmark from another, so that kept answers stay true."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from skill import paths
from skill.ear.thresholds import model_file
from workbench import CHECKOUT
from workbench.ears.contenders import BARE, EARS


@cache
def fingerprint(listener: str, model_dir: Path) -> str:
    """Return what tells a listener from another: its model's files, its code, the dialogs.

    Any change to one of them means that it must be measured anew.
    """
    package, dialogs = CHECKOUT / "skill", paths.dialogs_dir()
    ear = package / "ear"
    if listener in EARS:
        others = [package / name for name in ("understanding", "content", "messages")]
        files = [] if listener == BARE else [model_file(model_dir)]
        roots = [ear, *others, dialogs, *files]
    else:
        plain = CHECKOUT / "rueckgrat" / "calibration" / "plain_ear.py"
        recogniser = [ear / "vosk_recogniser.py", ear / "grammar.py"]
        roots = [plain, *recogniser, dialogs / "commands.yaml", dialogs / "exercises"]
    digest = hashlib.sha256(f"{listener} {_canceller() if listener in EARS else ''}".encode())
    for root in (*roots, *(model_dir / name for name in ("am", "conf", "graph", "ivector"))):
        for file in (root, *sorted(root.rglob("*"))):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _canceller() -> str:
    """Return which echo canceller there is: the ear uses it where it is installed."""
    try:
        return version("pyaec")
    except PackageNotFoundError:
        return ""
