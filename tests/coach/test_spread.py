import pytest

from skill.coach.spread import HINT_LATE_SECONDS, Stretch, TimedLine, pinned, spread

NOWHERE = Stretch(50.0, 50.0)


def test_one_stretch_is_shared_evenly():
    assert spread([2.0, 4.0], Stretch(0.0, 18.0), NOWHERE) == {0: 4.0, 1: 10.0}


def test_what_stays_silent_at_the_end_is_not_shared():
    assert spread([1.0], Stretch(0.0, 7.0, 4.0), NOWHERE) == {0: 2.0}


def test_lines_come_before_and_after():
    stretches = Stretch(0.0, 20.0), Stretch(22.0, 28.0)
    assert spread([2.0, 2.0], *stretches) == {0: 9.0, 1: 24.0}


def test_a_single_line_goes_where_it_is_more_silent():
    assert spread([2.0], Stretch(0.0, 6.0), Stretch(8.0, 20.0)) == {0: 13.0}
    assert spread([2.0], Stretch(0.0, 12.0), Stretch(14.0, 20.0)) == {0: 5.0}


def test_all_come_before_where_there_is_no_room_behind():
    assert set(spread([2.0, 2.0], Stretch(0.0, 10.0), NOWHERE)) == {0, 1}


def test_no_lines_and_no_room():
    assert spread([], Stretch(0.0, 9.0), NOWHERE) == {}
    assert spread([2.0], Stretch(0.0, 3.9), NOWHERE) == {}
    assert spread([2.0], Stretch(9.0, 3.0), NOWHERE) == {}


def test_a_pinned_line_keeps_its_time_or_waits_a_little():
    taken = [TimedLine(0.0, 3.0)]
    assert pinned([TimedLine(4.0, 1.0)], taken, 20.0) == {0: 4.0}
    assert pinned([TimedLine(2.0, 1.0)], taken, 20.0) == {0: 4.0}


def test_lines_that_wait_stay_in_their_order():
    placed = pinned([TimedLine(1.0, 2.0), TimedLine(2.0, 2.0)], [TimedLine(0.0, 3.0)], 20.0)
    assert placed == {0: 4.0, 1: pytest.approx(7.0)}


def test_the_time_of_a_pinned_line_passes():
    assert pinned([TimedLine(1.0, 1.0)], [TimedLine(0.0, 1.0 + HINT_LATE_SECONDS)], 20.0) == {}
    assert pinned([TimedLine(4.0, 1.0)], [], 4.5) == {}
