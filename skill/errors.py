"""Errors that a person can read: what is wrong, and how to mend it."""

from collections.abc import Sequence
from pathlib import Path


class SkillError(Exception):
    """Something a person can mend.

    ``problem`` and ``mend`` are whole English sentences; the command line prints both in one line
    and exits with code 2.
    """

    def __init__(self, problem: str, mend: str = "") -> None:
        super().__init__(f"{problem} {mend}".strip())
        self.problem = problem
        self.mend = mend


class ContentError(SkillError):
    """A file under ``dialogs/`` (or a dialog test) is wrong; the problem names file and line.

    ``path``, ``line`` (from 1) and ``detail`` (the problem without its place) are there where one
    file is to blame. ``mistakes`` are all that were found together, this one first.
    """

    def __init__(
        self,
        problem: str,
        mend: str = "",
        *,
        path: Path | None = None,
        line: int | None = None,
        detail: str = "",
        mistakes: "Sequence[ContentError]" = (),
    ) -> None:
        super().__init__(problem, mend)
        self.path = path
        self.line = line
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
