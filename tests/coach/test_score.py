from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.score import (
    HALFWAY_FROM_SECONDS,
    HALFWAY_LATE_SECONDS,
    HINT_QUIET_SECONDS,
    REMINDER_LEAD_SECONDS,
    SPEECH_GAP_SECONDS,
    Part,
    announcement,
    at_tempo,
    beat,
    movement,
    timed,
    with_count,
    with_reminder,
)
from skill.content.exercise import Phase
from skill.messages.cues import Direction
from tests.coach.parts import hold, lift, lower, seconds, spoken, texts

LIFT = Phase(name="heben", say=("Heben.",), breath=Direction.OUT, seconds=4.0)


def test_a_phase_lasts_as_written_at_normal_tempo():
    cue = spoken(1.0)
    assert movement(LIFT, cue) == Part("heben", 4.0, Direction.OUT, cue=cue)
    assert beat(movement(LIFT, cue), 1.0).seconds == 4.0


def test_tempo_scales_the_phase():
    assert beat(lift(), 1.25).seconds == 5.0


def test_a_long_cue_stretches_its_phase():
    assert beat(lift(cue_seconds=5.0), 1.0).seconds == 5.0 + SPEECH_GAP_SECONDS


def test_the_cue_begins_with_its_phase():
    assert beat(lift(), 1.0).placed[0].offset_seconds == 0.0


def test_the_count_ends_with_the_last_phase_where_there_is_room():
    counted = at_tempo(with_count([lift(), lower()], spoken(0.5, "eins"), 1.0), 1.0)
    assert seconds(counted) == [4.0, 4.0]
    assert counted[-1].placed[-1].end_seconds == pytest.approx(4.0 - SPEECH_GAP_SECONDS)


def test_the_count_gets_time_of_its_own_where_the_last_phase_is_full():
    counted = at_tempo(with_count([lift(cue_seconds=3.5)], spoken(0.5, "eins"), 1.0), 1.0)
    assert seconds(counted) == [4.0, 0.5 + SPEECH_GAP_SECONDS]


def test_a_reminder_goes_into_the_roomiest_phase():
    parts = with_reminder([lift(cue_seconds=2.0), lower()], spoken(1.0, "ruhig"), 1.0)
    assert [part.reminder is not None for part in parts] == [False, True]
    placed = beat(parts[1], 1.0).placed[1]
    assert placed.offset_seconds == 1.0 + SPEECH_GAP_SECONDS + REMINDER_LEAD_SECONDS


def test_a_reminder_without_room_is_left_out():
    assert with_reminder([lift()], spoken(3.0), 1.0) == (lift(),)


def test_beats_follow_each_other_without_a_gap():
    first, second = timed(at_tempo([lift(), lower()], 1.0))
    assert first.end_seconds == second.start_seconds


def test_an_announcement_lasts_as_long_as_it_is_said():
    assert beat(announcement("last", spoken(0.8)), 2.0).seconds == 0.8 + SPEECH_GAP_SECONDS


def offsets(part, tempo=1.0):
    return {one.spoken.text: pytest.approx(one.offset_seconds) for one in beat(part, tempo).placed}


def test_half_time_is_told_in_the_middle_of_a_long_hold_only():
    assert offsets(hold(10.0, halfway=1.5)) == {"cue": 0.0, "half": 5.0}
    assert texts(beat(hold(9.9, halfway=1.5), 1.0)) == ["cue"]


def test_the_tempo_decides_whether_a_hold_is_long():
    assert texts(beat(hold(8.0, halfway=1.5), 1.25)) == ["cue", "half"]
    assert texts(beat(hold(10.0, halfway=1.5), 0.85)) == ["cue"]


def test_half_time_waits_a_second_for_the_cue_and_no_longer():
    assert offsets(hold(10.0, cue=5.5, halfway=1.5))["half"] == 5.5 + SPEECH_GAP_SECONDS
    assert texts(beat(hold(10.0, cue=5.8, halfway=1.5), 1.0)) == ["cue"]


def test_a_hint_stands_in_the_middle_of_the_silence():
    assert offsets(hold(12.0, cue=1.0, hints=[2.0])) == {"cue": 0.0, "hint 0": 5.5}


def test_hints_are_spread_evenly():
    part = hold(60.0, cue=2.0, hints=[2.0, 2.0])
    assert offsets(part) == {"cue": 0.0, "hint 0": 20.0, "hint 1": 40.0}


def test_hints_stand_around_half_time():
    part = hold(40.0, cue=2.0, hints=[2.0, 2.0], halfway=2.0)
    assert offsets(part) == {"cue": 0.0, "hint 0": 10.0, "half": 20.0, "hint 1": 30.0}


