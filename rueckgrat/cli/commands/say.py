"""``say``: one sentence in the coach's voice."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rueckgrat.cli.options import Speaker, Voice, WordsPerMinute
from rueckgrat.cli.terminal import Terminal

if TYPE_CHECKING:
    from skill.messages.blocks import Pcm
    from skill.voice import Voice as OpenVoice


def say(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="SATZ", help="Was ich sagen soll.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DATEI.wav", dir_okay=False, help="Hierhin, statt zu spielen."),
    ] = None,
    speaker: Speaker = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
) -> None:
    """Sagt einen Satz mit der Stimme des Trainers: um Lautsprecher und Stimme auszuprobieren."""
    import numpy as np

    from rueckgrat.recordings.wav import write_wav
    from skill.audio.one_way import play_blocks
    from skill.audio.portaudio import PortAudio
    from skill.content.own import content_for
    from skill.messages.blocks import VOICE_RATE_HZ
    from skill.settings import load_settings
    from skill.trainer import voice_for
    from skill.written.text import typed

    settings = load_settings(
        {"speaker": speaker, "voice": voice, "words_per_minute": words_per_minute}
    )
    terminal: Terminal = context.obj
    with terminal.console():
        content = content_for(settings.dialog_folders)
        blocks = _spoken_blocks(voice_for(settings, content), typed(text))
        if out:
            write_wav(out, VOICE_RATE_HZ, np.concatenate(list(blocks)))
        else:
            play_blocks(PortAudio(), settings.speaker or None, blocks)


def _spoken_blocks(voice: "OpenVoice", text: str) -> "Iterator[Pcm]":
    from skill.errors import VoiceError
    from skill.messages.cues import Say

    start_seconds, end_seconds = voice.perform(Say(text, cue_id=0))
    if start_seconds == end_seconds:
        raise VoiceError(f"In „{text}“ gibt es nichts zu sagen.", "Schreib ein Wort.")
    while not voice.finished_cues():
        yield voice.next_block()
