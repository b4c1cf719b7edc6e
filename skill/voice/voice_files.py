"""The two files of a natural (Piper) voice, read and checked without Piper.

A voice is a model, ``NAME.onnx``, and what describes it, ``NAME.onnx.json``.
"""

import functools
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skill.errors import VoiceError, reason
from skill.files import is_file
from skill.voice.choice import ANY_LANGUAGE, VoiceChoice

LANGUAGE = "de"

_AGAIN = "Hol sie noch einmal: „rueckgrat voice fetch“."
_PAIR = "Leg beide Dateien nebeneinander, oder hol die Stimme mit „rueckgrat voice fetch“."


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Audio(_Part):
    sample_rate: int = Field(ge=8_000, le=48_000)
    quality: str = ""


class _Espeak(_Part):
    voice: str = Field(min_length=2)


class _Inference(_Part):
    length_scale: float = Field(default=1.0, gt=0)


class _Described(_Part):
    """What Piper needs of a ``.onnx.json``, and we; all else is left to it."""

    audio: _Audio
    espeak: _Espeak
    inference: _Inference = _Inference()
    num_symbols: int
    num_speakers: int = Field(ge=1)
    phoneme_id_map: dict[str, list[int]] = Field(min_length=1)
    speaker_id_map: dict[str, int] = {}


@dataclass(frozen=True)
class VoiceFile:
    """A natural voice whose files are whole; ``length_scale`` is its own pace, longer is slower.

    ``language`` is that of its rules of reading ("de"); ``speakers`` are numbered from 0, and some
    have names.
    """

    path: Path
    language: str
    rate_hz: int
    quality: str
    length_scale: float
    speakers: int
    speaker_names: tuple[tuple[str, int], ...]

    @property
    def description(self) -> Path:
        """The file that describes it."""
        return _files(self.path)[1]

    @property
    def digest(self) -> str:
        """SHA-256 of both files: what a rendering depends on. Takes 0.1 s the first time."""
        return _digest(self.path, *(path.stat().st_mtime_ns for path in _files(self.path)))

    def speaker(self, wanted: str) -> int:
        """Return the number of a speaker by number or name; VoiceError if there is no such one."""
        names = dict(self.speaker_names)
        if not wanted:
            return 0
        if wanted in names:
            return names[wanted]
        if wanted.isdecimal() and int(wanted) < self.speakers:
            return int(wanted)
        raise VoiceError(
            f"Einen Sprecher „{wanted}“ hat die Stimme {self.path.stem} nicht.",
            f"Nimm einen von #0 bis #{self.speakers - 1}{_named(names)}."
            if self.speakers > 1
            else f"Sie hat nur einen: Lass „#{wanted}“ weg.",
            code="no-such-speaker",
        )


def read_voice(choice: VoiceChoice) -> VoiceFile:
    """Return the files of a natural voice that may train: they are whole, and it speaks German.

    VoiceError says what is wrong. A voice of another language must be forced (``any_language``).
    """
    assert choice.natural
    voice = read_voice_file(choice.natural)
    if voice.language != LANGUAGE and not choice.any_language:
        raise VoiceError(
            f"Die Stimme {voice.path.stem} spricht kein Deutsch, sondern „{voice.language}“.",
            "Nimm eine deutsche, „rueckgrat voice list“ zeigt sie dir. Soll es trotzdem diese sein,"
            f" dann häng ein Ausrufezeichen an ihren Namen: „{choice.name}{ANY_LANGUAGE}“.",
            code="voice-not-german",
        )
    return voice


def read_voice_file(path: Path) -> VoiceFile:
    """Return what the two files of a natural voice say; VoiceError if one is missing or broken."""
    model, description = _files(path)
    _check_there(model, description)
    try:
        _check_model(model)
        described = _Described.model_validate_json(description.read_bytes())
    except OSError as error:
        raise VoiceError(
            f"Die Stimme {path} kann ich nicht lesen ({reason(error)}).",
            "Mach ihre beiden Dateien lesbar.",
            code="voice-unreadable",
        ) from error
    except ValidationError as error:
        raise _described_wrongly(description, error) from error
    return VoiceFile(
        model,
        described.espeak.voice.partition("-")[0],
        described.audio.sample_rate,
        described.audio.quality,
        described.inference.length_scale,
        described.num_speakers,
        tuple(described.speaker_id_map.items()),
    )


def _files(path: Path) -> tuple[Path, Path]:
    return path, path.with_name(path.name + ".json")


def _check_there(model: Path, description: Path) -> None:
    if not is_file(model):
        if is_file(description):
            said = f"Zu {description} fehlt die Stimme selbst: {model.name}."
            raise VoiceError(said, _PAIR, code="voice-incomplete")
        raise VoiceError(
            f"Eine Stimme {model} gibt es nicht.",
            "Welche es gibt, zeigt „rueckgrat voice list“.",
            code="no-such-voice",
        )
    if not is_file(description):
        said = f"Zur Stimme {model} fehlt ihre Beschreibung: {description.name}."
        raise VoiceError(said, _PAIR, code="voice-incomplete")


def _check_model(path: Path) -> None:
    """Refuse a file that isn't an ONNX model, or was cut off.

    ONNX is a message of protocol buffers: fields, each with its number and length, of which the
    first is the format's version. Following the lengths ends where the file does, or it is not
    whole.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size and file.read(1) != b"\x08":
            raise VoiceError(
                f"{path} ist keine Stimme.",
                "Nimm eine Datei von Piper, die auf .onnx endet.",
                code="no-voice-file",
            )
        file.seek(0)
        if not {_GRAPH, _OPERATORS} <= set(_fields(file, size)):
            raise VoiceError(f"Die Stimme {path} ist abgeschnitten.", _AGAIN, code="voice-cut-off")


_GRAPH, _OPERATORS = 7, 8
"""Fields that every model has: what is computed, and in which version's terms."""

_NUMBER, _BYTES = 0, 2
_LONGEST_NUMBER_BITS = 63


def _fields(file: BinaryIO, size: int) -> list[int]:
    """Return the numbers of a message's fields; none if they don't end where the file does."""
    numbers = []
    while (at := file.tell()) < size:
        number, kind = divmod(_varint(file), 8)
        if kind not in (_NUMBER, _BYTES):
            return []
        length = _varint(file)
        if kind == _BYTES:
            file.seek(length, os.SEEK_CUR)
        numbers.append(number)
    return numbers if at == size else []


def _varint(file: BinaryIO) -> int:
    """Return the next whole number: seven bits a byte, the lowest first, all but the last marked"""
    number = shift = 0
    for byte in iter(lambda: file.read(1), b""):
        number |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80 or shift > _LONGEST_NUMBER_BITS:
            break
    return number


def _described_wrongly(path: Path, error: ValidationError) -> VoiceError:
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    if not field:
        problem = f"{path} ist keine Beschreibung einer Stimme."
    elif first["type"] == "missing":
        problem = f"{path} beschreibt keine Stimme von Piper: {field} fehlt."
    else:
        problem = f"In {path} ist {field} nicht, was es sein soll: „{first['input']}“."
    return VoiceError(problem, _AGAIN, code="voice-described-wrongly")


def _named(names: dict[str, int]) -> str:
    return f", oder beim Namen: {', '.join(names)}" if names else ""


@functools.lru_cache(maxsize=8)
def _digest(path: Path, *_changed: int) -> str:
    digest = hashlib.sha256()
    for part in _files(path):
        with part.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
