"""What fired is judged by its row: right, wrong, too much, nothing; and the goals are judged."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from rueckgrat.calibration.peers import EAR, PLAIN
from rueckgrat.understanding.table import TableRow, UtteranceKind
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from workbench.ears.clips import padded
from workbench.ears.conditions import CLEAN
from workbench.understanding.clips import TEXT, running_tap
from workbench.understanding.table import as_lines, as_table
from workbench.understanding.tally import figures, misses, noises
from workbench.understanding.trying import (
    SOUNDS,
    UTTERANCES,
    Found,
    Tried,
    listen,
    read_as_text,
)

STOP = TableRow(2, "exercise.repeat", ("stop",), "oh stopp")
EIGHT = TableRow(3, "menu.count", ("number(8)",), "ich mache acht")
TALK = TableRow(4, "exercise.repeat", ("-",), "das wetter ist schön")


@pytest.fixture(scope="module")
def dialogs() -> Content:
    return load_content()


class ScriptedEar:
    """Decides what it was told to, one list for each clip: a clip begins with a loud sample."""

    def __init__(self, script: Sequence[Sequence[Command]]) -> None:
        self._script: Iterator[Sequence[Command]] = iter(script)
        self._blocks = 0
        self.live: list[frozenset[str]] = []

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self._blocks += 1
        if not block.any():
            return []
        self.live.append(listening.live)
        now = self._blocks * BLOCK_SECONDS
        return [
            Heard(one, "text", 1.0, now - 0.1, now, now, Decision.EARLY)
            for one in next(self._script)
        ]


def clip() -> Pcm:
    return np.full(EAR_RATE_HZ // 10, 5_000, dtype=np.int16)


@pytest.mark.parametrize(
    ("row", "fired", "right", "false_commands"),
    [
        (STOP, ["stop"], True, 0),
        (STOP, [], False, 0),
        (STOP, ["pause"], False, 1),
        (STOP, ["stop", "pause"], False, 1),
        (STOP, ["stop", "stop"], True, 0),
        (replace(STOP, commands=("pain", "stop")), ["stop"], True, 0),
        (EIGHT, ["number(8)"], True, 0),
        (EIGHT, ["number(9)"], False, 1),
        (replace(EIGHT, commands=("number",)), ["number(9)"], True, 0),
        (TALK, [], True, 0),
        (TALK, ["next"], False, 1),
        (replace(TALK, commands=("-", "next")), ["next"], True, 0),
        (replace(TALK, commands=("-", "next")), [], True, 0),
    ],
)
def test_judging(row: TableRow, fired: list[str], right: bool, false_commands: int) -> None:
    tried = Tried(row, "f3", tuple(fired))
    assert (tried.right, tried.false_commands) == (right, false_commands)


def test_three_rows_of_which_one_is_right(dialogs: Content) -> None:
    said = [(row, padded(clip(), 0.5, 1.2, None)) for row in (STOP, EIGHT, TALK)]
    # Played in the order of their states; "number" does not count while somebody trains.
    ear = ScriptedEar([[Command("stop")], [Command("number", "8")], [Command("number", "9")]])
    tried = listen(ear, said, "f3", dialogs)
    assert [one.row for one in tried] == [STOP, TALK, EIGHT]
    assert [one.fired for one in tried] == [("stop",), (), ("number(9)",)]
    assert [one.right for one in tried] == [True, True, False]
    assert ear.live == [dialogs.live_commands(one.row.state) for one in tried]
    assert tried[0].delay_seconds == pytest.approx(0.0, abs=0.1)

    found = [Found(EAR, UTTERANCES, CLEAN, tuple(tried))]
    (row,) = figures(found)
    shares = {kind: (one.right, one.total, one.met) for kind, one in row.shares.items()}
    assert shares == {
        UtteranceKind.SAFETY: (1, 1, True),
        UtteranceKind.COMMANDS: (0, 1, False),
        UtteranceKind.TALK: (1, 1, True),
    }
    assert (row.false_commands, row.asked_back, row.tried) == (1, 0, 3)
    (line,) = as_lines(misses(found))
    assert line.startswith(
        'clean, f3, menu.count: "ich mache acht" means number(8), fired number(9)'
    )
    assert as_table("title", [row], []).row_count == 2


def test_answers_survive_being_kept() -> None:
    tried = Tried(EIGHT, "f3", ("number(8)",), ("next",), ("number(8): acht",), 0.2, 4.0)
    kept = {**vars(tried), "row": {**vars(EIGHT), "commands": list(EIGHT.commands)}}
    assert Tried.from_dict(kept) == tried


def test_text_needs_no_sound(dialogs: Content) -> None:
    ear, plain = read_as_text([STOP, EIGHT, TALK, replace(EIGHT, utterance="acht")], dialogs)
    assert (ear.listener, plain.listener, ear.condition) == (EAR, PLAIN, TEXT)
    assert [one.fired for one in ear.tried] == [("stop",), ("number(8)",), (), ("number(8)",)]
    assert [one.fired for one in plain.tried] == [(), (), (), ("number(8)",)]


def test_the_plain_loop_has_no_goals() -> None:
    (row,) = figures([Found(PLAIN, UTTERANCES, CLEAN, (Tried(STOP, "f3", ()),))])
    assert row.shares[UtteranceKind.SAFETY].met is None
    assert row.delay_ms(50) is None


def test_sounds_are_counted_by_the_minute() -> None:
    water = replace(TALK, utterance="water")
    tried = Tried(water, "", ("number(8)", "next"), sound_seconds=120.0)
    (noise,) = noises([Found(EAR, SOUNDS, CLEAN, (tried,))])
    assert (noise.per_minute, noise.met) == (1.0, False)


def test_water_is_water() -> None:
    water = running_tap(1.0, seed=1)
    assert len(water) == EAR_RATE_HZ
    assert np.array_equal(water, running_tap(1.0, seed=1))
    assert 500 < np.abs(water.astype(int)).mean() < 5_000
