"""Brings a published speech model to this machine: download, checksum, unpacking."""

import logging
import shutil
import zipfile
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pooch
import requests

from skill.errors import ModelError, reason
from skill.files import is_there
from skill.models.catalogue import RemoteModel
from skill.models.download import OnProgress, ResumingDownload
from skill.models.whole import check_model_dir

_AGAIN = "Ruf noch einmal „rueckgrat model fetch“ auf."
_GO_ON = "Ruf später wieder „rueckgrat model fetch“ auf: Es geht da weiter, wo es aufgehört hat."


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
    host = urlsplit(model.url).hostname
    try:
        archive = _download(model, folder, on_progress)
        _unpack(archive, target)
        archive.unlink()
    except requests.HTTPError as error:
        raise ModelError(
            f"{host} gibt das Modell nicht heraus (Antwort {error.response.status_code}).",
            "Schau, ob eine neuere Version von mir eine andere Adresse kennt.",
            code="model-refused",
        ) from error
    except requests.RequestException as error:
        problem = f"Ich habe keine Verbindung zu {host}, oder sie ist abgerissen."
        raise ModelError(problem, _GO_ON, code="no-connection") from error
    except OSError as error:
        raise ModelError(
            f"Das Modell kann ich nicht in {folder} schreiben ({reason(error)}).",
            "Schaff Platz, erlaub mir, dort zu schreiben, oder nenn mit RUECKGRAT_HOME einen"
            " anderen Ordner.",
            code="model-unwritable",
        ) from error
    return target


def _is_whole(model_dir: Path) -> bool:
    try:
        check_model_dir(model_dir)
    except ModelError:
        return False
    return True


def _download(model: RemoteModel, folder: Path, on_progress: OnProgress) -> Path:
    pooch.get_logger().setLevel(logging.ERROR)  # it announces every step on stderr
    name = f".{model.name}.zip"
    download = ResumingDownload(folder / f"{name}.part", model.size_bytes, on_progress)
    try:
        path = pooch.retrieve(
            model.url,
            known_hash=f"sha256:{model.sha256}",
            fname=name,
            path=folder,
            downloader=download,
        )
    except ValueError as error:  # how pooch reports a wrong checksum
        raise ModelError(
            "Was ich bekommen habe, ist nicht das veröffentlichte Modell (die sha256 ist anders),"
            " deshalb habe ich es weggeworfen.",
            _AGAIN,
            code="wrong-checksum",
        ) from error
    return Path(path)


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
        raise ModelError(f"{archive} ist kein Zip-Archiv.", _AGAIN) from error
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
