"""Cues to blocks of audio: synthesis, cache, mixer."""

from collections.abc import Mapping
from pathlib import Path

from skill.voice.cache import LineCache
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Pyttsx3Synthesiser
from skill.voice.voice import Voice

__all__ = ["Voice", "open_voice"]


def open_voice(
    respellings: Mapping[str, str], cache_dir: Path, voice_name: str, words_per_minute: int
) -> Voice:
    """Return the coach's voice; VoiceError if espeak-ng or this voice of it is missing.

    ``respellings`` maps a written word to how it must be read; rendered lines are kept in
    ``cache_dir``, which is created when the first one is. Speed as espeak-ng counts it.
    """
    synthesiser = Pyttsx3Synthesiser(voice_name, words_per_minute)
    return Voice(Renderings(synthesiser, Respeller(respellings), LineCache(cache_dir)))
