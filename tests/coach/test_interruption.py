import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.interruption import anew, interrupted
from skill.coach.score import SPEECH_GAP_SECONDS, announcement, at_tempo, with_count
from skill.messages.cues import Direction
from tests.coach.parts import hold, lift, lower, seconds, spoken, texts

LONG = hold(60.0, cue=2.0, hints=[2.0, 2.0], halfway=2.0, last_ten=1.0, closing=0.5)


def times(beats):
    return {one.spoken.text: pytest.approx(one.offset_seconds) for one in beats[0].placed}


def test_slower_stretches_what_is_left_of_the_running_phase():
    beats = at_tempo([lift(), lower()], 1.0)
    rest = interrupted(beats, 2.0, spoken(0.5, "Langsamer."), ratio=1.5, tempo=1.5)
    assert seconds(rest) == [3.0, 6.0]
    assert rest[0].part.breath is Direction.OUT
    assert [placed.spoken.text for placed in rest[0].placed] == ["Langsamer."]


def test_what_is_left_is_at_least_as_long_as_the_answer():
    rest = interrupted(at_tempo([lift()], 1.0), 3.8, spoken(1.0), ratio=1.0, tempo=1.0)
    assert seconds(rest) == [1.0 + SPEECH_GAP_SECONDS]


def test_a_phase_whose_cue_was_cut_begins_again():
    rest = interrupted(at_tempo([lift()], 1.0), 0.6, spoken(0.5), ratio=1.0, tempo=1.0)
    assert [one.part.name for one in rest] == ["answer", "heben"]
    assert rest[1].seconds == 4.0


def test_a_count_not_yet_said_is_kept():
    beats = at_tempo(with_count([lift()], spoken(0.5, "eins"), 1.0), 1.0)
    rest = interrupted(beats, 2.0, spoken(0.5, "Lauter."), ratio=1.0, tempo=1.0)
    assert [placed.spoken.text for placed in rest[0].placed] == ["Lauter.", "eins"]


def test_a_second_interruption_replaces_the_first_answer():
    first = interrupted(at_tempo([lift()], 1.0), 2.0, spoken(0.5, "eins"), ratio=1.0, tempo=1.0)
    second = interrupted(first, 0.2, spoken(0.5, "zwei"), ratio=1.0, tempo=1.0)
    assert [placed.spoken.text for placed in second[0].placed] == ["zwei"]


def test_an_answer_behind_the_end_stands_alone():
    rest = interrupted(at_tempo([lift()], 1.0), 4.2, spoken(0.5), ratio=1.0, tempo=1.0)
    assert seconds(rest) == [0.5 + SPEECH_GAP_SECONDS]


def test_what_is_said_on_the_way_keeps_its_times():
    beats = at_tempo([LONG, lower()], 1.0)
    before = {one.spoken.text: one.offset_seconds for one in beats[0].placed}
    rest = interrupted(beats, 20.0, spoken(1.0, "Ja."), ratio=1.0, tempo=1.0)
    assert texts(rest[0]) == ["Ja.", "half", "hint 1", "ten", "count"]
    assert seconds(rest) == [40.0, 4.0]
    later = {text: at for text, at in times(rest).items() if text != "Ja."}
    assert later == {text: before[text] - 20.0 for text in later}


def test_what_was_begun_is_not_said_again():
    beats = at_tempo([LONG], 1.0)
    rest = interrupted(beats, 31.0, spoken(1.0, "Ja."), ratio=1.0, tempo=1.0)
    assert texts(rest[0]) == ["Ja.", "hint 1", "ten", "count"]


def test_the_last_ten_seconds_stay_ten_when_the_tempo_changes():
    rest = interrupted(at_tempo([LONG], 1.0), 20.0, spoken(1.0), ratio=1.25, tempo=1.25)
    assert rest[0].seconds == pytest.approx(50.0)
    assert times(rest)["ten"] == 40.0
    assert times(rest)["half"] == 12.5


def test_half_time_is_left_out_once_the_hold_is_short_at_the_new_tempo():
    beats = at_tempo([hold(10.0, halfway=1.5)], 1.0)
    assert "half" in texts(interrupted(beats, 2.0, spoken(0.5), ratio=1.0, tempo=1.0)[0])
    assert "half" not in texts(interrupted(beats, 2.0, spoken(0.5), ratio=0.85, tempo=0.85)[0])


def test_a_hint_waits_for_an_answer_a_little():
    beats = at_tempo([hold(40.0, cue=1.0, hints=[2.0])], 1.0)
    assert beats[0].hints[0].offset_seconds == pytest.approx(19.5)
    short = interrupted(beats, 19.0, spoken(3.0, "Ja."), ratio=1.0, tempo=1.0)
    assert times(short) == {"Ja.": 0.0, "hint 0": 4.0}
    long = interrupted(beats, 19.0, spoken(9.0, "Ja."), ratio=1.0, tempo=1.0)
    assert texts(long[0]) == ["Ja."]


