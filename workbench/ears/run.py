"""One run: every kind of measurement with one model, and what to say about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.content.loader import load_content
from skill.models.catalogue import BUILT_IN, choose_model, find_models
from workbench.ears import rows, table
from workbench.ears.contenders import Contender
from workbench.ears.corpora import Part
from workbench.ears.cost import cost_rows
from workbench.ears.details import details_of
from workbench.ears.figures import Figure
from workbench.ears.measuring import Bench, Measured, measure_all
from workbench.ears.over_voice import (
    measure_over_voice,
    over_voice_details,
    over_voice_rows,
)
from workbench.ears.reliability import reliability_rows
from workbench.ears.rows import Answers
from workbench.ears.scenes import scenes

NOTES = (
    "Part: {parts}. Every speaker belongs to one part: thresholds are chosen on tune, goals judged"
    " on test. Speakers that nobody has named are test.",
    "Heard in training: the recipe of the built-in model learns from these voices, so that the row"
    " says little about strangers. Of noise and rooms it has heard four fifths.",
    "No false accept in T hours shows, with 95 % certainty, a rate below 3/T per hour only.",
    "Words are cut where the built-in model finds them; words that it doesn't find are left out,"
    " which flatters every model.",
)


@dataclass(frozen=True)
class Report:
    """What a run with one model found."""

    model: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    measured: tuple[Measured, ...]
    details: dict[str, Any]
    one_in: int = 1

    @property
    def title(self) -> str:
        """Return the title of the table."""
        share = f", one clip in {self.one_in}" if self.one_in > 1 else ""
        return f"The ear with {self.model}, part {' + '.join(self.parts)}{share}"

    @property
    def notes(self) -> list[str]:
        """Return what has to be known to read the table."""
        return [note.format(parts=" + ".join(self.parts)) for note in NOTES]

    def as_dict(self) -> dict[str, Any]:
        """Return the report for JSON."""
        about = {"parts": self.parts, "one_in": self.one_in, "notes": self.notes}
        return table.as_dict(self.model, self.figures, {**about, **self.details})


def measured_models(chosen: str) -> list[Path]:
    """Return the models to measure: the chosen one, or the built-in one and what was fetched."""
    if chosen:
        return [choose_model(chosen)]
    fetched = [model.path for model in find_models() if model.name != BUILT_IN]
    return [choose_model(BUILT_IN), *fetched]


def run_all(
    bench: Bench,
    asked: Sequence[Contender],
    parts: Sequence[Part],
    *,
    one_in: int,
    jobs: int,
    report: Callable[[str], None],
) -> Report:
    """Measure everything with one clip in ``one_in``; the first who is asked is judged.

    ``report`` gets a line for each piece of work done.
    """
    measured = tuple(measure_all(bench, scenes(parts, one_in), asked, jobs, report))
    found = Answers(measured, load_content())
    over_voice = measure_over_voice(bench, asked, parts, one_in=one_in, jobs=jobs, report=report)
    figures = [
        *rows.rows(found),
        *reliability_rows(found),
        *over_voice_rows(over_voice),
        *cost_rows(bench, asked, one_in=one_in, report=report),
    ]
    details = {**details_of(found), "over_voice": over_voice_details(over_voice)}
    model = asked[0].model.name
    return Report(model, tuple(parts), tuple(figures), measured, details, one_in)