def test_a_hint_that_meets_half_time_gives_way():
    assert texts(beat(hold(10.0, cue=1.5, hints=[3.0], halfway=2.0), 1.0)) == ["cue", "half"]


def test_hints_without_room_are_left_out_from_the_last_one_on():
    part = hold(12.0, cue=1.0, hints=[2.0, 2.0, 2.0])
    assert texts(beat(part, 1.0)) == ["cue", "hint 0", "hint 1"]


def test_a_hint_too_long_for_the_phase_does_not_keep_the_others_from_being_said():
    assert texts(beat(hold(12.0, cue=1.0, hints=[9.0, 2.0]), 1.0)) == ["cue", "hint 1"]


def test_the_last_ten_seconds_are_announced_in_very_long_phases_only():
    part = hold(40.0, last_ten=1.2, closing=0.5)
    assert offsets(part)["ten"] == 30.0
    assert texts(beat(part, 0.85)) == ["cue", "count"]


def test_nothing_but_the_count_follows_the_last_ten_seconds():
    part = hold(60.0, hints=[2.0] * 9, halfway=1.5, last_ten=1.2, closing=0.5)
    assert texts(beat(part, 1.0))[-2:] == ["ten", "count"]


def test_a_reminder_goes_where_no_hints_are():
    parts = with_reminder([hold(30.0, hints=[2.0]), lift()], spoken(1.0), 1.0)
    assert [part.reminder is not None for part in parts] == [False, True]


def test_a_reminder_leaves_half_time_where_it_is():
    part = hold(10.0, cue=1.5, halfway=1.5)
    assert with_reminder([part], spoken(3.0), 1.0) == (part,)
    reminded = with_reminder([part], spoken(2.0, "ruhig"), 1.0)
    assert offsets(reminded[0]) == {"cue": 0.0, "ruhig": 2.25, "half": 5.0}


lengths = st.floats(0.2, 6.0)
tempos = st.sampled_from((0.7, 0.85, 1.0, 1.25, 1.5))
holds = st.builds(
    hold,
    st.floats(0.5, 120.0),
    cue=lengths,
    reminder=st.none() | lengths,
    closing=st.none() | st.floats(0.2, 1.0),
    hints=st.lists(lengths, max_size=6),
    halfway=st.none() | st.floats(0.5, 2.5),
    last_ten=st.none() | st.floats(0.5, 2.5),
)


@given(holds, tempos)
def test_never_two_lines_at_once_and_silence_at_the_end(part, tempo):
    one = beat(part, tempo)
    for line, following in pairwise(one.placed):
        assert line.end_seconds + SPEECH_GAP_SECONDS <= following.offset_seconds + 1e-6
    assert one.placed[-1].end_seconds + SPEECH_GAP_SECONDS <= one.seconds + 1e-6


@given(holds, tempos)
def test_what_is_said_on_the_way_changes_nothing_else(part, tempo):
    bare = beat(replace(part, hints=(), halfway=None, last_ten=None), tempo)
    one = beat(part, tempo)
    assert one.seconds == bare.seconds
    on_the_way = {*one.hints, one.halfway, one.last_ten}
    assert tuple(placed for placed in one.placed if placed not in on_the_way) == bare.placed


@given(holds, tempos)
def test_hints_keep_their_order_and_leave_the_end_in_silence(part, tempo):
    one = beat(part, tempo)
    texts = [placed.spoken.text for placed in one.hints]
    assert texts == sorted(texts)
    assert all(hint.end_seconds <= one.seconds - HINT_QUIET_SECONDS + 1e-6 for hint in one.hints)


@given(holds, tempos)
def test_half_time_is_in_the_middle_of_long_holds(part, tempo):
    one = beat(part, tempo)
    if one.halfway:
        assert part.seconds * tempo >= HALFWAY_FROM_SECONDS
        assert 0 <= one.halfway.offset_seconds - one.seconds / 2 <= HALFWAY_LATE_SECONDS


@given(holds, tempos)
def test_no_hint_displaces_half_time(part, tempo):
    assert beat(part, tempo).halfway == beat(replace(part, hints=()), tempo).halfway


@given(st.floats(10.0, 120.0), st.lists(lengths, max_size=6), tempos)
def test_half_time_of_a_long_hold_is_always_told(length, hints, tempo):
    part = hold(length / tempo + 0.01, cue=2.0, hints=hints, halfway=1.5, closing=0.5)
    assert beat(part, tempo).halfway