def test_half_time_is_left_out_where_an_answer_takes_its_time():
    beats = at_tempo([hold(20.0, halfway=1.5)], 1.0)
    assert texts(interrupted(beats, 9.0, spoken(3.0, "Ja."), 1.0, 1.0)[0]) == ["Ja."]


def test_a_phase_begins_anew_as_a_whole_with_all_later_ones():
    parts = (lift(), LONG, lower())
    beats = at_tempo(parts, 1.0)
    assert anew(beats, -0.5) == parts
    assert anew(beats, 30.0) == parts[1:]
    assert anew(beats, 99.0) == ()


def test_answers_are_no_part_of_what_begins_anew():
    beats = at_tempo((LONG, lower()), 1.0)
    once = interrupted(beats, 20.0, spoken(1.0), ratio=1.25, tempo=1.25)
    twice = interrupted(once, 5.0, spoken(1.0), ratio=1.0, tempo=1.25)
    assert anew(twice, 0.5) == (LONG, lower())
    cut = interrupted(beats, 0.5, spoken(1.0), ratio=1.0, tempo=1.0)
    assert anew(cut, 0.5) == (LONG, lower())


def test_an_announcement_is_made_anew():
    parts = (announcement("last", spoken(1.0)), lift())
    assert anew(at_tempo(parts, 1.0), 0.5) == parts


moments = st.lists(
    st.tuples(st.floats(0.0, 30.0), st.floats(0.2, 12.0), st.sampled_from((0.85, 1.0, 1.25))),
    min_size=1,
    max_size=4,
)
holds = st.builds(
    hold,
    st.floats(4.0, 120.0),
    cue=st.floats(0.2, 3.0),
    closing=st.none() | st.floats(0.2, 1.0),
    hints=st.lists(st.floats(0.5, 4.0), max_size=6),
    halfway=st.none() | st.floats(0.5, 2.5),
    last_ten=st.none() | st.floats(0.5, 2.5),
)


@given(st.lists(holds, min_size=1, max_size=3), moments)
def test_whatever_is_asked_lines_never_meet_and_are_never_said_twice(parts, moments):
    beats, tempo = at_tempo(parts, 1.0), 1.0
    begun: list[int] = []  # by identity: hints of two holds read alike
    for elapsed, answer_seconds, ratio in moments:
        start = 0.0
        for one in beats:
            on_the_way = (*one.hints, one.halfway, one.last_ten)
            begun += [
                id(placed.spoken)
                for placed in on_the_way
                if placed and start + placed.offset_seconds <= elapsed < start + one.seconds
            ]
            start += one.seconds
        tempo *= ratio
        beats = interrupted(beats, elapsed, spoken(answer_seconds), ratio, tempo)
        for one in beats:
            for line, following in pairwise(one.placed):
                assert line.end_seconds + SPEECH_GAP_SECONDS <= following.offset_seconds + 1e-6
            assert one.placed[-1].end_seconds + SPEECH_GAP_SECONDS <= one.seconds + 1e-6
            assert not {id(placed.spoken) for placed in one.placed} & set(begun)
    assert len(begun) == len(set(begun))


@given(holds, st.floats(3.3, 100.0), st.floats(0.2, 3.0))
def test_an_answer_that_meets_nothing_changes_no_time(part, elapsed, answer_seconds):
    (whole,) = at_tempo([part], 1.0)
    (rest, *_) = interrupted([whole], elapsed, spoken(answer_seconds, "Ja."), 1.0, 1.0)
    to_come = [one for one in whole.placed if one.end_seconds > elapsed]
    busy_until = elapsed + answer_seconds + SPEECH_GAP_SECONDS
    if elapsed < whole.seconds and all(one.offset_seconds >= busy_until for one in to_come):
        kept = [(one.spoken, pytest.approx(one.offset_seconds - elapsed)) for one in to_come]
        assert [(one.spoken, one.offset_seconds) for one in rest.placed[1:]] == kept


def test_ten_minutes_of_forty_phases_are_cheap():
    part = hold(15.0, hints=[1.5, 1.5, 1.5], halfway=1.5)
    began = time.process_time()
    beats = at_tempo([part] * 40, 1.0)
    for second in range(1, 51):
        interrupted(beats, second * 11.0, spoken(1.0), 1.0, 1.0)
    assert time.process_time() - began < 1.0  # 50 answers; less than 2 ms each where it was written
