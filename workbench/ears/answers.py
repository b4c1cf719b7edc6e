"""What listeners answered, clip by clip: the raw material of every figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rueckgrat.calibration.measuring import hear_all
from skill.ear.judge import LOW_CONFIDENCE
from skill.messages.heard import Heard, Listening
from skill.parts import EarLike
from workbench.ears.clips import Clip


@dataclass(frozen=True)
class Decided:
    """One utterance that was decided, on the clip's clock. ``command`` is empty if rejected."""

    command: str
    text: str
    confidence: float
    decided_seconds: float
    decision: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """What was decided in one clip, heard in one state of the coach.

    ``expected`` is the command said in it, empty if none; times in seconds, see ``Clip``.
    """

    clip: str
    speaker: str
    known: bool
    state: str
    expected: str
    end_seconds: float
    sound_seconds: float
    decided: tuple[Decided, ...]

    def accepted(self, live: frozenset[str]) -> list[Decided]:
        """Return the decisions that are obeyed where these commands count."""
        return [one for one in self.decided if one.command and name_of(one.command) in live]

    def of_no_use(self, live: frozenset[str]) -> list[Decided]:
        """Return the commands that are heard but don't count where these do."""
        return [one for one in self.decided if one.command and name_of(one.command) not in live]

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Answer":
        """Return what ``asdict`` made a dictionary of."""
        return cls(**{**kept, "decided": tuple(Decided(**one) for one in kept["decided"])})


def name_of(command: str) -> str:
    """Return the name of a command written with its slot: "number(8)" is "number"."""
    return command.partition("(")[0]


def meant_by(decided: Decided, vocabulary: Mapping[str, object]) -> str:
    """Return the command that was decided, or that only its confidence kept from counting."""
    if decided.command or decided.reason != LOW_CONFIDENCE:
        return decided.command
    return str(vocabulary.get(decided.text, ""))


def ask(
    ear: EarLike,
    clips: Iterable[Clip],
    state_of: Callable[[Clip], str],
    live_in: Callable[[str], frozenset[str]],
) -> list[Answer]:
    """Play clips to an ear, each in a state of the coach; return its answers.

    Clips of the same state follow each other, as in a session.
    """
    in_order = sorted(clips, key=state_of)
    heard = hear_all(ear, ((clip.pcm, Listening(live_in(state_of(clip)))) for clip in in_order))
    return [
        _answer(clip, state_of(clip), decided)
        for clip, decided in zip(in_order, heard, strict=True)
    ]


def as_dicts(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Return answers for JSON."""
    return [asdict(one) for one in answers]


def _answer(clip: Clip, state: str, heard: Sequence[Heard]) -> Answer:
    return Answer(
        clip.name,
        clip.speaker,
        clip.known,
        state,
        str(clip.command or ""),
        round(clip.end_seconds, 3),
        round(clip.sound_seconds, 3),
        tuple(
            Decided(
                str(one.command or ""),
                one.text,
                round(one.confidence, 3),
                round(one.decided_seconds, 3),
                one.decision.value,
                one.reason,
            )
            for one in heard
        ),
    )
