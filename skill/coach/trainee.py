"""Who trains: their profile as it grows, and the notes that are to be remembered."""

from collections.abc import Callable, Sequence
from datetime import datetime

from skill.content.exercise import Exercise
from skill.content.schema import Content
from skill.messages.notes import HistoryEntry, Load, Note, SessionBegan, SessionEnded
from skill.progress.adapting import adapted
from skill.progress.profile import Profile

NOBODY = ""
"""Whose notes they are where the settings name nobody."""

LONG_AGO = datetime(2000, 1, 1)
"""The local time of a session that nobody has told what time it is."""


class Trainee:
    """The person on the mat. A guest gets an empty profile and leaves no trace.

    ``profiles`` returns what is known of a name in lower case, which may be less than was noted
    here (where nothing can be kept), or more (of another trainer); ``clock`` the local time.
    """

    def __init__(
        self,
        content: Content,
        people: Sequence[str],
        profiles: Callable[[str], Profile],
        clock: Callable[[], datetime],
    ) -> None:
        self.people = {name.lower(): name for name in people}
        self._exercises = {one.id: one for one in content.exercises}
        self._profiles = profiles
        self._clock = clock
        self._cleared: set[str | None] = set()
        self._entries: list[HistoryEntry] = []
        self._changed: dict[str, Profile] = {}
        self._is_training = False
        self._person: str | None = None
        self.profile = Profile()
        self.is_known = False
        self.forget_who()

    @property
    def name(self) -> str:
        """The name as the settings spell it; empty for a guest and where nobody is named."""
        return self.people.get(self._person or "", "")

    @property
    def is_guest(self) -> bool:
        """Tell whether nothing is to be remembered."""
        return self._person is None

    @property
    def now(self) -> datetime:
        """The local time."""
        return self._clock()

    def forget_who(self) -> None:
        """A new session begins: ask who it is, unless there is only one person."""
        self.end()
        self._cleared.clear()
        self.is_known = len(self.people) < 2
        self._become(next(iter(self.people), NOBODY) if self.is_known else None)

    def begin(self) -> None:
        """Take note that a session has begun for this person."""
        if self.is_known and not self._is_training:
            self._is_training = True
            self.note(SessionBegan())

    def introduce(self, person: str | None) -> None:
        """From now on it is this person (in lower case) who trains; None for a guest."""
        self.end()
        self.is_known = True
        self._become(person)
        self.begin()

    def end(self) -> None:
        """Take note that the session is over, if one was begun."""
        if self._is_training:
            self._is_training = False
            self.note(SessionEnded())

    def clear(self) -> None:
        """This person may train: a doctor has agreed."""
        self._cleared.add(self._person)

    def withdraw(self) -> None:
        """The question for the doctor's consent is open again."""
        self._cleared.discard(self._person)

    def is_cleared(self, person: str | None) -> bool:
        """Tell whether this person has said in this session that a doctor agrees."""
        return person in self._cleared

    @property
    def may_train(self) -> bool:
        """Tell whether the person on the mat has said so."""
        return self._person in self._cleared

    def note(self, note: Note) -> None:
        """Take a note into the profile, and have it remembered unless this is a guest."""
        now = self._clock()
        self.profile = self.profile.after(note, now, self._exercises.get)
        if self._person is not None:
            self._changed[self._person] = self.profile
            self._entries.append(HistoryEntry(self._person, now, note))

    def taken_entries(self) -> list[HistoryEntry]:
        """Return what has yet to be written down, once."""
        entries, self._entries = self._entries, []
        return entries

    def load(self, exercise: Exercise) -> Load:
        """Return how much of an exercise this person gets now."""
        return self.profile.load(exercise, self._clock())

    def adapted(self, exercise: Exercise, load: Load) -> Exercise:
        """Return the exercise as this person gets it."""
        return adapted(exercise, load, self.profile.age_group)

    def _become(self, person: str | None) -> None:
        self._person = person
        if person is None:
            self.profile = Profile()
        else:
            known, own = self._profiles(person), self._changed.get(person, Profile())
            self.profile = max(known, own, key=lambda profile: profile.notes)
