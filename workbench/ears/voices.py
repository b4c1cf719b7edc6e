"""Synthetic people: espeak-ng variants that train no model say every phrase of the commands."""

from collections.abc import Iterable
from dataclasses import dataclass

from skill.audio.resample import resample
from skill.content.schema import Content
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, Pcm
from skill.paths import user_dir
from skill.voice.cache import LineCache
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Pyttsx3Synthesiser
from workbench.ears.conditions import trimmed
from workbench.ears.corpora import Part

VARIANTS: dict[Part, tuple[str, ...]] = {
    "test": ("f3", "m2", "Andrea", "Annie", "belinda", "david", "linda", "paul"),
    "tune": ("f5", "m4", "m7", "max"),
}
"""Variants of espeak-ng's German voice; the recipe of the built-in model keeps them out
(``HELD_OUT_VARIANTS`` of its ``synthesise.py``; a test compares the two)."""

RATES = (125, 160, 195)
"""Words a minute. With eight variants: 24 ways to say every phrase."""

_CACHE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Variant:
    """One way to speak."""

    variant: str
    words_per_minute: int

    def __str__(self) -> str:
        return f"{self.variant}-{self.words_per_minute}"


def variants(part: Part) -> list[Variant]:
    """Return all ways to speak of one part."""
    return [Variant(name, rate) for rate in RATES for name in VARIANTS[part]]


def every_way(phrases: Iterable[str], part: Part) -> list[tuple[str, Variant]]:
    """Return each phrase with each of the part's variants."""
    return [(phrase, variant) for phrase in phrases for variant in variants(part)]


class SyntheticPeople:
    """Speaks phrases, at 16 kHz; renderings are kept in the user's cache folder."""

    def __init__(self, content: Content) -> None:
        # Phrases are written in small letters.
        self._respell = Respeller({k.lower(): v for k, v in content.respellings.items()})
        self._cache = LineCache(user_dir("cache") / "bench-voices", _CACHE_BYTES)
        self._voices: dict[Variant, Pyttsx3Synthesiser] = {}

    def say(self, phrase: str, variant: Variant) -> Pcm:
        """Return a phrase without silence around it; VoiceError without espeak-ng."""
        if variant not in self._voices:
            name = f"de+{variant.variant}"
            self._voices[variant] = Pyttsx3Synthesiser(name, variant.words_per_minute)
        voice = self._voices[variant]
        text = self._respell(phrase)
        key = f"{voice.identity}\0{text}"
        spoken = self._cache.get(key)
        if spoken is None:
            spoken = voice.render(text)
            self._cache.put(key, spoken)
        return trimmed(resample(spoken, VOICE_RATE_HZ, EAR_RATE_HZ))
