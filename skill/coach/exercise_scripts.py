"""What is said around the sets of an exercise, from its introduction to the rest behind it."""

from skill.coach.entry import Entry
from skill.coach.german import amount, more_word, number_word, sentence_case
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.training import Training
from skill.content.exercise import Exercise
from skill.messages.notes import Feeling, Outcome

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

    def explain(self, exercise: Exercise) -> list[Words]:
        """Return all there is to know before somebody does an exercise."""
        self._introduced.add(self._for_whom(exercise))
        lines = [
            self._own(exercise, "introduction", exercise.introduction.full),
            *self._variant(exercise),
            self._own(exercise, "cautions", exercise.cautions),
        ]
        is_new = self._training.trainee.profile.practice(exercise.id).times == 0
        if exercise.not_for and is_new:
            lines.append(self._own(exercise, "not_for", exercise.not_for))
        return lines

    def introduce(self, entry: Entry) -> list[Words]:
        """Return the presentation of an exercise: shorter for those who know it."""
        exercise = self._training.current
        opening = self._opening(entry)
        if entry.trigger == "variant":
            return opening
        once_more = entry.source in ("exercise.position", entry.state)
        knows = self._training.trainee.profile.knows(exercise.id)
        if (knows or self._for_whom(exercise) in self._introduced) and not once_more:
            short = self._own(exercise, "short", exercise.introduction.short)
            return [*opening, short, *self._variant(exercise)]
        return [*opening, *self.explain(exercise)]

    def position(self, _: Entry) -> list[Words]:
        """Return how to lie down, and what is to come."""
        training, exercise = self._training, self._training.current
        line = Line.POSITION_READY_SIDES if exercise.sides else Line.POSITION_READY
        planned = sentence_case(amount(training.planned, exercise))
        return [
            self._own(exercise, "position", exercise.position),
            self._prompts.say(line, repetitions=planned),
        ]

    def repeat(self, entry: Entry) -> list[Words]:
        """Return what begins a set, or a side of it."""
        training = self._training
        if entry.trigger == "repeat":
            return [self._prompts.say(Line.REPEAT_AGAIN)]
        exercise = training.current
        if not exercise.sides or exercise.alternating or entry.source == "exercise.change":
            return [*self._dose(), self._prompts.say(Line.REPEAT_BEGIN)]
        side = exercise.sides[training.side_index]
        return [*self._dose(), self._own(exercise, side.name, side.announce)]

    def _dose(self) -> list[Words]:
        """Return how often is often enough, once in a session."""
        if self._training.knows_dose:
            return []
        self._training.knows_dose = True
        return [self._prompts.say(Line.REPEAT_DOSE)]

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
        suggested = training.plan.suggested(training.current)
        asked = int(training.command.slot)
        line = Line.COUNT_SET
        if asked != suggested:
            line = Line.COUNT_MOST if asked > suggested else Line.COUNT_LEAST
        made = sentence_case(amount(suggested, training.current))
        return self._prompts.say(line, repetitions=made)

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
