"""Where things lie: in a checkout, in an installed wheel, and in the user's own directories."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_PACKAGE = Path(__file__).resolve().parent
_DIRS = PlatformDirs("rueckgrat", appauthor=False)


def _data(name: str) -> Path:
    """Return the shipped folder ``name``: inside an installed wheel, else in the checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def dialogs_dir() -> Path:
    """Return the folder with everything that is said or understood."""
    return _data("dialogs")


def own_dialogs_dir() -> Path:
    """Return the folder for a person's own exercises, phrases and programmes (not created).

    It is laid out like `dialogs_dir` and comes on top of it.
    """
    return user_dir("data") / "dialogs"


def models_dir() -> Path:
    """Return the folder that holds the built-in speech model."""
    return _data("models")


def user_dir(kind: str) -> Path:
    """Return the user's own ``cache``, ``config`` or ``data`` folder (not created).

    ``RUECKGRAT_HOME`` puts all three under one folder: for tests, and for a speaker that keeps
    its state on a partition of its own.
    """
    home = os.environ.get("RUECKGRAT_HOME")
    if home:
        return expanded(home) / kind  # a service file knows no shell
    folders = {
        "cache": _DIRS.user_cache_path,
        "config": _DIRS.user_config_path,
        "data": _DIRS.user_data_path,
    }
    return folders[kind]


def expanded(text: str) -> Path:
    """Return a path that somebody wrote; ``~`` is a home, unless nobody of that name is here."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
