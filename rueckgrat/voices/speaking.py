"""One text in the trainer's voice, on the loudspeaker or in a file."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rueckgrat.recordings.wav import write_wav
from skill.audio.one_way import play_blocks
from skill.audio.portaudio import PortAudio
from skill.content.own import content_for
from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.cues import Say
from skill.settings import Settings
from skill.trainer import voice_for
from skill.voice import Voice
from skill.written.spoken import sentences
from skill.written.text import typed

SAMPLE = (
    "Leg dich auf den Rücken, und stell beide Füße auf. Atme ruhig ein. Und langsam wieder aus."
    " Gut so. Noch drei Mal, dann hast du eine Pause. Wie fühlt sich das an?"
)
"""What a voice says of itself: a passage of a training, with a question."""


def speak(settings: Settings, text: str, out: Path | None) -> None:
    """Say ``text`` with the voice of the settings, or write it to ``out``.

    VoiceError where there is no such voice, or nothing to say.
    """
    content = content_for(settings.dialog_folders)
    blocks = _blocks(voice_for(settings, content), typed(text))
    if out:
        write_wav(out, VOICE_RATE_HZ, np.concatenate(list(blocks)))
    else:
        play_blocks(PortAudio(), settings.speaker or None, blocks)


def _blocks(voice: Voice, text: str) -> Iterator[Pcm]:
    """Yield the sound of all sentences, one after another as in a training."""
    said = sentences(text)
    places = [voice.perform(Say(sentence, cue_id)) for cue_id, sentence in enumerate(said)]
    if all(start_seconds == end_seconds for start_seconds, end_seconds in places):
        raise VoiceError(f"In „{text}“ gibt es nichts zu sagen.", "Schreib ein Wort.")
    while len(said) - 1 not in voice.finished_cues():
        yield voice.next_block()
