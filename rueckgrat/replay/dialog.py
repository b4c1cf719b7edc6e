"""The shape of a dialog test: what the user says when, and what must come of it.

``docs/dialog-tests.md`` explains every word with an example; reading files is ``reading``, and
whether there is what is named in them, ``names``.
"""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from rueckgrat.replay.clock import Moment
from rueckgrat.replay.past import Past
from rueckgrat.replay.units import Level, TimeSpan
from skill.content.states import check_state
from skill.messages.cues import Direction
from skill.settings.household import Household
from skill.written.mistakes import RuleError
from skill.written.shapes import Shape

State = Annotated[str, AfterValidator(check_state)]
"""A state of the coach; a parent such as ``exercise`` stands for all of its children."""


class Noise(Shape):
    """A recording that runs through the whole session, in a loop.

    ``snr`` is its distance from the mean level of the user's speech, in dB.
    """

    file: str
    snr: Level


class Echo(Shape):
    """What the microphone hears of the coach: ``level`` dB relative to what is played.

    ``reverberation`` is the time in which sound falls by 60 dB in the room; 0: no room at all.
    """

    level: Level
    delay: Annotated[TimeSpan, Field(ge=0.05, le=1.0)] = 0.12
    reverberation: Annotated[TimeSpan, Field(ge=0.0, le=2.0)] = 0.0


class Setup(Household):
    """What the session is built from: the coach's seed, the speech model (folder or name), people.

    It begins at ``now``, local time. Nothing of the user's own household or history counts.
    """

    seed: int = 1
    model: str = ""
    now: Moment = datetime(2026, 1, 5, 18, 0)
    past: tuple[Past, ...] = ()

    @model_validator(mode="after")
    def _past_is_over(self) -> "Setup":
        for one in self.past:
            if one.when(self.now) > self.now:
                raise RuleError(
                    "hat Vergangenes, das nach now liegt",
                    "Wähl einen früheren Tag oder eine frühere Uhrzeit.",
                )
        return self


class When(Shape):
    """The moment of a step: after something new has happened, and ``after`` so many seconds.

    Without ``said``, ``saying`` and ``state`` the time runs from the end of the recording before.
    What the step waits for must happen ``within`` so many seconds of that end.
    """

    said: str = ""
    saying: str = ""
    state: State = ""
    after: TimeSpan = 0.0
    within: TimeSpan | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "When":
        if sum(map(bool, (self.said, self.saying, self.state))) > 1:
            raise RuleError("hat mehr als eines von said, saying und state", "Behalte eines davon.")
        if self.within is not None and not self.waits:
            raise RuleError(
                "hat within, wartet aber auf nichts", "Nenn said, saying oder state dazu."
            )
        return self

    @property
    def waits(self) -> bool:
        """Whether something must happen, and not only time pass."""
        return bool(self.said or self.saying or self.state)


_TIMES = ("within", "not_before")


class Expectation(Shape):
    """One thing that happens: exactly one of the first ten words.

    ``within`` and ``not_before`` count from the end of the step's recording (in a step without
    one: from its moment).
    """

    heard: str = ""
    rejected: str = ""
    dropped: str = ""
    coach: str = ""
    cut: str = ""
    state: State = ""
    breath: Direction | None = None
    earcon: str = ""
    remembered: str = ""
    silence: TimeSpan = 0.0
    within: TimeSpan | None = None
    not_before: TimeSpan | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Expectation":
        if len(self._given) != 1:
            words = (
                "heard, rejected, dropped, coach, cut, state, breath, earcon, remembered, silence"
            )
            raise RuleError("nennt nicht genau eine Sache", f"Schreib genau eines von {words}.")
        return self

    @property
    def what(self) -> str:
        """Which of the ten words was given."""
        return self._given[0]

    def __str__(self) -> str:
        value = getattr(self, self.what)
        return f"{self.what}: {value:g} s" if self.silence else f"{self.what}: {value}"

    @property
    def _given(self) -> list[str]:
        return [
            name for name in type(self).model_fields if name not in _TIMES and getattr(self, name)
        ]


class Step(Shape):
    """When something has happened, the user says a recording, and this must come of it.

    ``expect`` must happen in this order, before the next step begins; ``never`` must not happen
    in that time.
    """

    when: When
    user: str = ""
    expect: tuple[Expectation, ...] = ()
    never: tuple[Expectation, ...] = ()


def _check_steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    # Field(min_length=1) would also count steps that are wrong as missing.
    if not steps:
        raise RuleError(
            "hat keine Einträge", "Ergänze mindestens einen, in einer Zeile mit „- “ am Anfang."
        )
    return steps


class End(Shape):
    """How the session ends: with the coach's goodbye, or ``after`` the last recording."""

    finished: bool = False
    state: State = ""
    after: TimeSpan = 4.0


class Dialog(Shape):
    """A dialog test. ``recordings`` is the folder of the recordings, as seen from the file."""

    title: str
    recordings: str = "."
    setup: Setup = Setup()
    noise: Noise | None = None
    echo: Echo | None = None
    steps: Annotated[tuple[Step, ...], AfterValidator(_check_steps)]
    never: tuple[Expectation, ...] = ()
    end: End = End()
    limit: TimeSpan = 600.0
