"""Where a session is: a snapshot, kept up to date by what happens."""

from dataclasses import replace

from skill.messages.events import (
    Event,
    ExerciseBegan,
    ExerciseEnded,
    MuteSet,
    PersonChanged,
    PhaseBegan,
    RepetitionBegan,
    RepetitionDone,
    Snapshot,
    StateEntered,
    TempoSet,
    VolumeSet,
)


def after(now: Snapshot, event: Event) -> Snapshot:
    """Return the snapshot as it is after an event."""
    match event:
        case StateEntered():
            return replace(now, state=event.state, repetition=None, phase=None)
        case PersonChanged():
            return replace(now, person=event.person, is_guest=event.is_guest)
        case ExerciseBegan():
            return replace(now, exercise=event)
        case ExerciseEnded():
            return replace(now, exercise=None)
        case RepetitionBegan():
            return replace(now, repetition=event, phase=None)
        case RepetitionDone():
            return replace(now, phase=None)
        case PhaseBegan():
            return replace(now, phase=event)
        case VolumeSet():
            return replace(now, gain_db=event.gain_db)
        case TempoSet():
            return replace(now, tempo=event.tempo)
        case MuteSet():
            return replace(now, is_muted=event.is_muted)
        case _:
            return now
