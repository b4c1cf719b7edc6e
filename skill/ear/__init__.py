"""Blocks of audio to what was heard: recogniser, matching, guards."""

from skill.ear.ear import Ear, open_ear, words_unknown
from skill.ear.rules import EarRules

__all__ = ["Ear", "EarRules", "open_ear", "words_unknown"]
