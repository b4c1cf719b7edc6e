"""A person's recordings on disk: kept only with consent, whole at every moment, deletable."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from rueckgrat.calibration.interview import RecordedTake
from rueckgrat.calibration.prompts import Prompt
from rueckgrat.calibration.recordings import MANIFEST, ManifestRow, manifest_rows
from rueckgrat.recordings.files import read_recording
from rueckgrat.recordings.wav import write_wav
from skill.errors import AudioError, SkillError, reason
from skill.files import is_file, is_folder, is_there, listed, slug, write_whole
from skill.messages.blocks import EAR_RATE_HZ
from skill.paths import user_dir
from skill.written.mistakes import suggest
from skill.written.text import typed

CONSENT = "consent.txt"
RECORDINGS = "recordings"

_COLUMNS = ("file", "transcript", "speaker", "sex", "licence", "seconds", "kind", "part", "fault")
_LICENCE = "private"


def voices_dir() -> Path:
    """Return the folder that holds a folder for each person."""
    return user_dir("data") / "voices"


def known_names() -> list[str]:
    """Return the names of all folders of people."""
    return [path.name for path in listed(voices_dir()) if is_folder(path)]


class Person:
    """Everything that is kept of one person.

    ``folder`` holds the consent, the recordings with their manifest, and the report. Methods
    raise SkillError where the disk is full or cannot be written; what was there stays.
    """

    def __init__(self, name: str) -> None:
        self.name = slug(typed(name))
        if not self.name:
            raise SkillError(
                f"„{name}“ ist kein Name.",
                "Nimm Buchstaben oder Ziffern, etwa anna.",
                code="no-name",
                name=name,
            )
        self.folder = voices_dir() / self.name

    @property
    def recordings(self) -> Path:
        """The folder of the recordings."""
        return self.folder / RECORDINGS

    @property
    def consented(self) -> bool:
        """Whether the person has agreed to be recorded."""
        return is_file(self.folder / CONSENT)

    def must_be_known(self) -> None:
        """Raise SkillError unless there is something of this person."""
        if not is_folder(self.folder):
            names = known_names()
            mend = suggest(self.name, names) if names else "Fang an: rueckgrat calibrate"
            raise SkillError(
                f"Von „{self.name}“ habe ich nichts.", mend, code="unknown-person", name=self.name
            )

    def consent(self, how: str, when: datetime) -> None:
        """Note that the person has agreed, and ``how``, in German."""
        at = when.isoformat("T", "seconds")
        write_text(self.folder / CONSENT, f"{self.name} will aufgenommen werden: {how}, {at}.\n")

    def left_to_do(self, prompts: Iterable[Prompt]) -> list[Prompt]:
        """Return the prompts without a whole recording."""
        whole = {row.file for row in self._rows() if self._is_whole(row)}
        return [prompt for prompt in prompts if prompt.file not in whole]

    def add(self, take: RecordedTake) -> None:
        """Write a recording and then its row; SkillError without consent.

        In this order, a row never names a recording that is not there.
        """
        if not self.consented:
            raise SkillError(
                "Ohne deine Zustimmung nehme ich nichts auf.",
                "Antworte auf die Frage mit Ja.",
                code="no-consent",
            )
        prompt = take.prompt
        write_wav(self.recordings / prompt.file, EAR_RATE_HZ, take.pcm)
        cells = (
            *(prompt.file, prompt.transcript, self.name, "", _LICENCE),
            *(f"{take.pcm.size / EAR_RATE_HZ:.2f}", prompt.kind, prompt.part, take.fault or ""),
        )
        manifest = self.recordings / MANIFEST
        lines = manifest.read_text(encoding="utf-8").splitlines()[1:] if is_there(manifest) else []
        kept = [line for line in lines if line.partition("\t")[0] != prompt.file]
        table = ["\t".join(_COLUMNS), *kept, "\t".join(cells)]
        write_text(manifest, "\n".join(table) + "\n")

    def delete_recordings(self) -> int:
        """Delete the recordings, keep the consent; return how many there were."""
        return _delete(self.recordings)

    def delete(self) -> int:
        """Delete everything; return how many recordings there were."""
        return _delete(self.folder)

    def _rows(self) -> list[ManifestRow]:
        manifest = self.recordings / MANIFEST
        rows = manifest_rows(manifest) if is_there(manifest) else ()
        return [row for row in rows if isinstance(row, ManifestRow)]

    def _is_whole(self, row: ManifestRow) -> bool:
        """Return whether a recording is there as long as it was when it was written."""
        try:
            pcm = read_recording(self.recordings / row.file)
        except AudioError:
            return False
        return row.seconds is not None and abs(pcm.size / EAR_RATE_HZ - row.seconds) < 0.02


def write_text(path: Path, text: str) -> None:
    """Write a text file that appears whole or not at all; SkillError when that is impossible."""
    try:
        write_whole(path, text)
    except OSError as error:
        raise _unwritable(path, error) from error


def _delete(folder: Path) -> int:
    count = sum(1 for _ in folder.rglob("*.wav"))
    try:
        if is_there(folder):
            shutil.rmtree(folder)
    except OSError as error:
        raise SkillError(
            f"{error.filename} kann ich nicht löschen ({reason(error)}).",
            f"Lösch den Ordner {folder} selbst.",
            code="undeletable",
            path=error.filename,
        ) from error
    return count


def _unwritable(path: Path, error: OSError) -> SkillError:
    return SkillError(
        f"{path} kann ich nicht schreiben ({reason(error)}).",
        "Schaff Platz, oder nenn mit RUECKGRAT_HOME einen anderen Ort. Was schon aufgenommen ist,"
        " bleibt; fang noch einmal an, dann geht es weiter.",
        code="unwritable",
        path=path,
    )
