"""Answers that don't lead anywhere: questions, and commands that do nothing here."""

from collections.abc import Callable

from skill import __version__
from skill.coach.choices import offered, people, waking
from skill.coach.german import amount, counted, number_word, sentence_case, version_words
from skill.coach.knowledge import Knowledge
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.scripts import Scripts, by_sentence
from skill.coach.training import Training
from skill.content.schema import Content
from skill.messages.heard import Command
from skill.messages.notes import LevelChosen

_OPTIONS = {
    "invited": Line.OPTIONS_INVITED,
    "hello.intro": Line.OPTIONS_HELLO_INTRO,
    "hello.hear": Line.OPTIONS_HELLO_HEAR,
    "hello.volume": Line.OPTIONS_HELLO_VOLUME,
    "hello.word": Line.OPTIONS_HELLO_WORD,
    "hello.done": Line.OPTIONS_HELLO_DONE,
    "who": Line.OPTIONS_WHO,
    "welcome": Line.OPTIONS_WELCOME,
    "safety.ask": Line.OPTIONS_SAFETY,
    "safety.red_flags": Line.OPTIONS_RED_FLAGS,
    "safety.advice": Line.OPTIONS_ADVICE,
    "menu.ask": Line.OPTIONS_MENU,
    "menu.count": Line.OPTIONS_COUNT,
    "menu.age": Line.OPTIONS_AGE,
    "menu.material": Line.OPTIONS_YES_NO,
    "menu.resume": Line.OPTIONS_YES_NO,
    "exercise.introduce": Line.OPTIONS_INTRODUCE,
    "exercise.position": Line.OPTIONS_POSITION,
    "exercise.repeat": Line.OPTIONS_REPEAT,
    "exercise.change": Line.OPTIONS_CHANGE,
    "exercise.feedback": Line.OPTIONS_FEEDBACK,
    "exercise.rest": Line.OPTIONS_REST,
    "paused": Line.OPTIONS_PAUSED,
    "pain.leave": Line.OPTIONS_LEAVE,
    "pain.ask": Line.OPTIONS_PAIN,
    "pain.sign": Line.OPTIONS_SIGN,
    "summary": Line.OPTIONS_SUMMARY,
    "goodbye": Line.OPTIONS_END,
}
_SETS = ("exercise.introduce", "exercise.position", "exercise.change")


