"""The voices of this machine: espeak-ng's, mbrola's where they are installed, natural ones."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rueckgrat.voices.catalogue import FEMALE, MALE, PUBLISHED
from skill.errors import VoiceError
from skill.files import is_file
from skill.voice.choice import BUILT_IN_VOICE, FoundVoice, find_voices
from skill.voice.voice_files import read_voice_file

_MBROLA_PLACES = (
    "/usr/share/mbrola/{0}/{0}",
    "/usr/share/mbrola/{0}",
    "/usr/share/mbrola/voices/{0}",
)
"""Where espeak-ng looks for the sounds of an mbrola voice (``mbrowrap.c``)."""

_MBROLA_SEXES = {
    f"de{number}": MALE if number in (2, 4, 6, 8) else FEMALE for number in range(1, 9)
}
"""German mbrola voices, as ``espeak-ng --voices=mb`` has them."""

_LANGUAGES = {"de": "Deutsch", "en": "Englisch", "fr": "Französisch", "nl": "Niederländisch"}


@dataclass(frozen=True)
class VoiceHere:
    """A voice that can be chosen by its ``name``; with a ``problem`` it cannot speak.

    ``path`` is the model of a natural one.
    """

    name: str
    traits: tuple[str, ...]
    path: Path | None = None
    problem: str = ""


def voices_here() -> Iterator[VoiceHere]:
    """Yield the voices of this machine, the built-in one first."""
    yield VoiceHere(BUILT_IN_VOICE, ("Deutsch", MALE, "eingebaut (espeak-ng)"))
    for name, sex in _MBROLA_SEXES.items():
        if _has_mbrola(name):
            traits = ("Deutsch", sex, "mbrola über espeak-ng", "nicht gewerblich")
            yield VoiceHere(f"mb/mb-{name}", traits)
    taken: set[str] = set()
    for found in find_voices():
        name = next(one for one in reversed(found.names) if one not in taken)
        taken.update(found.names)
        yield _natural(name, found)


def _has_mbrola(name: str) -> bool:
    return bool(shutil.which("mbrola")) and any(
        is_file(Path(folder.format(name))) for folder in _MBROLA_PLACES
    )


def _natural(name: str, found: FoundVoice) -> VoiceHere:
    try:
        voice = read_voice_file(found.path)
    except VoiceError as error:
        return VoiceHere(name, (), found.path, problem=str(error))
    published = next((one for one in PUBLISHED.values() if one.name == found.name), None)
    traits = [_LANGUAGES.get(voice.language, voice.language)]
    if published:
        traits += [published.sex, published.sound, *filter(None, [published.licence])]
    else:
        traits += [f"{voice.speakers} Sprecher"] if voice.speakers > 1 else []
        traits.append(f"{voice.rate_hz / 1000:g} kHz".replace(".", ","))
    return VoiceHere(name, tuple(traits), found.path)
