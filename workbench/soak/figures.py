"""The figures of a simulation: counted as it goes on, kept on disk, and judged at its end."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from skill.errors import SkillError
from skill.files import write_whole
from workbench.soak.resources import Sample

_MOST_TROUBLES = 200


@dataclass(frozen=True)
class Trouble:
    """Something that must not happen, and when; with the seed it can be made to happen again."""

    moment: str
    what: str
    before: tuple[str, ...] = ()
    """The last events before it, oldest first."""


def moment(seconds: float) -> str:
    """Return simulated seconds as hours, minutes and seconds."""
    tenths = round(seconds * 10)
    return f"{tenths // 36_000}:{tenths // 600 % 60:02}:{tenths % 600 / 10:04.1f}"


@dataclass
class Figures:
    """Everything counted so far. ``counts`` are by name, seconds are of this machine."""

    seed: int
    hours_done: float = 0.0
    jumps_seconds: float = 0.0
    runs: int = 0
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    ledger: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add_trouble(self, trouble: Trouble) -> None:
        """Note a broken promise; beyond 200 they are only counted."""
        self.counts["troubles"] += 1
        if len(self.troubles) < _MOST_TROUBLES:
            self.troubles.append(trouble)

    def as_dict(self) -> dict[str, object]:
        """Return everything for JSON. (``asdict`` cannot copy a Counter before Python 3.12.)"""
        return {
            **vars(self),
            "counts": dict(self.counts),
            "samples": [asdict(one) for one in self.samples],
            "troubles": [asdict(one) for one in self.troubles],
        }

    def save(self, file: Path) -> None:
        """Keep everything in a file, in one step."""
        write_whole(file, json.dumps(self.as_dict()))


def load(file: Path) -> Figures | None:
    """Return what was kept in a file; None if there is none. SkillError if it can't be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Figures(
            seed=kept["seed"],
            hours_done=kept["hours_done"],
            jumps_seconds=kept["jumps_seconds"],
            runs=kept["runs"],
            wall_seconds=kept["wall_seconds"],
            cpu_seconds=kept["cpu_seconds"],
            counts=Counter(kept["counts"]),
            seconds=dict(kept["seconds"]),
            samples=[Sample(**one) for one in kept["samples"]],
            troubles=[
                Trouble(one["moment"], one["what"], tuple(one["before"]))
                for one in kept["troubles"]
            ],
            ledger={person: (one[0], one[1]) for person, one in kept["ledger"].items()},
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SkillError(
            f"The progress of the endurance run in {file} cannot be read: {error}.",
            "Begin anew with --fresh.",
        ) from error
