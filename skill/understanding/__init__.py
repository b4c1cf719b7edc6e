"""From recognised words to what is meant: pure, without sound, files or clock."""

from skill.understanding.meant import Understanding
from skill.understanding.spoken import SpokenWord, as_spoken

__all__ = ["SpokenWord", "Understanding", "as_spoken"]
