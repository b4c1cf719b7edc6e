"""What is said about a wrong figure: where it is, what is wrong, and how to mend it."""

import re
from pathlib import Path

import pytest
import yaml

from rueckgrat.figures.lint import figure_findings
from skill.content.dialog_files import read_file
from skill.content.exercise import Exercise
from skill.content.figure import Figure
from skill.content.loader import load_content
from skill.errors import ContentError
from skill.paths import dialogs_dir

SHIPPED = (dialogs_dir() / "exercises" / "bruecke.yaml").read_text(encoding="utf-8")
HEAD = re.sub(r"^( *)figure:\n(\1 +.*\n)*", "", SHIPPED, flags=re.MULTILINE)
FIGURE = """\
figure:
  poses:
    start: {rests_on: [back, pelvis, feet], at: -0.28, lean: -90, hip: 67, knee: 144, ankle: -13}
    heben: {rests_on: [back, feet], like: start, lean: -117, neck: 27, hip: -3, knee: 123, ankle: 9}
  phases: {senken: start}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("knee: 144", "kne: 144", "„start“, „kne“ kenne ich nicht. Meinst du „knee“?"),
        ("knee: 144", "knee: viel", "„knee“ ist keine Zahl: „viel“. Schreib eine Zahl wie 2.5"),
        ("knee: 144", "knee: 160", "„knee“ ist 160 Grad, und so weit geht das Gelenk nicht."),
        (
            "like: start, lean: -117",
            "like: strat",
            "kennt „strat“ nicht. Meinst",
        ),
        (
            "like: start, lean: -117",
            "like: heben",
            "beruht auf sich selbst.",
        ),
        ("senken: start", "senkn: start", "„senkn“ ist keine Phase der Übung. Meinst du „senken“?"),
        ("senken: start", "senken: strt", "kennt „strt“ nicht. Meinst du „start“?"),
        ("senken: start", "oben: start", "sagt nicht, wohin die Bewegung „senken“ geht"),
        ("knee: 144", "knee: 100", "schwebt, obwohl „rests_on“ sie nennt: Zehen rechts"),
        ("ankle: -13", "ankle: -59", "steckt im Boden: Zehen rechts"),
        ("at: -0.28", "at: -0.98", "ragt über den Rand: Kopf"),
        ("at: -0.28", "at: weit", "„at“ ist keine Zahl"),
        ("pelvis, feet]", "pelvis, fet]", "kennt „fet“ nicht. Meinst du „feet“?"),
        ("figure:\n  poses:", "figure:\n  wall: 0\n  poses:", "steckt in der Wand: Zehen rechts"),
        (
            "figure:\n  poses:",
            "figure:\n  view: oben\n  poses:",
            "Erlaubt ist „side“ oder „above“.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_mend(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert old in FIGURE
    folder = tmp_path / "exercises"
    folder.mkdir()
    path = folder / "bruecke.yaml"
    path.write_text(HEAD + FIGURE.replace(old, new, 1), encoding="utf-8")
    mistakes = _mistakes(path)
    found = [one for one in mistakes if said in str(one)]
    assert found, [str(one) for one in mistakes]
    line = found[0].line
    assert line is not None
    assert line > HEAD.count("\n")
    assert f"{path}, Zeile {line}: " in str(found[0])


def test_the_figure_is_right_without_a_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "bruecke.yaml").write_text(HEAD + FIGURE, encoding="utf-8")
    assert _mistakes(folder / "bruecke.yaml") == []


def _mistakes(path: Path) -> list[ContentError]:
    try:
        file = read_file("exercises", path)
    except ContentError as error:
        return list(error.mistakes)
    assert isinstance(file.shape, Exercise)
    findings = figure_findings(file.shape)
    return [file.source.error(one.location, one.problem, one.mend) for one in findings]


@pytest.mark.parametrize("page", ["adding-an-exercise.md", "figures.md", "de/eigene-uebungen.md"])
def test_the_figures_in_the_documents_are_right(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    written = [block[block.index("figure:") :] for block in blocks if "figure:" in block]
    assert written
    for block in written:
        figure = Figure.model_validate(yaml.safe_load(block)["figure"])
        exercise = load_content().exercise("bruecke")
        names = [name for name in (*figure.poses, *figure.phases) if name != "start"]
        phases = [exercise.phases[0].model_copy(update={"name": name}) for name in names]
        other = {"figure": figure, "phases": tuple(phases), "easier": None, "harder": None}
        found = figure_findings(exercise.model_copy(update=other))
        assert [(one.location, one.problem) for one in found] == []
