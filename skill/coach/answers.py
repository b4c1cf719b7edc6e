"""Answers that don't lead anywhere: questions, and commands that do nothing here."""

from collections.abc import Callable, Collection, Sequence

from skill import __version__
from skill.coach.actions import choose_count
from skill.coach.choices import named
from skill.coach.dials import Dials
from skill.coach.german import amount, counted, number_word, sentence_case, version_words
from skill.coach.guards import (
    has_other_side,
    wants_easier,
    was_in_exercise,
    was_repeating,
    was_resting,
)
from skill.coach.knowledge import Knowledge
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.reply import Reply
from skill.coach.scripts import Scripts, by_sentence
from skill.coach.training import Training
from skill.coach.ways import TRIGGERS
from skill.content.duration import exercise_seconds, minutes, programme_seconds
from skill.content.exercise import Exercise
from skill.content.schema import Content, Programme
from skill.errors import ContentError
from skill.messages.heard import Command
from skill.messages.notes import LevelChosen

_LINGERING = ("question", "more", "exercises", "programmes", "purpose")
"""Commands behind whose answer somebody may want to hear more."""

_DURATIONS = 3
"""Programmes whose length is told before one is chosen: short, normal and long."""

_SETS = ("exercise.introduce", "exercise.position", "exercise.change")


