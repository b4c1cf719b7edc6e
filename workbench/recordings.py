"""The project's own recordings of commands: synthetic users, see ``tests/recordings``."""

import csv

from rueckgrat.recordings.files import read_recording
from skill.content.schema import Content
from skill.errors import SkillError
from workbench import CHECKOUT
from workbench.latency import Spoken

FOLDER = CHECKOUT / "tests" / "recordings"


def manifest() -> list[tuple[str, str]]:
    """Return file and text of every recording, as said; SkillError outside a checkout."""
    path = FOLDER / "manifest.tsv"
    if not path.is_file():
        raise SkillError(
            f"The recordings of the workbench are missing: {path}.",
            "Run it in a checkout; they are no part of an installed package.",
        )
    with path.open(encoding="utf-8", newline="") as table:
        return [(row["file"], row["text"]) for row in csv.DictReader(table, delimiter="\t")]


def spoken_commands(content: Content) -> list[Spoken]:
    """Return every recording whose whole text is a command; SkillError outside a checkout."""
    return [
        Spoken(file, content.vocabulary[text], read_recording(FOLDER / file))
        for file, text in manifest()
        if text in content.vocabulary
    ]
