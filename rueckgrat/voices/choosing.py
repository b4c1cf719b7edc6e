"""Choosing a voice by name: whether it can speak here, and what was meant if not."""

from rueckgrat.voices.catalogue import PUBLISHED, published
from rueckgrat.voices.here import VoiceHere, voices_here
from skill.errors import VoiceError
from skill.files import same_file
from skill.voice import open_synthesiser
from skill.voice.choice import ANY_LANGUAGE, read_choice
from skill.written.mistakes import closest


def is_chosen(setting: str, voice: VoiceHere) -> bool:
    """Return whether a setting names this voice."""
    try:
        choice = read_choice(setting)
    except VoiceError:
        return False
    if voice.path:
        return choice.natural is not None and same_file(choice.natural, voice.path)
    return choice.natural is None and choice.name == voice.name


def chosen(name: str, words_per_minute: int, *, any_language: bool = False) -> str:
    """Return how a voice is written into the settings, once it has turned out that it can speak.

    A path becomes a whole one. With ``any_language`` a voice that speaks no German will do.
    VoiceError says what is missing, and which voice may have been meant.
    """
    name = name.strip()
    if any_language and not name.endswith(ANY_LANGUAGE):
        name += ANY_LANGUAGE
    try:
        choice = read_choice(name)
        open_synthesiser(choice, words_per_minute)
    except VoiceError as error:
        raise _not_here(name, error) from error
    if choice.natural and choice.name.endswith(".onnx"):
        return name.replace(choice.name, str(choice.natural.absolute()), 1)
    return name


def _not_here(name: str, error: VoiceError) -> VoiceError:
    """Return an error that says how to come by a voice of this name, where there is none here."""
    if error.code != "no-such-voice":
        return error
    bare = name.removesuffix(ANY_LANGUAGE).partition("#")[0]
    try:
        short = published(bare).short_name
    except VoiceError:
        near = closest(bare.lower(), [*PUBLISHED, *(voice.name for voice in voices_here())])
        mend = f"Meinst du „{near}“?" if near else "Welche es gibt, zeigt „rueckgrat voice list“."
        return VoiceError(f"Eine Stimme „{bare}“ gibt es nicht.", mend, code="unknown-voice")
    return VoiceError(
        f"Die Stimme {bare} ist noch nicht hier.",
        f"Hol sie mit „rueckgrat voice fetch {short}“.",
        code="voice-not-fetched",
    )
