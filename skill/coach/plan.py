"""What is to be trained: exercises one after the other, as this person gets them."""

from dataclasses import replace

from skill.coach.complaint import loads_of
from skill.coach.trainee import Trainee
from skill.content.exercise import Exercise
from skill.content.schema import Content, Programme
from skill.messages.notes import Level, Load, PlanAt, PlanOver
from skill.progress.adapting import limits_of
from skill.progress.rules import after_pain


class Plan:
    """A row of exercises, and whose turn it is.

    ``spared`` are exercises of the programme that are left out because they have hurt. ``sore`` are
    body parts that hurt today: what loads them is left out, and all the rest is made gently.
    """

    def __init__(self, content: Content, trainee: Trainee) -> None:
        self._content = content
        self._trainee = trainee
        self.exercises: tuple[Exercise, ...] = ()
        self.programme: Programme | None = None
        self.spared: tuple[Exercise, ...] = ()
        self.sore: frozenset[str] = frozenset()
        self.index = 0
        self._wanted: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.exercises)

    @property
    def current(self) -> Exercise:
        """The exercise that is on now, as this person gets it. There must be one."""
        return self._current

    @property
    def load(self) -> Load:
        """How much of it: as it was when its turn came, since nothing rises during an exercise."""
        return replace(self._load, repetitions=self.suggested(self.current))

    @property
    def upcoming(self) -> Exercise | None:
        """The exercise after this one."""
        following = self.exercises[self.index + 1 : self.index + 2]
        return following[0] if following else None

    @property
    def to_come(self) -> tuple[Exercise, ...]:
        """This exercise and all after it."""
        return self.exercises[self.index :]

    def suggested(self, exercise: Exercise) -> int:
        """Return how many repetitions the exercise gets: as asked for, within its range."""
        limits = exercise.repetitions
        is_on = bool(self.exercises) and exercise.id == self.current.id
        own = self._load if is_on else self._trainee.load(exercise)
        wanted = self._wanted.get(exercise.id, own.repetitions)
        return min(max(wanted, limits.least), limits.most)

    def want(self, exercises: tuple[Exercise, ...], repetitions: int) -> None:
        """Make these as often as was asked for."""
        self._wanted.update({one.id: repetitions for one in exercises})

    def forget_wanted(self) -> None:
        """Make this exercise as often as it suits."""
        self._wanted.pop(self.current.id, None)

    def set(self, exercises: tuple[Exercise, ...]) -> None:
        """Train these, from the first one on."""
        self.lay_aside()
        self.exercises = exercises
        self.go_to(0)

    def set_programme(self, programme: Programme, instead: dict[str, str] | None = None) -> None:
        """Train a programme, without what does this person no good.

        ``instead`` names the exercises that take the place of others.
        """
        places = instead or {}
        ids = dict.fromkeys(places.get(one, one) for one in programme.exercises)
        wanted = tuple(self._content.exercise(one) for one in ids)
        kept = self.kept(wanted) or wanted
        self.lay_aside()
        self.programme = programme
        self.spared = tuple(one for one in wanted if one not in kept)
        self.exercises = kept * programme.rounds
        self.go_to(0)

    def resume(self) -> None:
        """Go on with what was broken off."""
        exercises, programme_id = self.resumable()
        self.lay_aside()
        known = {one.id: one for one in self._content.programmes}
        self.programme = known.get(programme_id)
        self.exercises = exercises
        self.go_to(0)

    def resumable(self) -> tuple[tuple[Exercise, ...], str]:
        """Return what was broken off a while ago: exercises yet to come, the programme's id."""
        plan = self._trainee.profile.resumable(self._trainee.now)
        if plan is None:
            return (), ""
        known = {one.id: one for one in self._content.exercises}
        left = plan.exercises[plan.index :]
        return self.kept(tuple(known[one] for one in left if one in known)), plan.programme

    def drop(self) -> None:
        """Give the plan up."""
        if self.exercises:
            self._trainee.note(PlanOver())
        self.lay_aside()

    def lay_aside(self) -> None:
        """Have no plan; what has been noted of it may be resumed."""
        self.exercises = ()
        self.programme = None
        self.spared = ()
        self.index = 0
        self._wanted = {}

    def go_to(self, index: int) -> None:
        """It is this exercise's turn."""
        self.index = index
        if self.exercises:
            exercise = self.exercises[index]
            self._load = self._load_today(exercise)
            self._current = self._trainee.adapted(exercise, self._load)
            self.note_turn(index)

    def note_turn(self, index: int) -> None:
        """Take note how far the plan is, unless that is known; behind its end it is over."""
        if index >= len(self.exercises):
            self._trainee.note(PlanOver())
            return
        programme_id = self.programme.id if self.programme else ""
        note = PlanAt(tuple(one.id for one in self.exercises), index, programme_id)
        if self._trainee.profile.plan != note:
            self._trainee.note(note)

    def rises_next(self) -> bool:
        """Tell whether this person gets more of this exercise the next time."""
        if self.sore:
            return False
        levels = list(Level)
        now, then = (
            (levels.index(one.level), one.repetitions, one.hold_steps)
            for one in (self._load, self._trainee.load(self.exercises[self.index]))
        )
        return then > now

    def kept(self, exercises: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
        """Return the exercises without those that have hurt this person, or load what hurts."""
        profile = self._trainee.profile
        return tuple(
            one for one in exercises if not (profile.is_left_out(one.id) or self.strains(one))
        )

    def strains(self, exercise: Exercise) -> bool:
        """Tell whether an exercise loads what hurts today."""
        return not self.sore.isdisjoint(loads_of(exercise))

    @property
    def gentle(self) -> tuple[Exercise, ...]:
        """What may be trained after a pain: the rest of the plan without what loads the place.

        Where nothing is left of it, the exercise that loads least of all; none where there is none.
        """
        rest = self.kept(self.to_come[1:])
        known = (one for one in self.kept(self._content.exercises) if one.loads is not None)
        return rest or tuple(sorted(known, key=lambda one: len(loads_of(one)))[:1])

    def _load_today(self, exercise: Exercise) -> Load:
        if self.sore:
            return after_pain(limits_of(exercise, self._trainee.profile.age_group))
        return self._trainee.load(exercise)

    def neighbour_level(self, easier: bool) -> Level | None:
        """Return the variant of this exercise next to the one being trained; None without one."""
        if not self.exercises:
            return None
        exercise, levels = self.exercises[self.index], list(Level)
        index = levels.index(self._load.level) + (-1 if easier else 1)
        if not 0 <= index < len(levels):
            return None
        there = {Level.NORMAL, *exercise.variants}
        return levels[index] if levels[index] in there else None
