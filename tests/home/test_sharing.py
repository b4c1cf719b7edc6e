"""What trainers of a household tell each other: nothing is lost, nothing foreign is taken."""

import logging
from collections.abc import Iterable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rueckgrat.history.history import Row
from rueckgrat.home.notes import merged, packed
from rueckgrat.home.seal import ForeignError, Seal
from skill.errors import SkillError
from tests.home.bus import KEY, Bus, Notes

NOW = datetime.now().isoformat()


def row(number: int, at: str = NOW, person: str = "anna") -> Row:
    return person, at, "SetDone", f'{{"exercise":"bridge {number}"}}', number


def noted(notes: Notes, number: int, at: str = NOW) -> None:
    notes.log.append(row(number, at))


def test_a_note_is_known_everywhere_at_once() -> None:
    bus, notes = Bus(), {name: Notes() for name in ("kueche", "bad", "flur")}
    rooms = {name: bus.join(name, log) for name, log in notes.items()}
    bus.settle()
    noted(notes["bad"], 1)
    rooms["bad"].noted()
    bus.pass_time(0.1)
    assert notes["kueche"].log == notes["flur"].log == notes["bad"].log == [row(1)]
    assert rooms["flur"].is_changed
    assert not rooms["bad"].is_changed


def test_what_is_told_once_is_not_told_again_nor_echoed() -> None:
    bus, notes = Bus(), [Notes(), Notes()]
    one, other = bus.join("one", notes[0]), bus.join("other", notes[1])
    noted(notes[0], 1)
    for room in (one, other, one):
        room.noted()
        bus.pass_time(0.1)
    assert [topic for topic, _, kept in bus.sent if not kept] == [one.topics.notes("one")]


def test_who_comes_late_gets_everything_even_of_trainers_that_are_gone() -> None:
    bus, first, second = Bus(), Notes(), Notes()
    for year in range(2020, 2026):
        noted(first, year, f"{year}-03-01T18:00:00")
    bus.join("first", first)
    bus.settle()
    bus.leave("first")
    bus.join("second", second)
    bus.settle()
    assert second.log == first.log


def test_notes_of_an_hour_without_network_come_behind_it() -> None:
    bus, one, other = Bus(), Notes(), Notes()
    bus.join("one", one)
    bus.join("other", other)
    bus.settle()
    bus.leave("one")
    noted(one, 1)
    noted(other, 2)
    bus.rooms["other"].noted()
    bus.pass_time(3600)
    bus.reach("one")
    bus.settle()
    assert one.log == other.log == merged([row(1), row(2)])


def test_a_broker_that_forgets_everything_is_told_anew() -> None:
    bus, notes = Bus(), Notes()
    noted(notes, 1)
    bus.join("one", notes)
    bus.settle()
    lying = set(bus.retained)
    bus.retained.clear()
    bus.reach("one")
    bus.settle()
    assert set(bus.retained) == lying != set()


def test_what_lies_there_already_is_not_sent_again() -> None:
    bus, notes = Bus(), Notes()
    noted(notes, 1)
    bus.join("one", notes)
    bus.settle()
    before = len(bus.sent)
    bus.reach("one")
    bus.settle()
    assert len(bus.sent) == before


def test_in_the_end_nobody_says_anything_any_more() -> None:
    bus, notes = Bus(), [Notes(), Notes(), Notes()]
    for number, log in enumerate(notes):
        bus.join(f"room{number}", log)
        noted(log, number)
        bus.rooms[f"room{number}"].noted()
    bus.settle()
    before = len(bus.sent)
    bus.settle()
    assert len(bus.sent) == before
    assert len({tuple(log.log) for log in notes}) == 1


