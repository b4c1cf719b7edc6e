"""The coach's voice in the microphone: rows from outcomes, and once for real."""

from pathlib import Path
from typing import Any

import pytest

from rueckgrat.calibration.peers import CAUTIOUS, EAR, LISTENERS, PLAIN
from skill.models.catalogue import BUILT_IN
from skill.paths import models_dir
from workbench.ears import echo
from workbench.ears.contenders import Contender
from workbench.ears.measuring import Bench
from workbench.ears.over_voice import (
    Circumstance,
    level_rows,
    listen_over_voice,
    over_voice_details,
    over_voice_rows,
)


def _outcome(fired: list[str], right: int = 0, words: int = 0) -> dict[str, Any]:
    counts: dict[str, Any] = {"lines": 40, "seconds": 120.0, "words": words, "right": right}
    return counts | {"fired": fired, "latencies_seconds": [0.1] * right}


def test_no_own_line_may_fire_and_safety_words_must_come_through() -> None:
    alone = {who: _outcome(["stop", "next"] if who == PLAIN else []) for who in LISTENERS}
    over = {who: _outcome(["yes"], right=19 if who == EAR else 2, words=20) for who in LISTENERS}
    fired, recall, delay, others = level_rows(0.0, alone, over)
    assert (str(fired.values[EAR]), fired.met) == ("0 fired (in 40 lines, 2.0 min)", True)
    assert fired.values[PLAIN].number == 2
    assert (str(recall.values[EAR]), recall.met) == ("95 % (19/20)", True)
    assert recall.values[CAUTIOUS].number == 10
    assert str(delay.values[EAR]) == "100 ms (19 of 20)"
    assert str(others.values[EAR]) == "1 fired (in 20 lines spoken over)"


def test_the_goal_is_for_an_echo_as_loud_as_the_person() -> None:
    alone, over = ({who: _outcome([], 0, 10) for who in LISTENERS} for _ in range(2))
    goals = [
        next(r for r in level_rows(db, alone, over) if "%" in str(r.values)).goal
        for db in (-20.0, 0.0)
    ]
    assert goals == [None, 95.0]


def test_every_level_has_its_rows_and_the_ears_mistakes_are_named() -> None:
    found = {
        Circumstance(who, level_db, said_over): {
            **_outcome([f"{who} at {level_db:g}"]),
            "missed": [],
        }
        for who in LISTENERS
        for level_db in echo.LEVELS_DB
        for said_over in (False, True)
    }
    titles = [row.name for row in over_voice_rows(found) if row.name.startswith("own lines")]
    assert titles == [f"own lines that fire, echo {level:g} dB" for level in (-20, -10, 0)]
    fired = [one["fired"] for one in over_voice_details(found)]
    assert fired == [[f"ear at {level:g}"] for level in (-20, -10, 0) for _ in range(2)]


def test_without_a_canceller_words_over_the_loudest_echo_have_a_row_and_goal_of_their_own() -> None:
    found = {
        Circumstance(EAR, 0.0, True, canceller): _outcome([], right, 10)
        for canceller, right in ((True, 10), (False, 6))
    }
    recall = [row for row in over_voice_rows(found) if row.name.startswith("safety words")]
    with_it, without = (row for row in recall if EAR in row.values)
    assert (with_it.values[EAR].number, with_it.goal) == (100, 95.0)
    assert (without.values[EAR].number, without.goal, without.met) == (60, 70.0, False)
    assert without.name.endswith("without echo cancellation")


@pytest.mark.slow
def test_the_coach_is_heard_and_kept(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "nothing", tmp_path / "store")
    who = Contender(PLAIN, PLAIN, models_dir() / BUILT_IN)
    first = listen_over_voice(bench, who, -20.0, "test", False, 1_000)
    assert first["lines"] == 8
    assert first["seconds"] > 10
    assert len(list(bench.store.iterdir())) == 1
    assert listen_over_voice(bench, who, -20.0, "test", False, 1_000) == first


@pytest.mark.long
def test_safety_words_are_said_over_long_lines(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "nothing", tmp_path / "store")
    who = Contender(EAR, EAR, models_dir() / BUILT_IN)
    found = listen_over_voice(bench, who, -20.0, "test", True, 1_000)
    assert found["words"] == 6
    assert found["lines"] == found["words"] + echo.LEAD_LINES
    assert found["right"] >= 4, found["missed"]
