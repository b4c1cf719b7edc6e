"""The part of a speech model that calibration has fitted to a person's voice: its network.

It is a file in the data folder, beside the person's thresholds, named after the model, the person
and the network that it was made from. After an update of the model it fits no more and is left out.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skill.files import is_file, listed
from skill.paths import user_dir

NETWORK = Path("am") / "final.mdl"
_OTHERS = ("conf", "graph")
_SUFFIX = ".mdl"


def network_file(model_dir: Path, person: str) -> Path:
    """Return where a person's network for this speech model belongs; OSError without the model."""
    return _folder() / f"{model_dir.resolve().name}.{person}.{_digest(model_dir)}{_SUFFIX}"


def fitted_network(model_dir: Path) -> Path | None:
    """Return the network that was fitted last for this model as it is now; None without any."""
    found = networks_for(model_dir)
    try:
        now = _digest(model_dir) if found else ""
    except OSError:
        return None  # there is no such model, as whoever loads it will tell
    return next((path for path in found if path.name.endswith(f".{now}{_SUFFIX}")), None)


def networks_for(model_dir: Path) -> list[Path]:
    """Return all networks fitted for a model of this name, also for what it was before."""
    name = model_dir.resolve().name
    return [path for path in _all() if path.name.rsplit(".", 3)[0] == name]


def networks_of(person: str) -> list[Path]:
    """Return a person's networks, of all models."""
    return [path for path in _all() if path.name.rsplit(".", 3)[1:2] == [person]]


@contextmanager
def with_network(model_dir: Path, network: Path | None) -> Iterator[Path]:
    """Give a folder that holds the model with this network in place of its own, for a while.

    Nothing is copied; the folder is gone afterwards. OSError where none can be made.
    """
    if network is None:
        yield model_dir.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="rueckgrat-") as name:
        folder = Path(name)
        (folder / NETWORK).parent.mkdir()
        (folder / NETWORK).symlink_to(network.resolve())
        for other in _OTHERS:
            (folder / other).symlink_to(model_dir.resolve() / other)
        yield folder


def _digest(model_dir: Path) -> str:
    return hashlib.sha256((model_dir / NETWORK).read_bytes()).hexdigest()[:16]


def _folder() -> Path:
    return user_dir("data") / "ear"


def _all() -> list[Path]:
    return [path for path in listed(_folder()) if path.suffix == _SUFFIX and is_file(path)]
