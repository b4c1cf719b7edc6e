"""Which voices the people of a household have chosen."""

from skill.errors import VoiceError
from skill.settings import Settings
from skill.voice.choice import read_choice


def voices_in_use(settings: Settings) -> tuple[str, ...]:
    """Return the voices that the people of this household have chosen, the usual one first."""
    return (settings.voice,)


def is_natural(name: str) -> bool:
    """Return whether a setting names a natural voice; also one that is not here (any more)."""
    try:
        return read_choice(name).natural is not None
    except VoiceError:
        return True
