"""Who is asked, and by which name."""

from pathlib import Path

from rueckgrat.calibration.peers import CAUTIOUS, EAR, PLAIN
from skill.content.loader import load_content
from skill.understanding import Understanding
from workbench.ears.contenders import PHRASES, contenders, in_order, phrases_only

MODEL = Path("models/small")


def test_the_judged_ear_comes_first_and_plain_loops_last() -> None:
    asked = contenders(MODEL, Path("other/large"), phrases=True)
    titles = [one.title for one in asked]
    assert titles == [EAR, "ear, large", PHRASES, f"{PHRASES}, large", PLAIN, CAUTIOUS]
    assert in_order(titles[::-1])[0] == EAR
    assert in_order(titles[::-1])[-2:] == [CAUTIOUS, PLAIN]
    assert {one.model.name for one in asked if one.is_peer} == {"small"}


def test_two_models_of_one_name_are_told_by_their_folders() -> None:
    assert contenders(MODEL, Path("before/small"))[1].title == "ear, before/small"


def test_without_understanding_a_listed_phrase_is_all_that_counts() -> None:
    content = load_content()
    for text, whole, listed in (("weiter", "next", "next"), ("mach bitte weiter", "next", "")):
        for known, expected in ((content, whole), (phrases_only(content), listed)):
            meant = Understanding(known).text(text, content.live_commands("exercise.repeat"))
            assert str(meant.command or "") == expected
