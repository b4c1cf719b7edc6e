"""What is said during a repetition: cues, count, reminders, and the last one announced."""

from collections.abc import Callable

from skill.coach.german import number_word, sentence_case
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.score import Part, Spoken, announcement, movement, with_count, with_reminder
from skill.coach.training import Training

REMINDER_EVERY = 3
"""A reminder in every third repetition: often enough to help, seldom enough not to lecture."""


def repetition_parts(
    training: Training,
    prompts: Prompts,
    measure: Callable[[Words], Spoken],
    tempo: float,
    again: bool,
) -> tuple[Part, ...]:
    """Return the parts of the repetition that comes next, with whatever is said in them.

    ``again``: it was begun once before, so that nobody needs to be told that it is the last.
    """
    exercise = training.current
    number = training.completed + 1
    parts: tuple[Part, ...] = tuple(
        movement(phase, measure(prompts.pick(f"{exercise.id}.{phase.name}", phase.say)))
        for phase in exercise.phases
    )
    count = prompts.say(Line.REPEAT_COUNT, number=sentence_case(number_word(number)))
    parts = with_count(parts, measure(count), tempo)
    if number % REMINDER_EVERY == 2:
        reminder = prompts.pick(f"{exercise.id}.reminders", exercise.reminders)
        parts = with_reminder(parts, measure(reminder), tempo)
    if training.remaining == 1 and training.target > 1 and not again:
        parts = (announcement("letzte", measure(prompts.say(Line.REPEAT_LAST))), *parts)
    return parts
