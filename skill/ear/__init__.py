"""Blocks of audio to what was heard: recogniser, matching, guards."""

from skill.ear.ear import Ear, open_ear, words_unknown
from skill.ear.echo import without_echo
from skill.ear.rules import EarRules
from skill.ear.vosk_recogniser import SpeechModel

__all__ = ["Ear", "EarRules", "SpeechModel", "open_ear", "without_echo", "words_unknown"]
