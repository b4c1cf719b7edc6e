"""How sure each command must be: figures that belong to a speech model, and to a person.

A speech model comes with the figures measured for it, in ``ear.yaml`` in its folder. Calibration
writes a person's own for that model; they go over the model's, command by command:

    confidence:
      next: 0.62
      number: 0.4
"""

import logging
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from skill.content.schema import Content
from skill.ear.rules import EarRules
from skill.errors import SkillError, reason
from skill.files import is_closed, is_there, write_whole
from skill.paths import user_dir
from skill.written.mistakes import suggest
from skill.written.yaml_model import validate
from skill.written.yaml_source import YamlSource, read_yaml

_log = logging.getLogger(__name__)


class _Thresholds(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    confidence: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)


def model_file(model_dir: Path) -> Path:
    """Return where the figures of a speech model lie (they need not exist)."""
    return model_dir / "ear.yaml"


def own_file(model_dir: Path) -> Path:
    """Return where a person's figures for this speech model lie (they need not exist)."""
    return user_dir("data") / "ear" / f"{model_dir.resolve().name}.yaml"


def rules_for(content: Content, *files: Path) -> EarRules:
    """Return the ear's rules with the figures of these files, the last one over the others.

    A session reads both (``personal_rules``); a benchmark, which must not depend on who runs
    it, the first only. Files that are missing set nothing. Raises ContentError for one that is
    wrong.
    """
    confidence: dict[str, float] = {}
    for path in files:
        if is_there(path):
            confidence |= read_thresholds(path, content.commands, content.safety_commands)
    return EarRules(confidence_of=MappingProxyType(confidence))


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


def read_thresholds(
    path: Path, commands: Collection[str], safety: Collection[str]
) -> dict[str, float]:
    """Return the least confidence (0 to 1) of each command that the file names.

    Raises ContentError for unknown commands, for values outside 0 to 1, and for a safety command
    that would be harder to trigger than without the file.
    """
    source = read_yaml(path)
    return _checked(source, commands, safety)


def write_thresholds(
    path: Path, confidence: Mapping[str, float], safety: Collection[str], comment: str = ""
) -> None:
    """Write the figures, rounded to 0.01, in one step; ``comment`` says where they come from.

    A safety command is never made harder to trigger: its figure is cut at the rules' own. Raises
    SkillError where the file cannot be written.
    """
    most = EarRules().confidence_safety
    rounded = {
        name: round(min(value, most) if name in safety else value, 2)
        for name, value in sorted(confidence.items())
    }
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    try:
        write_whole(path, head + yaml.safe_dump({"confidence": rounded}, allow_unicode=True))
    except OSError as error:
        raise SkillError(
            f"Die Schwellen kann ich nicht in {path} schreiben ({reason(error)}).",
            "Erlaub mir, in den Ordner zu schreiben, oder nenn mit RUECKGRAT_HOME einen anderen.",
            code="thresholds-unwritable",
            path=path,
        ) from error


def _checked(
    source: YamlSource, commands: Collection[str], safety: Collection[str]
) -> dict[str, float]:
    confidence = validate(source, _Thresholds).confidence
    most = EarRules().confidence_safety
    for name, value in confidence.items():
        place = ("confidence", name)
        if name not in commands:
            raise source.error(place, "nennt keinen Befehl", suggest(name, commands))
        if name in safety and value > most:
            raise source.error(
                place,
                f"darf nicht {value} sein, denn Stopp und Schmerz muss ich leicht hören",
                f"Schreib {most} oder weniger.",
            )
    return confidence
