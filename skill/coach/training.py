"""One training session as it stands: who trains what, how far it is, and what was named.

`guards` asks about it, `actions` changes it. What is to be trained is a `Plan`, what was made are
`Sets`, who trains is the `Trainee`.
"""

from datetime import datetime

from skill.coach.complaint import Complaint
from skill.coach.plan import Plan
from skill.coach.sets import Sets
from skill.coach.trainee import LONG_AGO, Trainee
from skill.content.exercise import Exercise
from skill.content.schema import Content
from skill.content.states import FIRST, STATES, State
from skill.messages.heard import Command


class Training:
    """How far a session has got.

    ``command`` is the command being acted on, ``said`` the words; the machine's actions read them.
    ``held`` is the state to which a pause returns. ``complaint`` is what is known of the last pain.
    ``sign`` is the gravest warning sign that was named, and nothing is trained any more where there
    is one. ``is_in_posture`` tells, once something hurts, whether the person has yet to be guided
    out of an exercise, ``knows_dose`` whether it was said how often is often enough. ``stays`` in
    standby instead of ending; the ``first_time`` of all it introduces itself.
    """

    def __init__(
        self, content: Content, trainee: Trainee, stays: bool = False, first_time: bool = False
    ) -> None:
        self.content = content
        self.trainee = trainee
        self.stays = stays
        self.first_time = first_time
        self.state = FIRST  # kept by the machine
        self.begin_anew()

    def begin_anew(self) -> None:
        """Begin a new session: nothing of the last one counts."""
        self.command = Command("")
        self.said = ""
        self.held = ""
        self.asleep_since: datetime = LONG_AGO
        self.plan = Plan(self.content, self.trainee)
        self.sets = Sets(self.trainee)
        self.side_index = 0
        self.target = 0
        self.felt_pain = False
        self.pain_recurs = False
        self.complaint = Complaint()
        self.sign = ""
        self.is_in_posture = False
        self.knows_dose = False
        self.trainee.forget_who()

    @property
    def row(self) -> State:
        """What is true of the state."""
        return STATES[self.state]

    @property
    def place(self) -> State:
        """The state, looking through a pause to where it was made."""
        return STATES[self.held] if self.row.is_pause and self.held else self.row

    @property
    def is_after_pain(self) -> bool:
        """Tell whether somebody may still be lying there: pain was the last thing that was said."""
        return self.place.parent == "pain"

    @property
    def wait_seconds(self) -> float:
        """How long this state waits, by the table of states, or as the exercise wants it."""
        field = self.row.exercise_seconds
        return float(getattr(self.current, field)) if field else self.row.seconds

    @property
    def current(self) -> Exercise:
        """The exercise that is on now, as this person gets it. There must be a plan."""
        return self.plan.current

    @property
    def completed(self) -> int:
        """Completed repetitions of this side of this set."""
        return self.sets.last.completed[self.side_index]

    @property
    def remaining(self) -> int:
        """Repetitions of this side still to come, the running one included."""
        return self.target - self.completed

    @property
    def planned(self) -> int:
        """Repetitions of this side when it begins; a second side gets as many as the first."""
        is_second = self.side_index > 0 and not self.current.alternating
        return self.target if is_second else self.plan.suggested(self.current)

    def count_repetition(self) -> None:
        """Take note that one more repetition has been made; sides that alternate take turns."""
        self.sets.last.completed[self.side_index] += 1
        if self.current.alternating:
            self.side_index = (self.side_index + 1) % len(self.current.sides)

    def turn_to(self, index: int) -> None:
        """Go on with this exercise of the plan, from its first side on."""
        self.side_index = 0
        self.plan.go_to(index)
