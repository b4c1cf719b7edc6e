"""What is said around the sets of an exercise, from its introduction to the rest behind it."""

from collections.abc import Sequence

from skill.coach.entry import Entry
from skill.coach.german import amount, more_word, number_word, sentence_case
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.training import Training
from skill.content.exercise import Exercise
from skill.messages.notes import Feeling, Outcome

_LONG_LETTERS = 240
"""About 17 s: who has heard more than this must have had a chance to answer."""

_RATED = {
    Feeling.EASY: Line.RATED_EASY,
    Feeling.GOOD: Line.RATED_GOOD,
    Feeling.HARD: Line.RATED_HARD,
}


class ExerciseScripts:
    """Chooses the lines of the states ``exercise.*``, with the exercise's own ones."""

    def __init__(self, prompts: Prompts, training: Training) -> None:
        self._prompts = prompts
        self._training = training
        self._introduced: set[tuple[str, bool, str]] = set()
        self._how: dict[str, str] = {}
        self._told_letters = 0
        self._may_know = False

    def explain(self, exercise: Exercise) -> list[Words]:
        """Return all there is to know before somebody does an exercise."""
        self._introduced.add(self._for_whom(exercise))
        return [
            self._own(exercise, "introduction", exercise.introduction.full),
            *self._variant(exercise),
            self._own(exercise, "cautions", exercise.cautions),
            *self._not_for(exercise),
        ]

    def introduce(self, entry: Entry) -> list[Words]:
        """Return the presentation of an exercise: in full only for those who ask for it.

        Who knows it needs few words. Who does not hears how it goes when they are in position:
        nobody has to listen to all of it before they may answer.
        """
        exercise = self._training.current
        self._told_letters = 0
        opening = self._opening(entry)
        if entry.trigger == "variant":
            return opening
        if entry.source in ("exercise.position", entry.state):
            return [*opening, *self.explain(exercise)]
        if not self._is_unknown(exercise):
            short = self._own(exercise, "short", exercise.introduction.short)
            return [*opening, short, *self._variant(exercise)]
        full = self._own(exercise, "introduction", exercise.introduction.full)
        name, _, self._how[exercise.id] = full.text.partition(". ")
        lines = [*opening, Words(f"{name}.", full.line), *self._variant(exercise)]
        self._told_letters = sum(len(line.text) for line in lines)
        return lines

    def position(self, _: Entry) -> list[Words]:
        """Return how to lie down, and what is to come; the first time also who should not.

        Where that is much, it may be answered before (`POSITION_KNOWN`).
        """
        training, exercise = self._training, self._training.current
        line = Line.POSITION_READY_SIDES if exercise.sides else Line.POSITION_READY
        position = self._own(exercise, "position", exercise.position)
        planned = amount(training.planned, exercise)
        lines = [position, self._prompts.say(line, repetitions=planned)]
        self._may_know = False
        if not self._is_unknown(exercise):
            return [*lines, *self._dose()]
        self._may_know = self._told_letters + len(position.text) > _LONG_LETTERS
        known = [self._prompts.say(Line.POSITION_KNOWN)] if self._may_know else []
        return [*known, *lines, *self._not_for(exercise), *self._dose()]

    def left_for_who_knows(self, unsaid: Sequence[Words]) -> list[Words] | None:
        """Return what must be said of these to somebody who knows the rest; None if all of it."""
        state = self._training.state
        if state == "exercise.repeat":
            return [one for one in unsaid if one.line.endswith(".not_for")]
        if state != "exercise.position" or not (self._may_know and unsaid):
            return None
        described = (Line.POSITION_KNOWN, f"{self._training.current.id}.position")
        is_described = unsaid[0].line in described
        return [one for one in unsaid if one.line not in described] if is_described else None

    def repeat(self, entry: Entry) -> list[Words]:
        """Return what begins a set, or a side of it; the first time also how it goes."""
        training, exercise = self._training, self._training.current
        if entry.trigger == "repeat":
            return [self._prompts.say(Line.REPEAT_AGAIN)]
        told = self._told_at_first(entry)
        self._training.knows_dose |= Line.REPEAT_DOSE not in [one.line for one in entry.unsaid]
        sides = exercise.sides
        if not sides or exercise.alternating or entry.source == "exercise.change":
            return [*told, self._prompts.say(Line.REPEAT_BEGIN)]
        side = sides[training.side_index]
        return [*told, self._own(exercise, side.name, side.announce)]

    def _dose(self) -> list[Words]:
        """Return how often is often enough, once in a session."""
        return [] if self._training.knows_dose else [self._prompts.say(Line.REPEAT_DOSE)]

    def _told_at_first(self, entry: Entry) -> list[Words]:
        """Return how an exercise goes that is new; before that, what of its warning was cut."""
        exercise = self._training.current
        warning = [one for one in entry.unsaid if one.line == f"{exercise.id}.not_for"]
        if not self._is_unknown(exercise):
            return warning
        self._introduced.add(self._for_whom(exercise))
        full = self._own(exercise, "introduction", exercise.introduction.full)
        how = self._how.pop(exercise.id, full.text)
        told = [*warning, *([Words(how, full.line)] if how else [])]
        if self._times(exercise):
            told.append(self._own(exercise, "cautions", exercise.cautions))
        return told

    def change(self, _: Entry) -> list[Words]:
        """Return the announcement of the other side."""
        training = self._training
        side = training.current.sides[training.side_index]
        announce = self._own(training.current, side.name, side.announce)
        return [self._prompts.say(Line.CHANGE_OVER), announce]

    def feedback(self, entry: Entry) -> list[Words]:
        """Return the praise for a set, and the question how it felt."""
        ask = self._prompts.say(Line.FEEDBACK_ASK)
        return [ask] if entry.trigger == "repeat" else [self._praise_set(), ask]

    def rest(self, entry: Entry) -> list[Words]:
        """Return the announcement of the next exercise."""
        upcoming = self._training.plan.upcoming
        title = upcoming.title if upcoming else ""
        return [*self.rated(entry), self._prompts.say(Line.REST_NEXT, exercise=title)]

    def rated(self, entry: Entry) -> list[Words]:
        """Return the answer to how it felt, and what follows from it for the next time."""
        if entry.trigger != "feeling":
            return []
        if self._training.plan.rises_next():
            return [self._prompts.say(Line.RATED_MORE)]
        return [self._prompts.say(_RATED[Feeling(self._training.command.slot)])]

    def go_on(self) -> Words:
        """Return what is said when a pause in a running set is over."""
        number = number_word(self._training.completed + 1)
        unit = self._training.current.unit.one
        return self._prompts.say(Line.REPEAT_GO_ON, unit=unit, number=number)

    def leave(self) -> Words:
        """Return the way out of the exercise's posture."""
        exercise = self._training.current
        return self._own(exercise, "leave", exercise.leave)

    def count_set(self) -> Words:
        """Return the answer to a number: as many as asked for, or the nearest in range."""
        training = self._training
        self._may_know = False  # who names a number is in position
        suggested = training.plan.suggested(training.current)
        asked = int(training.command.slot)
        line = Line.COUNT_SET
        if asked != suggested:
            line = Line.COUNT_MOST if asked > suggested else Line.COUNT_LEAST
        made = sentence_case(amount(suggested, training.current))
        return self._prompts.say(line, repetitions=made)

    def _is_unknown(self, exercise: Exercise) -> bool:
        """Tell whether the person has yet to hear how it goes."""
        knows = self._training.trainee.profile.knows(exercise.id)
        return not knows and self._for_whom(exercise) not in self._introduced

    def _times(self, exercise: Exercise) -> int:
        """Return how often the person has trained it before."""
        return self._training.trainee.profile.practice(exercise.id).times

    def _not_for(self, exercise: Exercise) -> list[Words]:
        """Return who should leave it out: once per person and exercise."""
        if self._times(exercise) or not exercise.not_for:
            return []
        return [self._own(exercise, "not_for", exercise.not_for)]

    def _for_whom(self, exercise: Exercise) -> tuple[str, bool, str]:
        """Return what an introduction counts for: whoever trains next has not heard it."""
        trainee = self._training.trainee
        return trainee.name, trainee.is_guest, exercise.id

    def _own(self, exercise: Exercise, name: str, variants: tuple[str, ...]) -> Words:
        return self._prompts.pick(f"{exercise.id}.{name}", variants)

    def _opening(self, entry: Entry) -> list[Words]:
        """Return the answer to what has led here."""
        if entry.trigger == "number":
            return [self.count_set()]
        if entry.trigger == "variant":
            exercise = self._training.current
            return self._variant(exercise) or [self._prompts.say(Line.VARIANT_NORMAL)]
        if entry.source in ("pain.ask", "pain.offer"):
            programme = self._programme() if entry.trigger == "programme" else []
            spared = [] if entry.trigger in ("programme", "exercise") else [Line.PAIN_SPARED]
            return [*map(self._prompts.say, (Line.PAIN_OTHER, *spared)), *programme]
        begins = entry.trigger == "programme" or entry.source in (
            *("menu.count", "menu.age", "menu.material"),
        )
        return self._programme() if begins else []

    def _programme(self) -> list[Words]:
        plan = self._training.plan
        if plan.programme is None:
            return []
        programme = plan.programme
        lines = [self._prompts.pick(f"{programme.id}.introduction", programme.introduction)]
        if plan.spared:
            titles = ", ".join(one.title for one in plan.spared)
            lines.append(self._prompts.say(Line.PROGRAMME_SPARED, exercises=titles))
        return lines

    def _variant(self, exercise: Exercise) -> list[Words]:
        """Return in what this variant differs; nothing for the usual one."""
        level = self._training.plan.load.level
        variant = exercise.variants.get(level)
        return [self._own(exercise, level, variant.say)] if variant else []

    def _praise_set(self) -> Words:
        achievement = self._training.sets.last
        exercise = achievement.exercise
        if achievement.outcome is Outcome.ENOUGH:
            made = sentence_case(amount(achievement.total, exercise))
            return self._prompts.say(Line.DONE_ENOUGH, repetitions=made)
        if exercise.stations:
            return self._prompts.say(Line.DONE_ALL_THROUGH, exercise=exercise.title)
        made = sentence_case(amount(min(achievement.completed), exercise))
        more = self._training.trainee.profile.compared(exercise.id)
        if more is not None and more > 0:
            return self._prompts.say(Line.DONE_MORE, repetitions=made, more=more_word(more))
        line = Line.DONE_SIDES if exercise.sides else Line.DONE_ALL
        return self._prompts.say(line, repetitions=made)
