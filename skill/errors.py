"""Errors that a person can read: what is wrong, and how to mend it."""


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
    """A file under ``dialogs/`` (or a dialog test) is wrong; the problem names file and line."""


class SettingsError(SkillError):
    """A setting has a wrong name or a wrong value."""


class ModelError(SkillError):
    """A speech model is missing, broken or does not know a word it must know."""


class AudioError(SkillError):
    """A sound card, a microphone or a recording cannot be used."""


class VoiceError(SkillError):
    """The speech synthesiser cannot speak."""
