"""The household's notes: whatever the order and however often, the same history everywhere."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rueckgrat.history import open_history
from rueckgrat.history.history import Row
from rueckgrat.home.notes import by_month, digest, merged, packed, unpacked
from skill.messages.notes import HistoryEntry
from tests.history.entries import NOTES, entry, numbered
from tests.home.bus import write_down

moments = st.datetimes().map(lambda at: at.isoformat())
rows: st.SearchStrategy[Row] = st.tuples(
    st.sampled_from(["", "anna", "bernd"]),
    st.sampled_from(["2026-11-27T18:00:00", "2026-11-27T18:00:00.5", "2026-12-01T07:00:00"])
    | moments,
    st.sampled_from(["SetDone", "Rated"]),
    st.sampled_from(["{}", '{"exercise":"bruecke"}']),
    st.integers(1, 9),
)
logs = st.lists(rows, max_size=12)


@given(logs, logs, logs, st.randoms())
def test_merging_is_the_same_in_any_order_and_loses_nothing(
    first: list[Row], second: list[Row], third: list[Row], chance: random.Random
) -> None:
    whole = merged(first, second, third)
    assert merged(merged(third, second), first) == whole == merged(whole, second, whole)
    shuffled = [*first, *second, *third]
    chance.shuffle(shuffled)
    assert merged(shuffled) == whole
    assert {row[:4] for row in whole} == {row[:4] for row in shuffled}
    assert len({row[:4] for row in whole}) == len(whole)


@given(logs)
def test_months_hold_every_note_and_travel_unchanged(log: list[Row]) -> None:
    whole = merged(log)
    months = by_month(whole)
    assert merged(*months.values()) == whole
    for part in months.values():
        sent_ns, there = unpacked(packed(7, part))
        assert (sent_ns, there) == (7, part)
        assert digest(there) == digest([*reversed(part)])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"[1]",
        b'[1, [["anna"]]]',
        b'[1, [["anna", "gestern", "SetDone", "{}", 1]]]',
        b'[1, [["anna", "2026-11-27T18:00:00+01:00", "SetDone", "{}", 1]]]',
        b'{"1": 2}',
        b"\xff",
    ],
)
def test_what_are_no_notes_is_told(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        unpacked(content)


def _entries(where: Path, names: list[str]) -> list[list[HistoryEntry]]:
    with open_history(where) as history:
        return [history.entries(name) for name in names]


def test_1000_notes_merged_in_random_order_are_one_history(tmp_path: Path) -> None:
    """Three trainers note a thousand; each hears of the others' in an order of its own."""
    chance = random.Random(13)
    names = ["anna", "bernd", ""]
    noted: dict[int, list[HistoryEntry]] = {0: [], 1: [], 2: []}
    for minute in chance.sample(range(5000), 1000):
        one = entry(chance.choice(NOTES), minute, chance.choice(names))
        noted[chance.randrange(3)].append(one)
    paths = [tmp_path / f"{number}.db" for number in noted]
    for number, path in enumerate(paths):
        write_down(path, sorted(noted[number], key=lambda one: one.at))
    own = []
    for path in paths:
        with open_history(path) as history:
            own.append(history.rows())
    for number, path in enumerate(paths):
        others = [row for other, log in enumerate(own) if other != number for row in log]
        chance.shuffle(others)
        with open_history(path) as history:
            while others:
                size = chance.randint(1, 200)
                part, others = others[:size], others[size:]
                history.merge(part)
                assert history.merge(part) == []
            assert history.rows() == merged(*own)
    histories = [_entries(path, names) for path in paths]
    assert histories[0] == histories[1] == histories[2]
    whole = sorted((one for log in noted.values() for one in log), key=lambda one: one.at)
    for name, entries in zip(names, histories[0], strict=True):
        assert entries == [one for one in whole if one.person == name]


def test_a_history_alone_keeps_the_order_of_adding(tmp_path: Path) -> None:
    with open_history(tmp_path / "one.db") as history:
        for minute in (5, 3, 4):
            history.add(numbered(minute))
        assert history.entries("anna") == [numbered(5), numbered(3), numbered(4)]
        assert history.merged == 0
        assert history.rows(numbered(4).at.isoformat()) == [
            row for row in history.rows() if row[1] >= numbered(4).at.isoformat()
        ]


def test_a_copied_history_merges_with_its_original(tmp_path: Path) -> None:
    """Somebody copies the file to a second trainer; both go on from there."""
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    with open_history(first) as history:
        for minute in range(4):
            history.add(numbered(minute))
    second.write_bytes(first.read_bytes())
    with open_history(first) as one, open_history(second) as two:
        one.add(numbered(4))
        two.add(numbered(5))
        assert len(one.merge(two.rows())) == len(two.merge(one.rows())) == 1
        everything = [numbered(minute) for minute in range(6)]
        assert one.entries("anna") == two.entries("anna") == everything


def test_a_merge_that_fails_adds_nothing(tmp_path: Path) -> None:
    with open_history(tmp_path / "one.db") as history:
        history.add(numbered(1))
        bad: list[Row] = [("anna", "2026-01-01", "SetDone", "{}", 1), ("anna", None, "", "", 1)]  # type: ignore[list-item]
        with pytest.raises(Exception, match="Verlauf"):
            history.merge(bad)
        assert len(history.rows()) == 1
        history.add(numbered(2))
        assert len(history.rows()) == 2
