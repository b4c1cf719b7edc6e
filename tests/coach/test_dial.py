import pytest

from skill.coach.dial import Dial


def test_a_dial_turns_by_steps():
    dial = Dial((0.5, 1.0, 2.0), start=1.0)
    assert dial.turn(1)
    assert dial.value == 2.0


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_dial_stays_where_it_is_at_its_end(steps):
    dial = Dial((0.5, 1.0, 2.0), start=1.0)
    assert not dial.turn(steps)
    assert dial.value == 1.0
