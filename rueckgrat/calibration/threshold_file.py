"""Writes the figures that ``skill.ear.thresholds`` reads: a model's, or a person's own."""

from collections.abc import Collection, Mapping
from math import floor
from pathlib import Path

import yaml

from skill.ear.rules import Curve
from skill.ear.thresholds import most_for_safety
from skill.errors import SkillError, reason
from skill.files import write_whole


def write_thresholds(
    path: Path,
    confidence: Mapping[str, float],
    safety: Collection[str],
    comment: str = "",
    curve: Curve = (),
) -> None:
    """Write the figures, rounded to 0.01, in one step; ``comment`` says where they come from.

    A ``curve`` is written as it is. A safety command is never made harder to trigger: its figure
    is cut at the rules' own. Raises SkillError where the file cannot be written.
    """
    most = most_for_safety(curve)
    rounded = {
        name: floor(100 * min(value, most)) / 100 if name in safety else round(value, 2)
        for name, value in sorted(confidence.items())
    }
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    pairs = "".join(f"- [{said:g}, {right:g}]\n" for said, right in curve)
    if pairs:
        head += f"probability:\n{pairs}"
    try:
        write_whole(path, head + yaml.safe_dump({"confidence": rounded}, allow_unicode=True))
    except OSError as error:
        raise SkillError(
            f"Die Schwellen kann ich nicht in {path} schreiben ({reason(error)}).",
            "Erlaub mir, in den Ordner zu schreiben, oder nenn mit RUECKGRAT_HOME einen anderen.",
            code="thresholds-unwritable",
            path=path,
        ) from error
