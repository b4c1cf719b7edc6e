"""Speech models that are published, and how one comes to this machine."""

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rueckgrat.fetching.download import OnProgress
from rueckgrat.fetching.fetch import Goods, PublishedFile, fetch_file, telling
from skill.errors import ModelError
from skill.files import is_there
from skill.models.whole import check_model_dir

_MODEL = Goods("das", "Modell", "rueckgrat model fetch", ModelError)


@dataclass(frozen=True)
class RemoteModel:
    """A published model: a zip archive that holds one folder of the same name."""

    name: str
    url: str
    size_bytes: int
    sha256: str


FETCHABLE = {
    model.name: model
    for model in (
        RemoteModel(
            # Measured on the file of the Vosk model page, November 2026.
            name="vosk-model-small-de-0.15",
            url="https://alphacephei.com/vosk/models/vosk-model-small-de-0.15.zip",
            size_bytes=46_465_688,
            sha256="06f6dea4618df4d825ec06b564e55d4670eb6d8718e48c9ca90cac74d40b5ed9",
        ),
    )
}


def fetch_model(
    model: RemoteModel, folder: Path, on_progress: OnProgress = lambda _done, _total: None
) -> Path:
    """Fetch ``model`` into ``folder`` and return its own folder there.

    A model that is already there and whole is left alone. What an interrupted download has
    brought is kept and continued. The model's folder appears in one step, complete and checked,
    or not at all. ModelError says what went wrong and how to go on.
    """
    target = folder / model.name
    if _is_whole(target):
        return target
    file = PublishedFile(model.url, f"sha256:{model.sha256}", model.size_bytes)
    archive = fetch_file(file, folder, f".{model.name}.zip", _MODEL, on_progress)
    with telling(_MODEL, model.url, folder):
        _unpack(archive, target)
        archive.unlink()
    return target


def _is_whole(model_dir: Path) -> bool:
    try:
        check_model_dir(model_dir)
    except ModelError:
        return False
    return True


def _unpack(archive: Path, target: Path) -> None:
    """Unpack beside ``target``, check, and only then move into place."""
    scratch = target.with_name(f".{target.name}.unpacking")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as zipped:
            for name in zipped.namelist():
                _refuse_to_leave(name, archive)
            zipped.extractall(scratch)
        check_model_dir(scratch / target.name)
        if is_there(target):  # not a whole model, or we would not be here
            target.rename(scratch / "old")
        (scratch / target.name).rename(target)
    except zipfile.BadZipFile as error:
        archive.unlink()
        raise ModelError(
            f"{archive} ist kein Zip-Archiv.", f"Ruf noch einmal „{_MODEL.command}“ auf."
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _refuse_to_leave(name: str, archive: Path) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise ModelError(
            f"{archive} will aus seinem Ordner hinaus schreiben ({name!r}), deshalb habe ich es"
            " nicht ausgepackt.",
            "Trau der Quelle nicht, aus der es kommt.",
            code="unsafe-archive",
        )
