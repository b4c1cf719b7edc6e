"""Figures on disk and their verdict; the picture of memory."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from skill.errors import SkillError
from workbench.soak.figures import Figures, Trouble, load
from workbench.soak.plot import draw_memory
from workbench.soak.resources import Sample
from workbench.soak.verdict import is_good, rows


def lived(slope: float = 0.1, files: int = 7) -> Figures:
    figures = Figures(seed=4, hours_done=6.0, runs=1, wall_seconds=600.0, cpu_seconds=300.0)
    figures.samples = [
        Sample(1, step / 10, 130.0 + slope * step / 10, 7 if step < 50 else files, 3)
        for step in range(60)
    ]
    return figures


def broken(figures: Figures) -> list[str]:
    return [row.name for row in rows(figures) if row.kept is False]


def test_a_life_without_trouble_is_good() -> None:
    assert is_good(lived())


def test_growing_memory_is_not() -> None:
    assert broken(lived(slope=1.1)) == ["memory growth"]


def test_files_left_open_are_not() -> None:
    assert broken(lived(files=8)) == ["open files"]


def test_a_trouble_is_not() -> None:
    figures = lived()
    figures.add_trouble(Trouble("1:02:03.4", "stuck"))
    assert broken(figures) == ["broken promises"]


def test_being_misunderstood_too_often_is_not() -> None:
    figures = lived()
    figures.counts |= {"said: command in quiet": 100, "understood: command in quiet": 91}
    assert is_good(figures)
    figures.counts["understood: command in quiet"] = 89
    assert broken(figures) == ["command in quiet, understood the first time"]


def test_figures_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    figures = lived()
    figures.counts["visits"] = 3
    figures.seconds["awake"] = 1.5
    figures.ledger = {"anna": (2, "ab")}
    figures.add_trouble(Trouble("1:02:03.4", "stuck", ("before",)))
    figures.save(tmp_path / "progress.json")
    assert load(tmp_path / "progress.json") == figures
    assert load(tmp_path / "nothing.json") is None


@pytest.mark.parametrize("text", ["", "[]", '{"seed": 1}'])
def test_progress_that_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "progress.json").write_text(text)
    with pytest.raises(SkillError, match="--fresh"):
        load(tmp_path / "progress.json")


def test_the_picture_has_a_line_for_each_step_within_a_run() -> None:
    samples = [*lived().samples, *(Sample(2, 6.0 + i / 10, 90.0, 7, 3) for i in range(5))]
    svg = draw_memory(samples, 4)
    drawn = [one for one in ElementTree.fromstring(svg).iter() if one.get("stroke-width") == "1.5"]
    assert len(drawn) == 59 + 4
