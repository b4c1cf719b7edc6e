"""Every line of the exercises fits into its movement, as the real voice says it at normal tempo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

import pytest

from skill.coach.german import number_word, sentence_case
from skill.coach.prompts import Line
from skill.coach.score import Part, Spoken, beat, movement, with_count, with_reminder
from skill.content.exercise import BREATHED_FROM_SECONDS, AgeGroup, Exercise, Phase
from skill.messages.cues import USUAL_RATE, Pitch, SetManner
from skill.messages.notes import Level, Load
from skill.progress.adapting import adapted
from skill.settings import Settings
from skill.trainer import voice_for
from skill.voice import Voice
from skill.written.spoken import speaks_of_breath
from tests.content.every_exercise import CONTENT, of_every_exercise

TEMPO = 1.0
AGES = ("", *get_args(AgeGroup))

TOO_QUICK_FOR_REMINDERS = {
    *("vierfuessler, easier", "vierfuessler, harder", "wandstuetz, easier", "wandstuetz, normal"),
    *("wandstuetz, harder", "rudern, easier", "rudern, normal"),
    *("band-auseinander, easier", "band-auseinander, normal"),
    *("rueckenstrecker, easier", "rueckenstrecker, normal", "rueckenstrecker, harder"),
}
"""Of phases of 3 s a cue leaves half a second: at normal tempo reminders come before them."""

_COUNTS = tuple(sentence_case(number_word(number)) for number in range(1, 31))

Measure = Callable[[str], Spoken]


@dataclass(frozen=True)
class Row:
    """What one person makes in one go: phases of an exercise in one of its ways."""

    name: str
    exercise: Exercise
    phases: tuple[Phase, ...]


@pytest.fixture(scope="module")
def voice() -> Voice:
    return voice_for(Settings(), CONTENT)


@pytest.fixture
def measure(exercise: Exercise, voice: Voice) -> Measure:
    """Measure lines in the slowest manner of all programmes that the exercise is part of."""
    programmes = [one for one in CONTENT.programmes if exercise.id in one.exercises]
    rate = min([USUAL_RATE, *(one.voice.rate for one in programmes)])
    pitch = next((one.voice.pitch for one in programmes if one.voice.rate == rate), Pitch.NORMAL)
    voice.perform(SetManner("", rate, pitch))
    return lambda text: Spoken(text, "", voice.speech_seconds(text))


def ways(exercise: Exercise) -> Iterator[Row]:
    """Yield an exercise as the usual, the easier and the harder one, for every age."""
    for level in Level:
        for age in AGES:
            made = adapted(exercise, Load(exercise.repetitions.start, level=level), age)
            name = f"{exercise.id}, {level.value}{age and f', {age}'}"
            yield Row(name, made, made.opening)
            yield Row(name, made, made.phases)
            for station in made.stations:
                yield Row(name, made, station.phases)
            yield Row(name, made, made.closing)


def longest(lines: tuple[str, ...], measure: Measure) -> Spoken:
    return max(map(measure, lines), key=lambda spoken: spoken.seconds)


def shortest(lines: tuple[str, ...], measure: Measure) -> Spoken:
    return min(map(measure, lines), key=lambda spoken: spoken.seconds)


def fullest(phase: Phase, measure: Measure) -> Part:
    """Return the phase with all that can be said in it, in the longest words."""
    return movement(
        phase,
        longest(phase.say, measure),
        breathe=longest(CONTENT.phrases[Line.REPEAT_BREATHE], measure)
        if told_to_breathe(phase)
        else None,
        hints=[measure(hint) for hint in phase.hints],
        halfway=longest(CONTENT.phrases[Line.REPEAT_HALFWAY], measure)
        if phase.kind == "hold"
        else None,
        last_ten=longest(CONTENT.phrases[Line.REPEAT_TEN_SECONDS], measure),
    )


def told_to_breathe(phase: Phase) -> bool:
    is_long = phase.seconds > BREATHED_FROM_SECONDS
    return is_long and phase.breath == "both" and not any(map(speaks_of_breath, phase.hints))


@pytest.mark.slow
@of_every_exercise
def test_no_cue_makes_its_movement_wait(exercise: Exercise, measure: Measure) -> None:
    """The score stretches a phase whose cue is too long, and breath and rhythm with it."""
    late = {
        f'{row.name}, {phase.name} ({phase.seconds:g} s): "{cue}" takes {made:.2f} s with its gap'
        for row in ways(exercise)
        for phase in row.phases
        for cue in phase.say
        if (made := beat(movement(phase, measure(cue)), TEMPO).seconds) > phase.seconds
    }
    assert not late, "\n".join(sorted(late))


@pytest.mark.slow
@of_every_exercise
def test_all_hints_are_said_beside_the_longest_cue(exercise: Exercise, measure: Measure) -> None:
    left_out = {
        f'{row.name}, {phase.name} ({phase.seconds:g} s): no room for "{hint}"'
        for row in ways(exercise)
        for phase in row.phases
        if phase.hints
        for hint in unsaid(fullest(phase, measure))
    }
    assert not left_out, "\n".join(sorted(left_out))


def unsaid(part: Part) -> list[str]:
    said = [placed.spoken for placed in beat(part, TEMPO).hints]
    return [hint.spoken.text for hint in part.hints if hint.spoken not in said]


@pytest.mark.slow
@of_every_exercise
def test_every_reminder_has_its_place_in_a_repetition(exercise: Exercise, measure: Measure) -> None:
    """Beside the shortest cues: with longer ones the score may leave a reminder out."""
    for row in ways(exercise):
        if row.name.count(",") > 1 or row.phases != row.exercise.phases or not row.phases:
            continue
        parts = with_count(
            tuple(movement(one, shortest(one.say, measure)) for one in row.phases),
            longest(_COUNTS[: exercise.repetitions.most], measure),
            TEMPO,
        )
        unsaid = {
            f'{row.name}: no room for "{reminder}" ({measure(reminder).seconds:.2f} s)'
            for reminder in exercise.reminders
            if with_reminder(parts, measure(reminder), TEMPO) == parts
        }
        if row.name in TOO_QUICK_FOR_REMINDERS:
            assert len(unsaid) == len(exercise.reminders), f"{row.name} is not too quick any more"
        else:
            assert not unsaid, "\n".join(sorted(unsaid))
