"""What is said about a wrong figure: where it is, what is wrong, and how to mend it."""

from pathlib import Path

import pytest

from rueckgrat.exercises.check import check_path
from rueckgrat.figures.lint import figures_wrong

SHIPPED = Path("dialogs/exercises/bruecke.yaml").resolve()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("knee: 144", "kne: 144", "„start“, „kne“ kenne ich nicht. Meinst du „knee“?"),
        ("knee: 144", "knee: viel", "„knee“ ist keine Zahl: „viel“. Schreib eine Zahl wie 2.5"),
        ("knee: 144", "knee: 160", "„knee“ ist 160 Grad, und so weit geht das Gelenk nicht."),
        ("like: start, on: [back, feet], lean: -117", "like: strat", "kennt „strat“ nicht. Meinst"),
        ("like: start, on: [back, feet], lean: -117", "like: heben", "beruht auf sich selbst."),
        ("senken: start", "senkn: start", "„senkn“ ist keine Phase der Übung. Meinst du „senken“?"),
        ("senken: start", "senken: strt", "kennt „strt“ nicht. Meinst du „start“?"),
        ("senken: start", "oben: start", "sagt nicht, wohin die Bewegung „senken“ geht"),
        ("knee: 144", "knee: 100", "schwebt, obwohl „on“ sie nennt: Zehen rechts"),
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
    text = SHIPPED.read_text(encoding="utf-8")
    head, figure = text[: text.index("\nfigure:\n") + 1], text[text.index("\nfigure:\n") + 1 :]
    assert old in figure
    folder = tmp_path / "exercises"
    folder.mkdir()
    path = folder / "bruecke.yaml"
    path.write_text(head + figure.replace(old, new, 1), encoding="utf-8")
    mistakes = check_path(path, (), None, [figures_wrong]).mistakes
    lines = {one.line for one in mistakes if said in str(one)}
    assert lines, [str(one) for one in mistakes]
    assert max(line or 0 for line in lines) > head.count("\n")
    assert all(f"{path}, Zeile " in str(one) for one in mistakes)