def test_a_foreign_key_is_passed_over_in_a_word(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bus, notes = Bus(), Notes()
    room = bus.join("one", notes)
    topic = room.topics.notes("other")
    content = packed(1, [row(1)])
    for message in (
        Seal(b"x" * 32).sealed(topic, content),  # another household
        Seal(KEY).sealed(room.topics.notes("third"), content),  # moved from another topic
        Seal(KEY).sealed(topic, content)[:-1] + b"!",  # changed on its way
        Seal(KEY).sealed(topic, b"[]"),
        b"R1",
        b"nonsense",
    ):
        caplog.clear()
        room.heard(topic, message)
        assert [one.getMessage() for one in caplog.records] == [f"Ignored, foreign: {topic}"]
    assert notes.log == []


def test_a_message_played_back_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bus, notes = Bus(), Notes()
    room = bus.join("one", notes)
    topic = room.topics.notes("other")
    old, new = (Seal(KEY).sealed(topic, packed(at, [row(at)])) for at in (1, 2))
    for message in (old, new):
        room.heard(topic, message)
    room.is_changed = False
    room.heard(topic, old)
    assert caplog.records[-1].getMessage() == f"Ignored, played back: {topic}"
    assert notes.log == [row(1), row(2)]
    assert not room.is_changed


def test_a_clock_that_was_set_back_loses_no_note() -> None:
    bus, notes = Bus(), Notes()
    room = bus.join("one", notes)
    topic = room.topics.notes("other")
    for sent_ns, number in ((9, 1), (2, 2)):
        room.heard(topic, Seal(KEY).sealed(topic, packed(sent_ns, [row(number)])))
    assert notes.log == [row(1), row(2)]


def test_who_overwrites_a_trainers_own_month_does_not_do_so_for_long() -> None:
    bus, notes = Bus(), Notes()
    noted(notes, 1)
    room = bus.join("one", notes)
    bus.settle()
    ((topic, message),) = bus.retained.items()
    for junk in (b"junk", Seal(KEY).sealed(topic, packed(1, [])), b""):
        bus.publish(topic, junk, True)
        bus.settle()
        assert (
            Seal(KEY)
            .opened(topic, bus.retained[topic])
            .endswith(Seal(KEY).opened(topic, message).partition(b",")[2])
        )
    assert room.topics.month_of(topic, "one") == NOW[:7]


def test_a_bomb_is_no_message() -> None:
    seal = Seal(KEY)
    with pytest.raises(ForeignError):
        seal.opened("t", seal.sealed("t", b"0" * (17 * 1024 * 1024)))


def test_a_message_tells_nobody_who_trains() -> None:
    bus, notes = Bus(), Notes()
    noted(notes, 1)
    bus.join("one", notes)
    bus.settle()
    everything = b"".join(topic.encode() + message for topic, message, _ in bus.sent)
    assert b"anna" not in everything
    assert b"bridge" not in everything


def test_what_cannot_be_written_down_is_said_once_and_comes_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Full(Notes):
        is_full = True

        def merge(self, rows: Iterable[Row]) -> list[Row]:
            if self.is_full:
                raise SkillError("Der Speicher ist voll.")
            return super().merge(rows)

    bus, notes, other = Bus(), Full(), Notes()
    bus.join("one", notes)
    room = bus.join("other", other)
    for number in range(3):
        noted(other, number)
        room.noted()
        bus.pass_time(1.0)
    bus.settle()
    assert [one.levelname for one in caplog.records] == ["WARNING"]
    bus.leave("other")
    notes.is_full = False
    bus.settle()
    assert notes.log == other.log


events = st.lists(
    st.tuples(
        st.sampled_from(["note", "note", "note", "leave", "reach", "time", "settle", "wipe"]),
        st.integers(0, 2),
    ),
    max_size=30,
)


@given(events)
def test_whatever_happens_to_the_network_all_know_everything_in_the_end(
    events: list[tuple[str, int]],
) -> None:
    bus, notes = Bus(), [Notes(), Notes(), Notes()]
    names = [f"room{number}" for number in range(3)]
    for name, log in zip(names, notes, strict=True):
        bus.join(name, log)
    told: list[Row] = []
    for number, (kind, who) in enumerate(events):
        match kind:
            case "note":
                noted(notes[who], number, f"2026-{1 + number % 12:02}-01T18:00:00")
                told.append(notes[who].log[-1])
                if names[who] in bus._waiting:
                    bus.rooms[names[who]].noted()
            case "leave" if names[who] in bus._waiting:
                bus.leave(names[who])
            case "reach":
                bus.reach(names[who])
            case "time":
                bus.pass_time(1.0)
            case "settle":
                bus.settle()
            case "wipe":  # the broker starts anew, without what it kept
                bus.retained.clear()
                for name in [*bus._waiting]:
                    bus.reach(name)
    for name in names:
        bus.reach(name)
    bus.settle()
    assert all(merged(log.log) == merged(told) for log in notes)
