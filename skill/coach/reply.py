"""What a command gets that is answered in place: the session stays where it is."""

from dataclasses import dataclass

from skill.coach.prompts import Words
from skill.messages.cues import SetVolume


@dataclass(frozen=True)
class Reply:
    """Lines that are said at once, or a tone where there are none.

    ``tempo_ratio`` is new tempo / old tempo where the tempo has changed, ``volume`` what it is
    from now on. ``lingers``: more may be wanted, so there is some time to say so.
    """

    lines: tuple[Words, ...] = ()
    tempo_ratio: float = 1.0
    volume: SetVolume | None = None
    lingers: bool = False
