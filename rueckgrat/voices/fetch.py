"""Brings a published voice to this machine: its card, what describes it, and the model."""

from pathlib import Path

from rueckgrat.fetching.download import OnProgress
from rueckgrat.fetching.fetch import Goods, fetch_file
from rueckgrat.voices.catalogue import CARD, PublishedVoice
from skill.errors import VoiceError
from skill.voice.choice import natural_voices_dir
from skill.voice.voice_files import read_voice_file
from skill.written.text import read_text

_LICENCE_SIGNS = ("licen", "url:", "dataset")


def _goods(voice: PublishedVoice) -> Goods:
    return Goods(
        *("die", "Stimme", f"rueckgrat voice fetch {voice.short_name}", VoiceError),
        meanwhile="Bis dahin spreche ich mit der Stimme, die ich habe.",
    )


def licence_of(voice: PublishedVoice) -> str:
    """Return the licence; of a voice whose licence is not known, what its card says of it.

    The card is fetched beside the voice; VoiceError if that is impossible.
    """
    card = fetch_file(voice.card, folder_of(voice), CARD, _goods(voice))
    if voice.licence:
        return voice.licence
    lines = (line.strip("*- \t") for line in read_text(card).splitlines())
    said = [line for line in lines if any(sign in line.lower() for sign in _LICENCE_SIGNS)]
    return f"siehe {card}" + (f" ({'; '.join(said)})" if said else "")


def fetch_voice(
    voice: PublishedVoice, on_progress: OnProgress = lambda _done, _total: None
) -> Path:
    """Fetch a voice and return its model; what is there already and whole is left alone.

    The model comes last: without it there is no voice, so that no half of one can be chosen.
    VoiceError says what went wrong and how to go on.
    """
    folder, goods = folder_of(voice), _goods(voice)
    config = fetch_file(voice.config, folder, f"{voice.name}.onnx.json", goods)
    model = fetch_file(voice.model, folder, f"{voice.name}.onnx", goods, on_progress)
    try:
        read_voice_file(model)
    except VoiceError as error:
        # Nothing vouches for most of these but that they can be read.
        config.unlink(missing_ok=True)
        raise VoiceError(
            f"Was ich bekommen habe, ist keine ganze Stimme. {error.problem}", goods.again
        ) from error
    return model


def folder_of(voice: PublishedVoice) -> Path:
    """Return the folder that all files of a voice come to."""
    return natural_voices_dir() / voice.name
