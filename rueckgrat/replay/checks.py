"""Compares a take with what its dialog test expects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rueckgrat.replay.dialog import Dialog, Expectation, When
from rueckgrat.replay.observations import times
from rueckgrat.replay.runner import Take
from rueckgrat.replay.scripted_user import PATIENCE_SECONDS, Performed
from skill.content.states import covers
from skill.messages.blocks import BLOCK_SECONDS
from skill.messages.events import Problem

Place: TypeAlias = tuple[str | int, ...]
"""Where something stands in the file: ``("steps", 2, "expect", 0)``."""

_SAME_MOMENT_SECONDS = BLOCK_SECONDS + 0.001
"""What happens in one block is simultaneous: its order says nothing.

So what begins a step may still meet an expectation of the step before, and is not held against
the new one."""


@dataclass(frozen=True)
class Failure:
    """What did not come as expected: where it stands, one sentence, and around when it was.

    ``asked`` is the expectation as it was written, empty where no single one was.
    """

    place: Place
    sentence: str
    seconds: float
    asked: str = ""

    def __str__(self) -> str:
        return f"{self.asked}: {self.sentence}" if self.asked else self.sentence


def failures(dialog: Dialog, performed: Sequence[Performed], take: Take) -> Iterator[Failure]:
    """Yield every failure, in the order of the file."""
    for number, done in enumerate(performed):
        is_last = number + 1 == len(performed)
        before = float("inf") if is_last else performed[number + 1].start_seconds
        window = _Window(done, before, take, ("steps", number))
        yield from window.missed(dialog.steps[number].expect)
        yield from window.unwanted(dialog.steps[number].never)
    if len(performed) < len(dialog.steps):
        yield _never_came(dialog, len(performed), take)
    session = _Window(Performed(-1.0, -1.0), float("inf"), take, ())
    yield from session.unwanted(dialog.never)
    yield from _wrong_end(dialog, take)


@dataclass(frozen=True)
class _Window:
    """The time of one step: from its beginning until the next one begins."""

    step: Performed
    before_seconds: float
    take: Take
    place: Place

    def missed(self, expectations: Sequence[Expectation]) -> Iterator[Failure]:
        """Yield expectations that did not happen in this order, or at the wrong time."""
        earliest = self.step.start_seconds
        used: set[tuple[str, float]] = set()
        for number, expectation in enumerate(expectations):
            place = (*self.place, "expect", number)
            asked = str(expectation)
            until = self.before_seconds + _SAME_MOMENT_SECONDS
            happened = self._times(expectation, earliest, until)
            found = [time for time in happened if (asked, time) not in used]
            if not found:
                after = " nach dem, was davor steht," if number else ""
                yield Failure(place, f"Das ist{after} nicht passiert.", earliest, asked)
                continue
            used.add((asked, found[0]))
            yield from self._untimely(expectation, place, found[0])
            earliest = max(earliest, found[0] - _SAME_MOMENT_SECONDS)

    def unwanted(self, expectations: Sequence[Expectation]) -> Iterator[Failure]:
        """Yield what happened and must not."""
        for number, unwanted in enumerate(expectations):
            earliest = self.step.start_seconds + _SAME_MOMENT_SECONDS
            for time in self._times(unwanted, earliest, self.before_seconds)[:1]:
                place = (*self.place, "never", number)
                yield Failure(
                    place,
                    f"Das darf nicht passieren, kam aber nach {time:.2f} s.",
                    time,
                    str(unwanted),
                )

    def _times(self, expectation: Expectation, earliest: float, before: float) -> list[float]:
        happened = times(expectation, self.step.end_seconds, self.take)
        return [time for time in happened if earliest <= time < before]

    def _untimely(self, expectation: Expectation, place: Place, time: float) -> Iterator[Failure]:
        took = time - self.step.end_seconds
        if expectation.within is not None and took > expectation.within:
            wanted = f"spätestens nach {expectation.within:g} s"
        elif expectation.not_before is not None and took < expectation.not_before:
            wanted = f"frühestens nach {expectation.not_before:g} s"
        else:
            return
        sentence = f"Das kam nach {took:.2f} s, erwartet war es {wanted}."
        yield Failure(place, sentence, time, str(expectation))


def _never_came(dialog: Dialog, number: int, take: Take) -> Failure:
    when = dialog.steps[number].when
    sentence = f"Schritt {number + 1} kam nicht an die Reihe: {_waiting_for(when)}."
    place = ("steps", number, "when")
    return Failure(place, f"{sentence} {_for_how_long(dialog, when, take)}", take.seconds)


def _for_how_long(dialog: Dialog, when: When, take: Take) -> str:
    at = f"bei {take.seconds:.1f} s"
    if take.finished:
        return f"Das Training war {at} zu Ende."
    if take.timed_out:
        return f"Nach {dialog.limit:g} s war die Zeit des ganzen Tests um (limit)."
    if when.within is not None:
        return f"Gewartet habe ich {when.within:g} s, wie within es sagt; aufgehört habe ich {at}."
    return (
        f"Gewartet habe ich {PATIENCE_SECONDS:g} s, die Zeit der Wiederholungen nicht"
        f" mitgerechnet; aufgehört habe ich {at}. Wie lange es sein soll, sagt within."
    )


def _waiting_for(when: When) -> str:
    if when.said:
        return f"Nach dem Schritt davor hat der Coach „{when.said}“ nie zu Ende gesagt"
    if when.saying:
        return f"Nach dem Schritt davor hat der Coach „{when.saying}“ nie begonnen"
    if when.state:
        return f"Nach dem Schritt davor kam der Zustand „{when.state}“ nie"
    return "Die Zeit dieses Schrittes kam nie"


def _wrong_end(dialog: Dialog, take: Take) -> Iterator[Failure]:
    if dialog.end.finished and not take.finished:
        sentence = f"Nach {take.seconds:.1f} s hatte sich der Coach noch nicht verabschiedet."
        yield Failure(("end", "finished"), sentence, take.seconds)
    if dialog.end.state and not covers(dialog.end.state, take.state):
        sentence = f"Das Training endete im Zustand „{take.state}“."
        yield Failure(("end", "state"), sentence, take.seconds)
    problems = {e.text: e for e in reversed(take.events) if isinstance(e, Problem)}
    for problem in reversed(problems.values()):
        yield Failure((), f"Es gab ein Problem: {problem.text}", problem.seconds)
