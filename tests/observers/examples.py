"""One event of every kind, and a snapshot: what docs/following-a-session.md shows."""

from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    ExerciseBegan,
    ExerciseEnded,
    Hushed,
    MuteSet,
    PersonChanged,
    PhaseBegan,
    Problem,
    Remembered,
    RepetitionBegan,
    RepetitionDone,
    Said,
    Snapshot,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    TempoSet,
    ToneSounded,
    VolumeSet,
)
from skill.messages.heard import Command, Decision
from skill.messages.notes import Load, Outcome, SetDone

BEGAN = ExerciseBegan(
    seconds=61.2,
    exercise="bein-anheben",
    name="Bein anheben",
    repetitions=8,
    sides=("rechts", "links"),
    level="normal",
    planned_seconds=128.0,
    position=2,
    of=3,
    programme="kurz",
    then="Die Brücke",
)
REPETITION = RepetitionBegan(102.4, "bein-anheben", "rechts", 3, 8, 9.1)
PHASE = PhaseBegan(
    *(102.4, "bein-anheben", "rechts", 3, 8),
    phase=1,
    phases=2,
    name="heben",
    kind="move",
    text="Einatmen und heben.",
    breath="in",
    planned_seconds=4.0,
)
EVENTS: tuple[Event, ...] = (
    StateEntered(61.2, "exercise.introduce"),
    PersonChanged(12.0, "Anna"),
    BEGAN,
    REPETITION,
    PHASE,
    RepetitionDone(111.5, "bein-anheben", "rechts", 3, 8),
    ExerciseEnded(236.0, "bein-anheben"),
    CommandHeard(104.0, 104.6, 104.9, "langsamer", Command("slower"), 0.94, Decision.EARLY),
    SpeechRejected(107.0, 108.1, 108.6, "das wetter", "unknown words", 0.41),
    SpeechDropped(
        *(102.5, 102.9, 103.1, "heben"),
        "echo of the coach's own voice",
        Command("repeat"),
        confidence=0.62,
        decision=Decision.EARLY,
    ),
    Said(102.4, 103.7, "Einatmen und heben.", "bein-anheben.heben"),
    BreathSounded(102.4, 106.4, "in"),
    ToneSounded(105.0, 105.2, "heard"),
    Hushed(104.9),
    TempoSet(104.9, 1.25),
    VolumeSet(118.0, -4.0),
    MuteSet(150.0, True),
    Remembered(
        235.9, "anna", SetDone("bein-anheben", (8, 8), Load(repetitions=8), Outcome.COMPLETE)
    ),
    Problem(160.0, "Das konnte ich mir nicht merken (Kein Platz auf dem Gerät)."),
)
SNAPSHOT = Snapshot(
    seconds=103.1,
    state="exercise.repeat",
    person="Anna",
    exercise=BEGAN,
    repetition=REPETITION,
    phase=PHASE,
    tempo=1.25,
)
