"""What kind of voice a setting names."""

from skill.errors import VoiceError
from skill.voice.choice import read_choice


def is_natural(name: str) -> bool:
    """Return whether a setting names a natural voice; also one that is not here (any more)."""
    try:
        return read_choice(name).natural is not None
    except VoiceError:
        return True
