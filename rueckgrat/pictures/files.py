"""A picture as a file."""

from pathlib import Path

from skill.errors import SkillError, reason
from skill.files import write_whole


def write_svg(path: Path, svg: str) -> None:
    """Write an SVG to a file, whole or not at all; SkillError when that is impossible."""
    try:
        write_whole(path, svg)
    except OSError as error:
        raise SkillError(
            f"{path} kann ich nicht schreiben ({reason(error)}).",
            "Nimm einen anderen Ordner.",
            code="unwritable",
            path=path,
        ) from error
