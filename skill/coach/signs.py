"""Warning signs: what a person does who names one. Pure.

The ids are those under ``signs`` of the row ``pain`` in ``dialogs/commands.yaml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from skill.coach.prompts import Line


@dataclass(frozen=True)
class Advice:
    """What to do. ``lines`` come in their order; the last one is also said at parting.

    ``gravity`` is the higher, the sooner somebody else has to help. ``leaves``: the person is
    guided out of the posture of an exercise first. ``rests``: who is in none is told to lie or sit
    down; the lines of the others say themselves how.
    """

    lines: tuple[Line, ...]
    gravity: int = 0
    leaves: bool = True
    rests: bool = False


_EMERGENCY = Advice((Line.SIGN_EMERGENCY,), gravity=2, rests=True)
_FALL = Advice((Line.SIGN_FALL,), gravity=1, leaves=False)  # who fell is in no posture any more
_DIZZY = Advice((Line.SIGN_DIZZY, Line.SIGN_WATCH))
_SICK = Advice((Line.SIGN_SICK, Line.SIGN_WATCH))
_NUMB = Advice((Line.SIGN_NUMB, Line.SIGN_NUMB_MORE), rests=True)

ADVICE: Mapping[str, Advice] = {
    "chest": _EMERGENCY,
    "breath": _EMERGENCY,
    "paralysis": _EMERGENCY,
    "fall": _FALL,
    "dizzy": _DIZZY,
    "sick": _SICK,
    "numb": _NUMB,
}

_UNKNOWN = Advice((Line.SIGN_WATCH,), rests=True)


def advice(sign: str) -> Advice:
    """Return what to do; to a sign of which nothing is known, what is true of all of them."""
    return ADVICE.get(sign, _UNKNOWN)


def graver(sign: str, other: str) -> str:
    """Return which of two signs counts; of equally grave ones, and besides none, the ``other``."""
    if not other or not sign:
        return sign or other
    return sign if advice(sign).gravity > advice(other).gravity else other