class Answers:
    """Answers a command in place: the session stays where it is.

    A command that is to be answered has its handler in the table below. One without any, and
    without a way in `ways`, is a mistake: ContentError. ``new_code`` makes the digits that connect
    a device to the companion page; None where there is no page.
    """

    def __init__(
        self,
        content: Content,
        prompts: Prompts,
        training: Training,
        scripts: Scripts,
        dials: Dials,
        new_code: Callable[[], str] | None = None,
    ) -> None:
        self._content = content
        self._new_code = new_code
        self._knowledge = Knowledge(content, prompts)
        self._prompts = prompts
        self._training = training
        self._scripts = scripts
        self._handlers: dict[str, Callable[[], list[Words] | Reply]] = {
            "slower": dials.slower,
            "faster": dials.faster,
            "louder": dials.louder,
            "quieter": dials.quieter,
            "help": self._help,
            "need_help": self._need_help,
            "exercise": lambda: [prompts.say(Line.PAIN_LOADS), self.options()],
            "how_many": self._how_long,
            "which_exercise": self._which_exercise,
            "status": lambda: [prompts.say(Line.STATUS), self.options()],
            "version": lambda: [prompts.say(Line.VERSION, version=version_words(__version__))],
            "connect": self._connect,
            "red_flags": lambda: [prompts.say(Line.SAFETY_RED_FLAGS)],
            "no": self._no,
            "next": self._next,
            "number": self._number,
            "question": lambda: self._back(self._knowledge.answer(training.command.slot)),
            "more": self._more,
            "exercises": lambda: self._list(content.exercises),
            "programmes": lambda: self._list(content.programmes),
            "purpose": self._purpose,
            "week": lambda: self._knowledge.week(training.trainee),
            "explain": self._explain,
            "variant": self._variant,
            "programme": lambda: [
                prompts.say(Line.PAIN_LOADS if training.plan.sore else Line.PROGRAMME_NOTHING_LEFT)
            ],
        }
        check_commands(content.commands, self._handlers)

    def answer(self, command: Command) -> Reply:
        """Return the answer to a command that counts here but leads nowhere, by sentence.

        Where a command with ways of its own leads nowhere, it is said what is possible.
        """
        answer = self._handlers.get(command.name, self._only_options)()
        if isinstance(answer, Reply):
            return answer
        return Reply(tuple(by_sentence(answer)), lingers=command.name in _LINGERING)

    def not_now(self, again: bool = False) -> list[Words]:
        """Say that this doesn't work here, and what does; ``again``: more briefly."""
        if self._is_warned:
            return self._only_options()
        return [self.hint()] if again else [self._prompts.say(Line.NOT_NOW), self.options()]

    def not_understood(self) -> list[Words]:
        """Say that nothing was understood, and one thing that would be."""
        return [self._prompts.say(Line.NOT_UNDERSTOOD), self.hint()]

    def hint(self) -> Words:
        """Say one thing that works here, or all where there is no more than that."""
        row = self._training.row
        return self._prompts.say(row.hint) if row.hint else self.options()

    def still_there(self) -> list[Words]:
        """Remind, once, of what can be said."""
        row = self._training.row
        if row.parent == "pain" and not self._is_warned:
            asked = row.says or (Line.PAIN_OFFER,)
            return [*map(self._prompts.say, asked), self.options()]
        line = Line.SIGN_BETTER if self._is_warned else Line.STILL_THERE
        return [self._prompts.say(line), self.options()]

    def silent_microphone(self) -> list[Words]:
        """Tell that nothing comes from the microphone."""
        return [self._prompts.say(Line.SILENT_MICROPHONE)]

    def asked_back(self, command: Command) -> Words | None:
        """Return the question whether this was meant; None where it is not worth one."""
        if command.name == "guest":
            return self._prompts.say(Line.WHO_GUEST_SURE)
        if command.name == "done":
            return self._prompts.say(Line.PAUSED_DONE_SURE)
        text = self._content.commands[command.name].asked or self._title(command)
        return Words(text, f"asked.{command.name}") if text else None

    def options(self) -> Words:
        """Say what is possible now."""
        training = self._training
        return self._prompts.say(training.row.options, **named(training))

    def _connect(self) -> list[Words]:
        if self._new_code is None:
            return [self._prompts.say(Line.PAGE_OFF)]
        spoken = [sentence_case(number_word(int(digit))) for digit in self._new_code()]
        digits = [self._prompts.say(Line.PAGE_DIGIT, number=digit) for digit in spoken]
        again = self._prompts.say(Line.PAGE_AGAIN)
        return [self._prompts.say(Line.PAGE_CODE), *digits, again, *digits]

    @property
    def _is_warned(self) -> bool:
        """Tell whether the person is being told what to do about a warning sign."""
        return bool(self._training.sign) and self._training.row.parent == "pain"

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
        """Say what can be said; who hurts, or lies there, hears first where help is."""
        say, training = self._prompts.say, self._training
        if training.row.is_asleep:
            return [say(Line.SIGN_HELP)]
        if training.sign or training.is_after_pain:
            return [say(Line.SIGN_HELP), self.options()]
        if training.place.in_posture:
            return [self.options(), say(Line.HELP_WORSE)]
        return self._only_options()

    def _need_help(self) -> list[Words]:
        """Say where help is to somebody who may be lying there; to others, what can be said."""
        if self._training.row.is_pause and was_in_exercise(self._training):
            return [self._prompts.say(Line.SIGN_HELP), self.options()]
        return self._help()

    def _no(self) -> list[Words]:
        if self._training.sign:
            return self._help()
        if self._training.state in ("exercise.position", "paused"):
            return [self._prompts.say(Line.TAKE_YOUR_TIME)]
        return self._only_options()

    def _next(self) -> list[Words]:
        return [self._how_many()] if was_repeating(self._training) else self._only_options()

    def _number(self) -> list[Words]:
        if self._training.state != "exercise.position":
            return self._only_options()
        choose_count(self._training)
        return [self._scripts.exercise.count_set()]

    def _more(self) -> list[Words]:
        """Say more of the last answer; to "wie oft?" without one before, it is no number yet."""
        if self._training.state == "menu.count" and not self._knowledge.has_more:
            return self._only_options()
        return self._back(self._knowledge.more())

    def _explain(self) -> list[Words]:
        """Explain the exercise that is on; in a rest the one that comes."""
        training = self._training
        if was_resting(training) and training.plan.upcoming:
            return self._scripts.exercise.explain(training.plan.upcoming)
        if was_in_exercise(training):
            return self._scripts.exercise.explain(training.current)
        return [self._prompts.say(Line.EXPLAIN_NOTHING)]

    def _back(self, answer: list[Words]) -> list[Words]:
        """Return the answer to a question, and what it was asked in the midst of."""
        state = self._training.state
        is_amid = state in ("safety.ask", "exercise.position", "pain.ask")
        return [*answer, self.hint()] if is_amid else answer

    def _list(self, all_there_are: Sequence[Exercise | Programme]) -> list[Words]:
        return self._back(self._knowledge.enumerate([one.title for one in all_there_are]))

    def _purpose(self) -> list[Words]:
        """Say what the exercise is good for; in a rest the next one, before any the programme."""
        training = self._training
        subject: Exercise | Programme = training.content.programmes[0]
        if len(training.plan):
            upcoming = training.plan.upcoming if was_resting(training) else None
            subject = upcoming or training.current
        return self._back([Words(subject.purpose, f"{subject.id}.purpose")])

    def _duration(self) -> list[Words]:
        """Say how long the programme takes; before one is chosen, the first few there are."""
        content, plan = self._content, self._training.plan
        chosen = [plan.programme] if plan.programme else [*content.programmes[:_DURATIONS]]
        if len(plan) and not plan.programme:
            lasts = [(self._training.current.title, exercise_seconds(self._training.current))]
        else:
            lasts = [(one.title, programme_seconds(content, one)) for one in chosen]
        return [
            self._prompts.say(
                Line.DURATION,
                programme=title,
                minutes=counted(minutes(seconds), "Minute", "Minuten"),
            )
            for title, seconds in lasts
        ]

    def _variant(self) -> list[Words]:
        """Note for the next time what can't be changed now; nothing rises during an exercise."""
        training = self._training
        level = training.plan.neighbour_level(wants_easier(training))
        if level is None:
            return [self._prompts.say(Line.VARIANT_NONE)]
        training.trainee.note(LevelChosen(training.current.id, level))
        title = training.current.title
        return [self._prompts.say(Line.VARIANT_NEXT_TIME, exercise=title)]

    def _how_long(self) -> list[Words]:
        """Say what is left; and where nothing is on yet, how long it takes."""
        is_on = was_in_exercise(self._training)
        left = [self._how_many()] if is_on else []
        is_ahead = self._training.place.name in ("exercise.introduce", "exercise.position")
        return [*left, *(self._duration() if is_ahead or not is_on else [])]

    def _how_many(self) -> Words:
        training, say = self._training, self._prompts.say
        if was_repeating(training):
            remaining = amount(training.remaining, training.current)
            if has_other_side(training):
                side = training.current.sides[training.side_index + 1].title
                return say(Line.REMAINING_SIDE, remaining=remaining, side=side)
            if training.remaining == 1:
                return say(Line.REMAINING_LAST)
            return say(Line.REMAINING, remaining=remaining)
        if training.place.name in _SETS:
            planned = amount(training.planned, training.current)
            return say(Line.REMAINING_PLANNED, exercise=training.current.title, repetitions=planned)
        if was_resting(training):
            exercises = counted(len(training.plan.to_come) - 1, "Übung", "Übungen")
            return say(Line.REMAINING_EXERCISES, exercises=exercises)
        return say(Line.WHICH_NONE)

    def _which_exercise(self) -> list[Words]:
        training = self._training
        if not len(training.plan):
            if training.row.parent in ("safety", "menu"):
                first = self._content.programmes[0].title
                return self._back([self._prompts.say(Line.WHICH_TODAY, programme=first)])
            return [self._prompts.say(Line.WHICH_NONE)]
        title = training.current.title
        if was_resting(training) and training.plan.upcoming:
            return [self._prompts.say(Line.REST_NEXT, exercise=training.plan.upcoming.title)]
        if was_repeating(training) and training.current.sides:
            side = training.current.sides[training.side_index].title
            return [self._prompts.say(Line.WHICH_SIDE, exercise=title, side=side)]
        return [self._prompts.say(Line.WHICH, exercise=title)]


def check_commands(commands: Collection[str], handlers: Collection[str]) -> None:
    """Raise ContentError for a command that nothing would come of."""
    for name in commands:
        if name not in TRIGGERS and name not in handlers:
            raise ContentError(
                f"In commands.yaml steht ein Befehl „{name}“, aus dem nichts wird.",
                "Gib ihm eine Antwort in coach/answers.py oder einen Weg in coach/ways.py.",
            )