class Answers:
    """Answers a command in place: the session stays where it is."""

    def __init__(
        self, content: Content, prompts: Prompts, training: Training, scripts: Scripts
    ) -> None:
        self._content = content
        self._knowledge = Knowledge(content, prompts)
        self._prompts = prompts
        self._training = training
        self._scripts = scripts
        self._answers: dict[str, Callable[[], list[Words]]] = {
            "help": self._help,
            "how_many": lambda: [self._how_many()],
            "which_exercise": self._which_exercise,
            "status": lambda: [self._prompts.say(Line.STATUS), self.options()],
            "version": lambda: [
                self._prompts.say(Line.VERSION, version=version_words(__version__))
            ],
            "red_flags": lambda: [self._prompts.say(Line.SAFETY_RED_FLAGS)],
            "no": self._no,
            "next": self._next,
            "number": self._number,
            "question": lambda: self._knowledge.answer(training.command.slot),
            "more": self._knowledge.more,
            "week": lambda: self._knowledge.week(training.trainee),
            "explain": self._explain,
            "variant": self._variant,
            "programme": lambda: [self._prompts.say(Line.PROGRAMME_NOTHING_LEFT)],
        }

    def answer(self, command: Command) -> list[Words]:
        """Return the answer to a command that counts here but leads nowhere, by sentence."""
        return by_sentence(self._answers.get(command.name, self._only_options)())

    def not_now(self) -> list[Words]:
        """Say that this doesn't work here, and what does."""
        if self._is_warned:
            return self._only_options()
        return [self._prompts.say(Line.NOT_NOW), self.options()]

    def not_understood(self) -> list[Words]:
        """Say that nothing was understood, and what would be."""
        return [self._prompts.say(Line.NOT_UNDERSTOOD), self.options()]

    def still_there(self) -> list[Words]:
        """Remind, once, of what can be said."""
        line = Line.SIGN_BETTER if self._is_warned else Line.STILL_THERE
        return [self._prompts.say(line), self.options()]

    def asked_back(self, command: Command) -> Words | None:
        """Return the question whether this was meant; None where it is not worth one."""
        if command.name == "guest":
            return self._prompts.say(Line.WHO_GUEST_SURE)
        text = self._content.commands[command.name].asked or self._title(command)
        return Words(text, f"asked.{command.name}") if text else None

    def options(self) -> Words:
        """Say what is possible now."""
        line = _OPTIONS[self._training.state]
        if line is Line.OPTIONS_MENU:
            return self._prompts.say(line, choices=", ".join(offered(self._content)))
        if line is Line.OPTIONS_HELLO_WORD:
            return self._prompts.say(line, wake=waking(self._content))
        if line is Line.OPTIONS_WHO:
            return self._prompts.say(line, people=people(self._training))
        return self._prompts.say(line)

    @property
    def _is_warned(self) -> bool:
        """Tell whether the person is being told what to do about a warning sign."""
        return self._training.has_sign() and self._training.state.startswith("pain.")

    def _title(self, command: Command) -> str:
        match command.name:
            case "exercise":
                return f"{self._content.exercise(command.slot).title}?"
            case "programme":
                return f"{self._content.programme(command.slot).title}?"
            case "number":
                return f"{sentence_case(number_word(int(command.slot)))}?"
            case _:
                return ""

    def _only_options(self) -> list[Words]:
        """Say what is possible; after a warning sign that is less than what to do about it."""
        advice = self._scripts.advice() if self._is_warned else []
        return [*advice, self.options()]

    def _help(self) -> list[Words]:
        if self._training.sign:
            return [self._prompts.say(Line.SIGN_HELP), self.options()]
        return self._only_options()

    def _no(self) -> list[Words]:
        if self._training.sign:
            return self._help()
        if self._training.state in ("exercise.position", "paused"):
            return [self._prompts.say(Line.TAKE_YOUR_TIME)]
        return self._only_options()

    def _next(self) -> list[Words]:
        return [self._how_many()] if self._training.was_repeating() else self._only_options()

    def _number(self) -> list[Words]:
        if self._training.state != "exercise.position":
            return self._only_options()
        self._training.choose_count()
        return [self._scripts.exercise.count_set()]

    def _explain(self) -> list[Words]:
        """Explain the exercise that is on; in a rest the one that comes."""
        training = self._training
        if training.was_resting() and training.plan.upcoming:
            return self._scripts.exercise.explain(training.plan.upcoming)
        if training.was_in_exercise():
            return self._scripts.exercise.explain(training.current)
        return [self._prompts.say(Line.EXPLAIN_NOTHING)]

    def _variant(self) -> list[Words]:
        """Note for the next time what can't be changed now; nothing rises during an exercise."""
        training = self._training
        level = training.plan.neighbour_level(training.wants_easier())
        if level is None:
            return [self._prompts.say(Line.VARIANT_NONE)]
        training.trainee.note(LevelChosen(training.current.id, level))
        title = training.current.title
        return [self._prompts.say(Line.VARIANT_NEXT_TIME, exercise=title)]

    def _how_many(self) -> Words:
        training, say = self._training, self._prompts.say
        if training.was_repeating():
            remaining = amount(training.remaining, training.current)
            if training.has_other_side():
                side = training.current.sides[training.side_index + 1].title
                return say(Line.REMAINING_SIDE, remaining=remaining, side=side)
            if training.remaining == 1:
                return say(Line.REMAINING_LAST)
            return say(Line.REMAINING, remaining=remaining)
        if training.place in _SETS:
            planned = amount(training.planned, training.current)
            return say(Line.REMAINING_PLANNED, exercise=training.current.title, repetitions=planned)
        if training.was_resting():
            exercises = counted(len(training.plan.to_come) - 1, "Übung", "Übungen")
            return say(Line.REMAINING_EXERCISES, exercises=exercises)
        return say(Line.WHICH_NONE)

    def _which_exercise(self) -> list[Words]:
        training = self._training
        if not len(training.plan):
            return [self._prompts.say(Line.WHICH_NONE)]
        title = training.current.title
        if training.was_resting() and training.plan.upcoming:
            return [self._prompts.say(Line.REST_NEXT, exercise=training.plan.upcoming.title)]
        if training.was_repeating() and training.current.sides:
            side = training.current.sides[training.side_index].title
            return [self._prompts.say(Line.WHICH_SIDE, exercise=title, side=side)]
        return [self._prompts.say(Line.WHICH, exercise=title)]
