"""A person's own folder for tests: exercises made from the example of ``exercise new``."""

from pathlib import Path

from rueckgrat.exercises.draft import as_yaml, example
from tests.content.dialogs_copy import DialogsCopy

PROGRAMME = """\
title: Kleine Runde
spoken_names: [kleine runde]
purpose: Macht wach.
introduction: [Nun die kleine Runde.]
exercises: [welle, bruecke]
"""

TOPIC = """\
topics:
  schlafen:
    title: Schlafen
    questions: [wie schlafe ich gut, wie soll ich schlafen]
    answer: [Am besten immer wieder anders.]
"""


class OwnFolder(DialogsCopy):
    """Begins empty; `replace` damages what was written."""

    def text(self, name: str, text: str) -> Path:
        self.write(name, text.encode())
        return self.folder / name

    def exercise(self, exercise_id: str, title: str, spoken_name: str) -> Path:
        text = as_yaml(example(title, spoken_name))
        return self.text(f"exercises/{exercise_id}.yaml", text)
