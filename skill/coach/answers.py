"""Answers that don't lead anywhere: questions, and commands that do nothing here."""

from collections.abc import Callable

from skill.coach.german import counted, repetitions
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.scripts import Scripts
from skill.coach.training import Training
from skill.heard import Command

_OPTIONS = {
    "welcome": Line.OPTIONS_WELCOME,
    "safety.ask": Line.OPTIONS_SAFETY,
    "safety.red_flags": Line.OPTIONS_RED_FLAGS,
    "safety.advice": Line.OPTIONS_ADVICE,
    "menu.ask": Line.OPTIONS_MENU,
    "menu.count": Line.OPTIONS_COUNT,
    "exercise.introduce": Line.OPTIONS_INTRODUCE,
    "exercise.position": Line.OPTIONS_POSITION,
    "exercise.repeat": Line.OPTIONS_REPEAT,
    "exercise.change": Line.OPTIONS_CHANGE,
    "exercise.rest": Line.OPTIONS_REST,
    "paused": Line.OPTIONS_PAUSED,
    "pain.leave": Line.OPTIONS_LEAVE,
    "pain.ask": Line.OPTIONS_PAIN,
    "summary": Line.OPTIONS_SUMMARY,
    "goodbye": Line.OPTIONS_END,
}
_SETS = ("exercise.introduce", "exercise.position", "exercise.change")


class Answers:
    """Answers a command in place: the session stays where it is."""

    def __init__(self, prompts: Prompts, training: Training, scripts: Scripts) -> None:
        self._prompts = prompts
        self._training = training
        self._scripts = scripts
        self._answers: dict[str, Callable[[], list[Words]]] = {
            "help": self._only_options,
            "how_many": lambda: [self._how_many()],
            "which_exercise": self._which_exercise,
            "red_flags": lambda: [self._prompts.say(Line.SAFETY_RED_FLAGS)],
            "no": self._no,
            "next": self._next,
            "number": self._number,
        }

    def answer(self, command: Command) -> list[Words]:
        """Return the answer to a command that counts here but leads nowhere."""
        return self._answers.get(command.name, self._only_options)()

    def not_now(self) -> list[Words]:
        """Say that this doesn't work here, and what does."""
        return [self._prompts.say(Line.NOT_NOW), self.options()]

    def not_understood(self) -> list[Words]:
        """Say that nothing was understood, and what would be."""
        return [self._prompts.say(Line.NOT_UNDERSTOOD), self.options()]

    def still_there(self) -> list[Words]:
        """Remind, once, of what can be said."""
        return [self._prompts.say(Line.STILL_THERE), self.options()]

    def options(self) -> Words:
        """Say what is possible now."""
        line = _OPTIONS[self._training.state]
        if line is Line.OPTIONS_MENU:
            titles = [exercise.title for exercise in self._training.exercises]
            return self._prompts.say(line, exercises=", ".join(titles))
        return self._prompts.say(line)

    def _only_options(self) -> list[Words]:
        return [self.options()]

    def _no(self) -> list[Words]:
        if self._training.state in ("exercise.position", "paused"):
            return [self._prompts.say(Line.TAKE_YOUR_TIME)]
        return self._only_options()

    def _next(self) -> list[Words]:
        return [self._how_many()] if self._training.was_repeating() else self._only_options()

    def _number(self) -> list[Words]:
        if self._training.state != "exercise.position":
            return self._only_options()
        self._training.choose_count()
        return [self._scripts.count_set()]

    def _how_many(self) -> Words:
        training, say = self._training, self._prompts.say
        if training.was_repeating():
            remaining = repetitions(training.remaining)
            if training.has_other_side():
                side = training.current.sides[training.side_index + 1].title
                return say(Line.REMAINING_SIDE, remaining=remaining, side=side)
            if training.remaining == 1:
                return say(Line.REMAINING_LAST)
            return say(Line.REMAINING, remaining=remaining)
        if training.place in _SETS:
            planned = repetitions(training.planned)
            return say(Line.REMAINING_PLANNED, exercise=training.current.title, repetitions=planned)
        if training.was_resting():
            exercises = counted(len(training.plan) - training.index - 1, "Übung", "Übungen")
            return say(Line.REMAINING_EXERCISES, exercises=exercises)
        return say(Line.WHICH_NONE)

    def _which_exercise(self) -> list[Words]:
        training = self._training
        if not training.plan:
            return [self._prompts.say(Line.WHICH_NONE)]
        title = training.current.title
        if training.was_resting() and training.upcoming:
            return [self._prompts.say(Line.REST_NEXT, exercise=training.upcoming.title)]
        if training.was_repeating() and training.current.sides:
            side = training.current.sides[training.side_index].title
            return [self._prompts.say(Line.WHICH_SIDE, exercise=title, side=side)]
        return [self._prompts.say(Line.WHICH, exercise=title)]
