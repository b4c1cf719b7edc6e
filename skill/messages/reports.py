"""What is told of an utterance, and of a cue that sounds."""

from skill.messages.cues import Audible, Breathe, Earcon, Hush, Say, SetVolume
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    Hushed,
    Said,
    SpeechDropped,
    SpeechRejected,
    ToneSounded,
    VolumeSet,
)
from skill.messages.heard import Heard


def heard_event(heard: Heard) -> CommandHeard | SpeechRejected | SpeechDropped:
    """Return what is told of an utterance: a command, speech that is none, or the coach's own."""
    times = (heard.start_seconds, heard.end_seconds, heard.decided_seconds)
    how = (heard.confidence, heard.decision)
    if heard.is_dropped:
        meant = heard.meaning.command if heard.meaning else None
        return SpeechDropped(*times, heard.text, heard.reason, meant, *how)
    if heard.command is None:
        return SpeechRejected(*times, heard.text, heard.reason, *how)
    return CommandHeard(*times, heard.text, heard.command, *how)


def cue_event(cue: Audible, start_seconds: float, end_seconds: float) -> Event:
    """Return what is told of a cue that sounds from the one time to the other."""
    match cue:
        case Say():
            return Said(start_seconds, end_seconds, cue.text, cue.line)
        case Breathe():
            return BreathSounded(start_seconds, end_seconds, cue.direction.value)
        case Earcon():
            return ToneSounded(start_seconds, end_seconds, cue.name)
        case Hush():
            return Hushed(start_seconds)
        case SetVolume():
            return VolumeSet(start_seconds, cue.gain_db)
