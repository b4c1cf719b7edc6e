"""Brings a published file to this machine: download, resuming, checksum, and what to say if not."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pooch
import requests

from rueckgrat.fetching.download import OnProgress, ResumingDownload
from skill.errors import SkillError, reason
from skill.files import UNFINISHED, held
from skill.paths import user_dir


@dataclass(frozen=True)
class PublishedFile:
    """A file on the net; ``checksum`` as pooch takes it: "sha256:...", "md5:..."; "" for none.

    ``size_bytes`` is None where it is not known before: such a file is not resumed.
    """

    url: str
    checksum: str = ""
    size_bytes: int | None = None


@dataclass(frozen=True)
class Goods:
    """What is fetched, in the words of its sentences: "das", "Modell", the command."""

    article: str
    noun: str
    command: str
    error: type[SkillError]
    meanwhile: str = ""
    """What goes on without it, as a sentence."""

    @property
    def again(self) -> str:
        """What to do where what came is wrong."""
        return f"Ruf noch einmal „{self.command}“ auf."


def fetch_file(
    file: PublishedFile,
    folder: Path,
    name: str,
    goods: Goods,
    on_progress: OnProgress = lambda _done, _total: None,
) -> Path:
    """Fetch ``file`` as ``folder/name``, in one step once it is whole and its checksum fits.

    One that is there and fits is left alone. What an interrupted download has brought is kept
    beside it, hidden, and continued; two downloads at once would mix it. The error of ``goods``
    says what went wrong and how to go on.
    """
    pooch.get_logger().setLevel(logging.ERROR)  # it announces every step on stderr
    part = folder / f".{name.lstrip('.')}{UNFINISHED}"
    with held(user_dir("cache") / "fetching.lock") as alone, telling(goods, file.url, folder):
        if not alone:
            raise goods.error(
                "Es wird gerade schon etwas geholt.",
                "Warte, bis das fertig ist, und versuch es noch einmal.",
                code="already-fetching",
            )
        try:
            path = pooch.retrieve(
                file.url,
                known_hash=file.checksum or None,
                fname=name,
                path=folder,
                downloader=ResumingDownload(part, file.size_bytes, on_progress),
            )
        except ValueError as error:  # how pooch reports a wrong checksum
            kind = file.checksum.partition(":")[0]
            raise goods.error(
                f"Was ich bekommen habe, ist nicht {goods.article} veröffentlichte {goods.noun}"
                f" (die {kind} ist anders), deshalb habe ich es weggeworfen.",
                goods.again,
                code="wrong-checksum",
            ) from error
    return Path(path)


@contextlib.contextmanager
def telling(goods: Goods, url: str, folder: Path) -> Iterator[None]:
    """Turn what the network or the disk refuses into the error of ``goods``."""
    host = urlsplit(url).hostname
    what = f"{goods.article} {goods.noun}"
    meanwhile = f" {goods.meanwhile}" if goods.meanwhile else ""
    try:
        yield
    except requests.HTTPError as error:
        raise goods.error(
            f"{host} gibt {what} nicht heraus (Antwort {error.response.status_code}).",
            f"Schau, ob eine neuere Version von mir eine andere Adresse kennt.{meanwhile}",
            code="fetching-refused",
        ) from error
    except requests.RequestException as error:
        raise goods.error(
            f"Ich habe keine Verbindung zu {host}, oder sie ist abgerissen.",
            f"Ruf später wieder „{goods.command}“ auf: Es geht da weiter, wo es aufgehört hat."
            f"{meanwhile}",
            code="no-connection",
        ) from error
    except OSError as error:
        raise goods.error(
            f"{what[0].upper()}{what[1:]} kann ich nicht in {folder} schreiben ({reason(error)}).",
            "Schaff Platz, erlaub mir, dort zu schreiben, oder nenn mit RUECKGRAT_HOME einen"
            " anderen Ordner.",
            code="fetching-unwritable",
        ) from error
