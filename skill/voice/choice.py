"""What the setting ``voice`` names: a voice of espeak-ng, or a natural one on this disk."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skill.errors import VoiceError
from skill.files import as_it_lies, is_folder, listed
from skill.paths import expanded, user_dir

BUILT_IN_VOICE = "gmw/de"
"""The voice of espeak-ng that is always there."""

ANY_LANGUAGE = "!"
"""Put after the name of a natural voice, it may speak German whatever its own language is."""

_MODEL = ".onnx"
_USUAL_QUALITIES = ("medium", "high", "low", "x_low")
"""Which of a speaker's voices is meant by the bare name, the first of these that is there."""


@dataclass(frozen=True)
class VoiceChoice:
    """A voice as the settings name it.

    ``natural`` is the model file of a Piper voice; None: ``name`` is one of espeak-ng's. Of a
    natural voice with several speakers, ``speaker`` is a number or a name; empty: its usual one.
    """

    name: str
    natural: Path | None = None
    speaker: str = ""
    any_language: bool = False


@dataclass(frozen=True)
class FoundVoice:
    """A natural voice in the user's folder: ``de_DE-thorsten-medium`` by its file's name."""

    path: Path

    @property
    def name(self) -> str:
        """The whole name."""
        return self.path.stem

    @property
    def names(self) -> tuple[str, ...]:
        """All names that may stand for it: whole, without language, and the speaker's alone."""
        without_language = self.name.partition("-")[2]
        return tuple(filter(None, (self.name, without_language, without_language.split("-")[0])))


def natural_voices_dir() -> Path:
    """Return the folder that natural voices are fetched into (not created)."""
    return user_dir("data") / "natural-voices"


def find_voices() -> tuple[FoundVoice, ...]:
    """Return the natural voices of this machine, of each speaker the usual quality first."""
    return tuple(sorted((FoundVoice(path) for path in _model_files()), key=_usual_first))


def read_choice(text: str) -> VoiceChoice:
    """Return the voice that a setting means.

    ``gmw/de`` and ``mb/mb-de5`` are espeak-ng's; ``thorsten``, ``thorsten-high`` and
    ``de_DE-thorsten-high`` natural ones that were fetched; a path to an ``.onnx`` any other.
    ``NAME#3`` is one of several speakers, ``NAME!`` a voice of another language. VoiceError if
    only a natural voice can be meant and it isn't here; what espeak-ng has is not asked.
    """
    name = unicodedata.normalize("NFC", text).strip()
    name, any_language = name.removesuffix(ANY_LANGUAGE), name.endswith(ANY_LANGUAGE)
    name, speaker = _without_speaker(name)
    path = _path(name)
    if path is None and (speaker or any_language):
        raise VoiceError(
            f"Eine natürliche Stimme „{name}“ ist nicht hier.",
            "Welche es gibt, zeigt „rueckgrat voice list“.",
            code="no-such-voice",
            name=name,
        )
    return VoiceChoice(name, path, speaker, any_language)


def _without_speaker(text: str) -> tuple[str, str]:
    """Part the speaker from a name, or from a path, which may hold a ``#`` itself."""
    end = text.rindex(_MODEL) + len(_MODEL) if _MODEL in text else 0
    rest, _, speaker = text[end:].removeprefix(".json").partition("#")
    return text[:end] + rest, speaker


def _path(name: str) -> Path | None:
    if name.endswith(_MODEL):
        return as_it_lies(expanded(name))
    wanted = name.casefold()
    for voice in find_voices():
        if wanted in (one.casefold() for one in voice.names):
            return voice.path
    return None


def _model_files() -> Iterator[Path]:
    for path in listed(natural_voices_dir()):
        for file in listed(path) if is_folder(path) else (path,):
            if file.suffix == _MODEL:
                yield file


def _usual_first(voice: FoundVoice) -> tuple[str, int, str]:
    quality = voice.name.rpartition("-")[2]
    rank = _USUAL_QUALITIES.index(quality) if quality in _USUAL_QUALITIES else len(_USUAL_QUALITIES)
    return voice.names[-1], rank, voice.name
