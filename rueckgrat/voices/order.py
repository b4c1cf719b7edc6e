"""In which order lines are rendered ahead: what matters most is ready first."""

from collections.abc import Iterable, Iterator

from skill.coach.scripts import NEVER_SAID_ALONE
from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.written.spoken import sentences

_SAFETY = ("pain", "sign", "safety", "help", "paused")
"""What is said when somebody hurts, stops, or is asked about it: lines begin with one of these."""


def most_important_first(content: Content, everything: Iterable[str]) -> list[str]:
    """Return all sentences: safety, what every session says, the programmes, and the rest.

    The exercises come as the programmes have them. Within each part the order stays.
    """
    ranks: dict[str, int] = {}
    for rank, sentence in _ranked(content):
        ranks[sentence] = min(rank, ranks.get(sentence, rank))
    last = max(ranks.values(), default=0) + 1
    return sorted(dict.fromkeys(everything), key=lambda sentence: ranks.get(sentence, last))


def _ranked(content: Content) -> Iterator[tuple[int, str]]:
    """Yield the sentences that are said as they are written, with their ranks."""
    in_programmes = [one for programme in content.programmes for one in programme.exercises]
    places = {name: 2 + at for at, name in enumerate(dict.fromkeys(in_programmes))}
    rest = 2 + len(places)
    for (kind, owner), location, line in spoken_lines(content):
        if NEVER_SAID_ALONE.intersection(location):
            continue
        if owner.partition(".")[0] in _SAFETY or "leave" in location:
            rank = 0
        elif kind == "exercises":
            rank = places.get(owner, rest)
        else:
            rank = rest if kind == "knowledge" else 1
        yield from ((rank, sentence) for sentence in sentences(line) if "{" not in sentence)
