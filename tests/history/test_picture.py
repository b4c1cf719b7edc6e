import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from rueckgrat.history.weeks import CalendarWeek
from rueckgrat.pictures.colours import COACH
from rueckgrat.pictures.weeks import draw_weeks
from skill.messages.notes import Feeling

MONDAY = date(2026, 1, 5)
SVG = "{http://www.w3.org/2000/svg}"


def _week(number: int, repetitions: int, **feelings: int) -> CalendarWeek:
    felt = {Feeling(name): count for name, count in feelings.items()}
    return CalendarWeek(MONDAY + timedelta(weeks=number), 2, 2, 4, repetitions, felt)


def _boxes(svg: str) -> list[tuple[str, dict[str, str]]]:
    """Return what each explained box says, and its attributes."""
    boxes = ET.fromstring(svg).iter(f"{SVG}rect")
    return [
        (title.text or "", box.attrib)
        for box in boxes
        if (title := box.find(f"{SVG}title")) is not None
    ]


def _words(svg: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_bars_are_as_high_as_the_repetitions() -> None:
    svg = draw_weeks([_week(0, 40), _week(1, 0), _week(2, 80)])
    bars = [box for _, box in _boxes(svg) if box["fill"] == COACH]
    low, high = (float(box["height"]) for box in bars)
    assert high == pytest.approx(2 * low)
    bottoms = {float(box["y"]) + float(box["height"]) for box in bars}
    assert len(bottoms) == 1


def test_feelings_share_a_column() -> None:
    svg = draw_weeks([_week(0, 40, easy=1, hard=3)])
    felt = {text: float(box["height"]) for text, box in _boxes(svg) if "von" in text}
    assert felt["schwer: 3 von 4"] == pytest.approx(3 * felt["leicht: 1 von 4"])


def test_it_names_person_weeks_repetitions_and_trainings() -> None:
    words = _words(draw_weeks([_week(0, 40), _week(1, 37)], "Anna & Bert"))
    assert {"Dein Training, Anna & Bert", "05.01.", "12.01.", "40", "37", "2"} <= set(words)


@pytest.mark.parametrize("repetitions", [0, 1, 7, 99, 100, 12_345])
def test_the_scale_reaches_beyond_the_highest_bar_in_a_few_steps(repetitions: int) -> None:
    words = _words(draw_weeks([_week(0, repetitions)]))
    scale = [int(word) for word in words if word.isdigit()]
    assert max(scale) >= repetitions
    assert len(scale) <= 6 + 2


def test_dates_of_many_weeks_do_not_run_into_each_other() -> None:
    weeks = [_week(number, 10) for number in range(60)]
    root = ET.fromstring(draw_weeks(weeks))
    dates = (one for one in root.iter(f"{SVG}text") if re.fullmatch(r"..\...\.", one.text or ""))
    places = sorted(float(one.attrib["x"]) for one in dates)
    assert len(places) > 10
    assert min(right - left for left, right in pairwise(places)) >= 40


def test_pain_has_a_row_of_its_own_where_there_was_any() -> None:
    assert "tat weh" not in _words(draw_weeks([_week(0, 40)]))
    svg = draw_weeks([_week(0, 40), replace(_week(1, 37), pains=2)])
    assert {"tat weh", "Tat weh", "●2"} <= {*_words(svg)}
    height = float(ET.fromstring(svg).attrib["height"])
    below = [float(one.attrib["y"]) for one in ET.fromstring(svg).iter(f"{SVG}text")]
    assert max(below) < height
