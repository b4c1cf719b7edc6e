"""Makes a dialog test of a person's own recordings."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from rueckgrat.calibration.measuring import Figures
from rueckgrat.calibration.store import write_text
from rueckgrat.replay.dialog import End, Step
from skill.errors import SkillError, reason
from skill.files import slug
from skill.paths import dialogs_dir
from skill.written.shapes import Shape
from skill.written.spoken import words
from skill.written.yaml_model import validate
from skill.written.yaml_source import read_yaml

TEMPLATE = "calibration-dialog.yaml"
RECORDINGS = "recordings"


class _Step(Step):
    optional: bool = False


class _Template(Shape):
    title: str
    steps: tuple[_Step, ...]
    end: End


class DialogTemplate:
    """The dialog to be filled with a person's recordings; ContentError where it is wrong."""

    def __init__(self, path: Path | None = None) -> None:
        source = read_yaml(path or dialogs_dir() / TEMPLATE)
        self._steps = validate(source, _Template).steps
        self._raw: Any = source.value

    @property
    def wanted(self) -> frozenset[str]:
        """All words that are said in it."""
        return frozenset(step.user for step in self._steps)

    def fill(self, spoken: Mapping[str, str]) -> str:
        """Return the dialog as YAML; ``spoken`` maps a word to the name of its recording.

        Raises SkillError that names the words without which it cannot go its way.
        """
        needed = {step.user for step in self._steps if not step.optional}
        if missing := sorted(needed - spoken.keys()):
            raise SkillError(
                f"Keine Aufnahme habe ich verstanden von: {', '.join(missing)}.",
                "Nimm noch einmal auf: rueckgrat calibrate --redo",
                code="not-understood",
                words=missing,
            )
        steps = [
            {key: value for key, value in raw.items() if key != "optional"}
            | {"user": spoken[step.user]}
            for step, raw in zip(self._steps, self._raw["steps"], strict=True)
            if step.user in spoken
        ]
        dialog = {**self._raw, "recordings": RECORDINGS, "steps": steps}
        order = ("title", "recordings", "steps", "end")
        return yaml.safe_dump(
            {key: dialog[key] for key in order}, allow_unicode=True, sort_keys=False, width=100
        )


def surest(figures: Figures, wanted: Iterable[str]) -> dict[str, str]:
    """Return the recording of each word of which the ear was surest, of those it understood."""
    best: dict[str, tuple[float, str]] = {}
    for one in figures.commands:
        word = words(one.recording.transcript)
        if word in wanted and one.right:
            candidate = (one.heard[0].confidence, one.recording.file)
            best[word] = max(best.get(word, candidate), candidate)
    return {word: file for word, (_, file) in best.items()}


def write_dialog_test(
    out: Path, name: str, recordings: Path, files: Mapping[str, str], template: DialogTemplate
) -> Path:
    """Write ``NAME.dialog.yaml`` and the recordings it needs; return the file.

    ``files`` maps words to files in the folder ``recordings``. SkillError when a word is missing,
    or ``out`` cannot be written.
    """
    named = {word: f"{slug(word)}{Path(file).suffix}" for word, file in files.items()}
    text = template.fill(named)
    folder = out / RECORDINGS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for word, file in files.items():
            shutil.copyfile(recordings / file, folder / named[word])
    except OSError as error:
        raise SkillError(
            f"{error.filename} kann ich nicht schreiben ({reason(error)}).",
            "Nimm einen anderen Ordner.",
            code="unwritable",
            path=error.filename,
        ) from error
    path = out / f"{name}.dialog.yaml"
    write_text(path, text)
    return path
