"""How sure each command must be: figures that belong to a speech model, and to a person.

A speech model comes with the figures measured for it, in ``ear.yaml`` in its folder: what its
confidence is worth, as a curve (see ``EarRules``), and the least confidence of single commands.
Calibration writes a person's own for that model, without a curve; they go over the model's, command
by command:

    probability:
    - [0.0, 0.2]
    - [1.0, 0.98]
    confidence:
      next: 0.62
      number: 0.4
"""

import logging
from collections.abc import Collection
from itertools import pairwise
from operator import lt
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from skill.content.schema import Content
from skill.ear.rules import Curve, EarRules
from skill.files import is_closed, is_there
from skill.paths import user_dir
from skill.written.mistakes import suggest
from skill.written.yaml_model import validate
from skill.written.yaml_source import YamlSource, read_yaml

_log = logging.getLogger(__name__)


_Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class EarFigures(BaseModel):
    """What a file says: the least confidence by command, and the curve; both may be empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    confidence: dict[str, _Share] = Field(default_factory=dict)
    probability: tuple[tuple[_Share, _Share], ...] = ()


def model_file(model_dir: Path) -> Path:
    """Return where the figures of a speech model lie (they need not exist)."""
    return model_dir / "ear.yaml"


def own_file(model_dir: Path) -> Path:
    """Return where a person's figures for this speech model lie (they need not exist)."""
    return user_dir("data") / "ear" / f"{model_dir.resolve().name}.yaml"


def rules_for(content: Content, *files: Path) -> EarRules:
    """Return the ear's rules with the figures of these files, the last one over the others.

    A file without a curve names the recogniser's own confidence, which goes along the curve of the
    others.

    A session reads both (``personal_rules``); a benchmark, which must not depend on who runs
    it, the first only. Files that are missing set nothing. Raises ContentError for one that is
    wrong.
    """
    confidence: dict[str, float] = {}
    curve: Curve = ()
    for path in files:
        if is_there(path):
            figures = read_figures(path, content.commands, content.safety_commands)
            curve, own = figures.probability or curve, figures.confidence
            if not figures.probability:
                own = {name: EarRules(curve).probability(value) for name, value in own.items()}
            confidence |= own
    rules = EarRules(confidence_of=MappingProxyType(confidence))
    return rules.calibrated(curve)


def personal_rules(content: Content, model_dir: Path) -> EarRules:
    """Return the rules a session listens by: the model's figures, and the person's over them.

    Raises ContentError for a file that is wrong. A file of theirs that may not be read is left out,
    with a warning.
    """
    shipped, own = model_file(model_dir), own_file(model_dir)
    if is_there(own) and is_closed(own):
        _log.warning("Deine Schwellen in %s darf ich nicht lesen, es gelten die üblichen.", own)
        return rules_for(content, shipped)
    return rules_for(content, shipped, own)


def read_figures(path: Path, commands: Collection[str], safety: Collection[str]) -> EarFigures:
    """Return what the file says.

    Raises ContentError for unknown commands, for values outside 0 to 1, for a safety command
    that would be harder to trigger than without the file, and for a curve that does not rise.
    """
    return _checked(read_yaml(path), commands, safety)


def most_for_safety(curve: Curve) -> float:
    """Return the most that a file with this curve may ask of a safety command."""
    return EarRules().calibrated(curve).confidence_safety


def _checked(source: YamlSource, commands: Collection[str], safety: Collection[str]) -> EarFigures:
    figures = validate(source, EarFigures)
    most = most_for_safety(figures.probability)
    for name, value in figures.confidence.items():
        place = ("confidence", name)
        if name not in commands:
            raise source.error(place, "nennt keinen Befehl", suggest(name, commands))
        if name in safety and value > most:
            raise source.error(
                place,
                f"darf nicht {value} sein, denn Stopp und Schmerz muss ich leicht hören",
                f"Schreib {most:.2g} oder weniger.",
            )
    if len(figures.probability) == 1:
        raise source.error(
            ("probability",), "hat nur ein Paar", "Schreib zwei oder mehr, oder nimm es heraus."
        )
    for index, (one, other) in enumerate(pairwise(figures.probability), 1):
        if not all(map(lt, one, other)):
            raise source.error(
                ("probability", index),
                "steigt nicht, denn je sicherer ich bin, desto öfter muss es stimmen",
                "Schreib beide Zahlen größer als die des Paares davor.",
            )
    return figures
