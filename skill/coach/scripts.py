"""What is said on entering each state."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skill.coach.german import listed, number_word, repetitions, sentence_case
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.training import Training
from skill.content.lines import spoken_lines
from skill.content.schema import Content, Exercise
from skill.progress.notes import Outcome

_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")

_NEVER_SAID_ALONE = frozenset({"title", "purpose"})
"""Fields that only fill in other lines, or are read but not heard."""


def sentences(text: str) -> list[str]:
    """Return a line sentence by sentence, as it is said: an interruption repeats only the last."""
    return _SENTENCE_END.split(text)


def fixed_sentences(content: Content) -> Iterator[str]:
    """Yield every sentence that is said as it is written, to be rendered before it is needed."""
    for _, location, line in spoken_lines(content):
        if not _NEVER_SAID_ALONE.intersection(location):
            yield from (sentence for sentence in sentences(line) if "{" not in sentence)


@dataclass(frozen=True)
class Entry:
    """How a state was entered: from which one, and by what."""

    state: str
    source: str
    trigger: str


class Scripts:
    """Chooses the lines of a state from what is being trained, and from how it was entered."""

    def __init__(self, prompts: Prompts, training: Training) -> None:
        self._prompts = prompts
        self._training = training
        self._introduced: set[str] = set()
        self._scripts: dict[str, Callable[[Entry], list[Words]]] = {
            "welcome": lambda _: self._plain(Line.WELCOME, Line.WELCOME_STOPS),
            "safety.ask": self._safety,
            "safety.red_flags": lambda _: self._plain(Line.SAFETY_RED_FLAGS),
            "safety.advice": lambda _: self._plain(Line.SAFETY_ADVICE, Line.SAFETY_UNDO),
            "menu.ask": self._menu,
            "menu.count": lambda _: self._count(),
            "exercise.introduce": self._introduce,
            "exercise.position": lambda _: self._position(),
            "exercise.repeat": self._repeat,
            "exercise.change": lambda _: self._change(),
            "exercise.rest": self._rest,
            "paused": self._paused,
            "pain.leave": self._pain,
            "pain.ask": lambda _: self._plain(Line.PAIN_ASK),
            "summary": self._summary,
            "goodbye": lambda _: self._goodbye(),
            "standby": lambda _: self._plain(Line.STANDBY),
        }

    def enter(self, entry: Entry) -> list[Words]:
        """Return what is said on entering a state, sentence by sentence."""
        return [
            Words(sentence, words.line)
            for words in self._scripts[entry.state](entry)
            for sentence in sentences(words.text)
        ]

    def go_on(self) -> Words:
        """Return what is said when a pause is over."""
        training = self._training
        if training.was_repeating():
            number = number_word(training.completed + 1)
            return self._prompts.say(Line.REPEAT_GO_ON, number=number)
        return self._prompts.say(Line.PAUSED_RESUME)

    def count_set(self) -> Words:
        """Return the answer to a number: as many as asked for, or the nearest in range."""
        training = self._training
        suggested = training.suggested(training.current)
        asked = int(training.command.slot)
        line = Line.COUNT_SET
        if asked != suggested:
            line = Line.COUNT_MOST if asked > suggested else Line.COUNT_LEAST
        return self._prompts.say(line, repetitions=sentence_case(repetitions(suggested)))

    def _plain(self, *lines: Line) -> list[Words]:
        return [self._prompts.say(line) for line in lines]

    def _own(self, exercise: Exercise, name: str, variants: tuple[str, ...]) -> Words:
        return self._prompts.pick(f"{exercise.id}.{name}", variants)

    def _safety(self, entry: Entry) -> list[Words]:
        if entry.source == "welcome":
            return self._plain(Line.SAFETY_INTRO, Line.SAFETY_ASK)
        return self._plain(Line.SAFETY_ASK_AGAIN)

    def _menu(self, entry: Entry) -> list[Words]:
        cleared = self._plain(Line.MENU_CLEARED) if entry.source == "safety.ask" else []
        titles = ", ".join(exercise.title for exercise in self._training.exercises)
        return [*cleared, self._prompts.say(Line.MENU_ASK, exercises=titles)]

    def _count(self) -> list[Words]:
        training = self._training
        if len(training.plan) > 1:
            return self._plain(Line.MENU_COUNT_ALL)
        suggested = repetitions(training.suggested(training.current))
        title = training.current.title
        return [self._prompts.say(Line.MENU_COUNT, exercise=title, repetitions=suggested)]

    def _introduce(self, entry: Entry) -> list[Words]:
        exercise = self._training.current
        answer = []
        if entry.trigger == "number":
            answer = [self.count_set()]
        elif entry.source == "pain.ask":
            answer = self._plain(Line.PAIN_OTHER)
        if exercise.id in self._introduced and entry.source not in (
            "exercise.position",
            entry.state,
        ):
            return [*answer, self._own(exercise, "short", exercise.introduction.short)]
        self._introduced.add(exercise.id)
        introduction = self._own(exercise, "introduction", exercise.introduction.full)
        return [*answer, introduction, self._own(exercise, "cautions", exercise.cautions)]

    def _position(self) -> list[Words]:
        training, exercise = self._training, self._training.current
        line = Line.POSITION_READY_SIDES if exercise.sides else Line.POSITION_READY
        return [
            self._own(exercise, "position", exercise.position),
            self._prompts.say(line, repetitions=sentence_case(repetitions(training.planned))),
        ]

    def _repeat(self, entry: Entry) -> list[Words]:
        training = self._training
        if entry.trigger == "repeat":
            return self._plain(Line.REPEAT_AGAIN)
        sides = training.current.sides
        if not sides or entry.source == "exercise.change":
            return self._plain(Line.REPEAT_BEGIN)
        side = sides[training.side_index]
        return [self._own(training.current, side.name, side.announce)]

    def _change(self) -> list[Words]:
        training = self._training
        side = training.current.sides[training.side_index]
        announce = self._own(training.current, side.name, side.announce)
        return [*self._plain(Line.CHANGE_OVER), announce]

    def _rest(self, entry: Entry) -> list[Words]:
        upcoming = self._training.upcoming
        title = upcoming.title if upcoming else ""
        announce = self._prompts.say(Line.REST_NEXT, exercise=title)
        return [announce] if entry.trigger == "repeat" else [self._praise_set(), announce]

    def _praise_set(self) -> Words:
        achievement = self._training.achievements[-1]
        if achievement.outcome is Outcome.ENOUGH:
            made = repetitions(achievement.total)
            return self._prompts.say(Line.DONE_ENOUGH, repetitions=sentence_case(made))
        made = sentence_case(repetitions(min(achievement.completed)))
        line = Line.DONE_SIDES if achievement.exercise.sides else Line.DONE_ALL
        return self._prompts.say(line, repetitions=made)

    def _paused(self, entry: Entry) -> list[Words]:
        line = {
            "pause": Line.PAUSED,
            "no": Line.PAUSED,
            "stop": Line.PAUSED_STOPPED,
            "time_up": Line.PAUSED_SILENCE,
            "repeat": Line.PAUSED_STILL,
            "wake": Line.PAUSED_AWAKE,
        }[entry.trigger]
        return self._plain(line)

    def _pain(self, entry: Entry) -> list[Words]:
        training = self._training
        first = self._plain(Line.PAIN_AGAIN if "pain." in entry.source else Line.PAIN_AT_ONCE)
        if not training.is_in_posture:
            return [*first, *self._plain(Line.PAIN_DOCTOR)]
        exercise = training.current
        leave = self._own(exercise, "leave", exercise.leave)
        return [*first, leave, *self._plain(Line.PAIN_DOCTOR)]

    def _summary(self, entry: Entry) -> list[Words]:
        training = self._training
        items = [self._item(*one) for one in training.totals()]
        lines = [self._prompts.say(Line.SUMMARY, exercises=" ".join(items))]
        if entry.trigger == "quit":
            lines.insert(0, self._prompts.say(Line.QUIT))
        return [*lines, *self._plain(self._praise())]

    def _item(self, exercise: Exercise, completed: list[int]) -> str:
        title = exercise.title
        if len(completed) == 1:
            made = repetitions(completed[0])
            return self._prompts.say(Line.SUMMARY_ITEM, exercise=title, repetitions=made).text
        if len(set(completed)) == 1:
            made = repetitions(completed[0])
            return self._prompts.say(Line.SUMMARY_ITEM_SIDES, exercise=title, repetitions=made).text
        counts = zip(exercise.sides, completed, strict=True)
        sides = listed([f"{side.name} {number_word(number)}" for side, number in counts])
        return self._prompts.say(Line.SUMMARY_ITEM_UNEQUAL, exercise=title, sides=sides).text

    def _praise(self) -> Line:
        if self._training.felt_pain:
            return Line.PRAISE_PAIN
        if all(one.outcome is Outcome.COMPLETE for one in self._training.achievements if one.total):
            return Line.PRAISE_COMPLETE
        return Line.PRAISE_ENOUGH

    def _goodbye(self) -> list[Words]:
        trained = self._training.has_trained()
        return self._plain(Line.GOODBYE if trained else Line.GOODBYE_UNTRAINED)
