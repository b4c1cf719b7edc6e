"""What is known of a pain: where it is, whether it is gone, what it forbids today. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from skill.content.exercise import BodyPart, Exercise

_CUT_LETTERS = 4
"""Of a word that was cut: fewer letters may begin anything."""

_EVERYWHERE = frozenset(get_args(BodyPart))


@dataclass
class Complaint:
    """A pain, as far as the person has told.

    ``exercise`` is the one it came in, None outside of any. ``places`` are body parts: None until
    it was asked where it is, none where the person has named none. ``before`` are those that hurt
    earlier in this session. ``gone`` and ``spreads`` are None until they were asked.
    """

    exercise: Exercise | None = None
    before: frozenset[str] = frozenset()
    places: frozenset[str] | None = None
    gone: bool | None = None
    spreads: bool | None = None

    @property
    def spared(self) -> frozenset[str]:
        """What is not loaded any more today: where it hurts, or might, by what was trained."""
        if self.exercise is None:
            return self.before
        return self.before | (self.places or loads_of(self.exercise))

    def add(self, places: frozenset[str]) -> None:
        """Take note of body parts that were named."""
        if places:
            self.places = (self.places or frozenset()) | places


def loads_of(exercise: Exercise) -> frozenset[str]:
    """Return the body parts that an exercise loads: all, where nobody has written down which."""
    return _EVERYWHERE if exercise.loads is None else frozenset(exercise.loads)


def named_places(text: str, words: Mapping[str, str]) -> frozenset[str]:
    """Return the body parts that these words name; ``words`` maps each to its body part.

    Pain is acted on before all of it was said: of the last word there may be a part only.
    """
    said = text.split()
    cut = said[-1] if said and len(said[-1]) >= _CUT_LETTERS else ""
    whole = {words[word] for word in said if word in words}
    return frozenset(whole | {words[one] for one in words if cut and one.startswith(cut)})
