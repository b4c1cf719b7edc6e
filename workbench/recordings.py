"""The project's own recordings of commands: synthetic users, see ``tests/recordings``."""

import csv

from skill.audio.files import read_recording
from skill.content.schema import Content
from skill.errors import SkillError
from workbench import CHECKOUT
from workbench.latency import Spoken

FOLDER = CHECKOUT / "tests" / "recordings"


def spoken_commands(content: Content) -> list[Spoken]:
    """Return every recording whose whole text is a command; SkillError outside a checkout."""
    manifest = FOLDER / "manifest.tsv"
    if not manifest.is_file():
        raise SkillError(
            f"The benchmark's recordings are missing: {manifest}.",
            "Run it in a checkout; they are no part of an installed package.",
        )
    with manifest.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return [
        Spoken(row["file"], content.vocabulary[row["text"]], read_recording(FOLDER / row["file"]))
        for row in rows
        if row["text"] in content.vocabulary
    ]
