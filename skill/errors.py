"""Errors that a person can read: what is wrong, and how to mend it, in German."""

import errno
import re
from collections.abc import Mapping, Sequence
from pathlib import Path


class SkillError(Exception):
    """Something a person can mend.

    ``problem`` and ``mend`` are whole German sentences; the command line prints both in one line
    and exits with code 2. ``code`` names the kind of error for programs and tests: that of the
    class ("settings") unless given. ``fields`` are the values that stand in the sentences.
    """

    code = "skill"

    def __init_subclass__(cls) -> None:
        """Take the code from the name of the class: ``NoSoundLibraryError`` is no-sound-library."""
        name = cls.__name__.removesuffix("Error")
        cls.code = re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower()

    def __init__(self, problem: str, mend: str = "", *, code: str = "", **fields: object) -> None:
        super().__init__(f"{problem} {mend}".strip())
        self.problem = problem
        self.mend = mend
        self.code = code or type(self).code
        self.fields: Mapping[str, object] = fields


class ContentError(SkillError):
    """A file under ``dialogs/`` (or a dialog test) is wrong; the problem names file and line.

    ``path``, ``line`` (from 1), ``field`` (names and indices on the way to it) and ``detail`` (the
    problem without its place) are there where one file is to blame. ``mistakes`` are all that were
    found together, this one first.
    """

    def __init__(
        self,
        problem: str,
        mend: str = "",
        *,
        code: str = "",
        path: Path | None = None,
        line: int | None = None,
        field: tuple[str | int, ...] = (),
        detail: str = "",
        mistakes: "Sequence[ContentError]" = (),
    ) -> None:
        super().__init__(problem, mend, code=code, path=path, line=line, field=field)
        self.path = path
        self.line = line
        self.field = field
        self.detail = detail or problem
        self.mistakes: tuple[ContentError, ...] = tuple(mistakes) or (self,)


class SettingsError(SkillError):
    """A setting has a wrong name or a wrong value."""


class ModelError(SkillError):
    """A speech model is missing, broken or does not know a word it must know."""


class AudioError(SkillError):
    """A sound card, a microphone or a recording cannot be used."""


class NoSoundLibraryError(AudioError):
    """What talks to sound cards is not installed: waiting for a device would not help."""


class HardwareError(SkillError):
    """Buttons or a light cannot be used."""


class VoiceError(SkillError):
    """The speech synthesiser cannot speak."""


_REASONS = {
    errno.ENOENT: "das gibt es nicht",
    errno.EACCES: "das ist mir nicht erlaubt",
    errno.EPERM: "das ist mir nicht erlaubt",
    errno.ENOSPC: "der Speicher ist voll",
    errno.EDQUOT: "der Speicher ist voll",
    errno.EROFS: "dort lässt sich nur lesen",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "auf dem Weg dorthin ist etwas kein Ordner",
    errno.EEXIST: "dort liegt schon etwas",
    errno.EFBIG: "die Datei würde zu groß",
    errno.EIO: "der Datenträger hat einen Fehler",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.EBUSY: "es ist gerade in Gebrauch",
    errno.ETXTBSY: "es ist gerade in Gebrauch",
    errno.ELOOP: "die Verweise dorthin führen im Kreis",
    errno.ENXIO: "das Gerät ist nicht da",
    errno.ENODEV: "das Gerät ist nicht da",
    errno.ENOTEMPTY: "der Ordner ist nicht leer",
    errno.EMLINK: "dort gibt es zu viele Verweise",
    errno.EMFILE: "es sind zu viele Dateien offen",
    errno.ENFILE: "es sind zu viele Dateien offen",
    errno.ENOMEM: "der Arbeitsspeicher reicht nicht",
    errno.ESTALE: "das Netzlaufwerk hat sich verändert",
    errno.ETIMEDOUT: "es kommt keine Antwort",
    errno.EHOSTDOWN: "der Rechner dort ist aus",
    errno.ECONNREFUSED: "dort nimmt niemand an",
    errno.EPIPE: "dort hört niemand mehr zu",
    errno.EINVAL: "so geht das dort nicht",
    errno.ESPIPE: "darin lässt sich nicht springen",
    errno.ENOTSUP: "das geht dort nicht",
    errno.EXDEV: "es liegt auf einem anderen Datenträger",
}


def reason(error: Exception) -> str:
    """Return in German why the system refused something, to stand in brackets."""
    if isinstance(error, OSError):
        if error.errno is None:
            return str(error)
        return _REASONS.get(error.errno, f"das System meldet Fehler {error.errno}")
    return str(error)
