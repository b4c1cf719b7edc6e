"""Cues to blocks of audio: synthesis, cache, mixer."""

from collections.abc import Mapping
from pathlib import Path

from skill.messages.cues import Pitch
from skill.voice.cache import LineCache
from skill.voice.choice import VoiceChoice
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Pyttsx3Synthesiser, Synthesiser
from skill.voice.voice import Voice

__all__ = ["Voice", "open_lines", "open_synthesiser", "open_voice"]


def open_voice(
    respellings: Mapping[str, str], cache_dir: Path, choice: VoiceChoice, words_per_minute: int
) -> Voice:
    """Return a coach's voice that speaks in one manner only; see ``open_lines``."""
    return Voice(open_lines(respellings, cache_dir, choice, words_per_minute))


def open_lines(
    respellings: Mapping[str, str],
    cache_dir: Path,
    choice: VoiceChoice,
    words_per_minute: int,
    pitch: Pitch = Pitch.NORMAL,
    stand_in: Renderings | None = None,
) -> Renderings:
    """Return what a voice says; VoiceError if there is none like this, or it is broken.

    ``respellings`` maps a written word to how this voice must read it; rendered lines are kept in
    ``cache_dir``, which is created when the first one is. Speed as espeak-ng counts it. A natural
    voice may have a ``stand_in``, for live sessions.
    """
    return Renderings(
        open_synthesiser(choice, words_per_minute, pitch),
        Respeller(respellings),
        LineCache(cache_dir),
        by_sentence=choice.natural is not None,
        stand_in=stand_in,
    )


def open_synthesiser(
    choice: VoiceChoice, words_per_minute: int, pitch: Pitch = Pitch.NORMAL
) -> Synthesiser:
    """Return what renders lines: espeak-ng, or Piper in a process of its own.

    Piper's voices have one pitch. VoiceError if a natural voice's files are not whole, or the extra
    ``natural`` is missing. Nothing of Piper is loaded here, and of what is ours for it only where
    it is chosen.
    """
    if choice.natural is None:
        return Pyttsx3Synthesiser(choice.name, words_per_minute, pitch)
    from skill.voice.apart import Apart
    from skill.voice.piper import PiperSynthesiser
    from skill.voice.voice_files import read_voice

    return Apart(PiperSynthesiser(read_voice(choice), choice.speaker, words_per_minute))
