import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.player import LOOKAHEAD_SECONDS, Player
from skill.coach.score import Part, Spoken, at_tempo
from skill.coach.spread import SPEECH_GAP_SECONDS
from skill.messages.cues import Breathe, Direction, Say
from tests.coach.parts import hold

LIFT = Part("heben", 4.0, Direction.OUT, cue=Spoken("Heben.", "heben", 1.0))
LOWER = Part("senken", 4.0, Direction.IN, cue=Spoken("Senken.", "senken", 1.0))


@pytest.fixture
def player():
    player = Player(itertools.count(1))
    player.begin(at_tempo([LIFT, LOWER], 1.0), 10.0)
    return player


def test_cues_are_handed_out_once_and_shortly_before_they_are_due(player):
    assert player.due(10.0 - LOOKAHEAD_SECONDS) == []
    breath, line = player.due(10.0 - LOOKAHEAD_SECONDS + 0.01)
    assert breath == Breathe(Direction.OUT, 4.0, 10.0)
    assert (line.text, line.at_seconds) == ("Heben.", 10.0)
    assert player.due(10.1) == []


def test_breaths_follow_each_other_exactly(player):
    breaths = [cue for cue in player.due(99.0) if isinstance(cue, Breathe)]
    assert [(b.at_seconds, b.seconds) for b in breaths] == [(10.0, 4.0), (14.0, 4.0)]
    assert player.end_seconds == 18.0


def test_an_interruption_answers_and_goes_on_with_the_rest(player):
    player.due(12.0)
    player.interrupt(Spoken("Gern.", "x", 0.5), 12.0, 12.1, ratio=1.25, tempo=1.25)
    breath, answer = player.due(12.0)
    assert (breath.at_seconds, breath.seconds) == (12.1, 2.5)
    assert isinstance(answer, Say)
    assert answer.text == "Gern."
    assert player.end_seconds == pytest.approx(12.1 + 2.5 + 5.0)


def test_nothing_is_due_after_stopping(player):
    player.stop()
    assert player.due(99.0) == []
    assert not player.is_playing


def test_a_pause_goes_on_with_the_running_phase_and_all_later(player):
    assert player.rest(9.8) == (LIFT, LOWER)
    assert player.rest(12.0) == (LIFT, LOWER)
    assert player.rest(14.5) == (LOWER,)
    assert player.rest(18.5) == ()


def test_an_answered_phase_goes_on_as_a_whole_after_a_pause(player):
    player.interrupt(Spoken("Gern.", "x", 0.5), 12.0, 12.1, ratio=1.0, tempo=1.0)
    assert player.rest(13.0) == (LIFT, LOWER)


def test_nothing_is_left_where_nothing_is_playing(player):
    player.stop()
    assert player.rest(12.0) == ()


def test_lines_on_the_way_are_due_in_their_turn(player):
    long = hold(60.0, hints=[2.0, 2.0], halfway=1.5, last_ten=1.0, closing=0.5)
    player.begin(at_tempo([long, LOWER], 1.0), 0.0)
    said = []
    for block in range(700):
        for cue in player.due(block / 10):
            said.append(cue)
            assert 0 <= cue.at_seconds - block / 10 < LOOKAHEAD_SECONDS
    texts = [cue.text for cue in said if isinstance(cue, Say)]
    assert texts == ["cue", "hint 0", "half", "hint 1", "ten", "count", "Senken."]


breathing = st.builds(
    hold,
    st.floats(0.5, 60.0),
    cue=st.floats(0.2, 6.0),
    hints=st.lists(st.floats(0.2, 6.0), max_size=3),
    halfway=st.none() | st.floats(0.5, 2.5),
    closing=st.none() | st.floats(0.2, 1.0),
).map(lambda part: replace(part, breath=Direction.OUT))


@given(st.lists(breathing, min_size=1, max_size=4), st.floats(0.0, 60.0))
def test_every_breath_fills_the_time_until_the_next_one(parts, asked_at):
    player = Player(itertools.count(1))
    player.begin(at_tempo(parts, 1.0), 0.0)
    for interrupt in (False, True):
        if interrupt:
            player.interrupt(Spoken("Ja.", "x", 1.0), asked_at, asked_at, ratio=1.25, tempo=1.25)
        cues = player.due(9_999.0)
        starts = [cue.at_seconds for cue in cues]
        assert starts == sorted(starts)
        breaths = [cue for cue in cues if isinstance(cue, Breathe)]
        ends = [breath.at_seconds + breath.seconds for breath in breaths]
        assert ends[:-1] == pytest.approx([breath.at_seconds for breath in breaths[1:]])
        assert ends[-1:] in ([], [pytest.approx(player.end_seconds)])


def known(**seconds):
    """Return a measure for parts: these lines are so long, all others as they were."""

    def measured(part):
        return part.measured(lambda one: replace(one, seconds=seconds.get(one.line, one.seconds)))

    return measured


def test_what_is_known_already_changes_nothing(player, monkeypatch):
    monkeypatch.setattr("skill.coach.player.at_tempo", None)  # nothing is laid out
    cues = player.due(99.0, known(heben=1.0, senken=1.0))
    assert [cue.at_seconds for cue in cues if isinstance(cue, Breathe)] == [10.0, 14.0]


def test_a_beat_is_as_long_as_its_line_once_that_is_known(player):
    player.due(10.0)
    breath, line = player.due(13.9, known(senken=5.0))
    assert (line.text, line.at_seconds) == ("Senken.", 14.0)
    assert (breath.at_seconds, breath.seconds) == (14.0, 5.0 + SPEECH_GAP_SECONDS)
    assert player.end_seconds == pytest.approx(14.0 + breath.seconds)


def test_a_running_beat_stays_as_it_is(player):
    player.due(10.0)
    assert player.due(11.0, known(heben=9.0, senken=1.0)) == []
    assert player.end_seconds == 18.0


def test_what_is_left_is_laid_out_at_its_tempo(player):
    player.begin(at_tempo([LIFT, LOWER], 2.0), 10.0)
    player.due(10.0, known(), 2.0)
    breath, _ = player.due(17.9, known(senken=2.0), 2.0)
    assert (breath.at_seconds, breath.seconds) == (18.0, 8.0)


def test_lines_that_have_yet_to_begin_are_known(player):
    assert player.unsaid == ("Heben.", "Senken.")
    player.due(10.0)
    assert player.unsaid == ("Senken.",)


def test_all_lines_of_a_part_are_measured():
    part = hold(60.0, reminder=1.0, closing=1.0, hints=(1.0, 1.0), halfway=1.0, last_ten=1.0)
    longer = part.measured(lambda one: replace(one, seconds=2.0))
    lines = [longer.cue, longer.reminder, longer.closing, longer.last_ten, longer.halfway.spoken]
    lines += [hint.spoken for hint in longer.hints]
    assert [one.seconds for one in lines] == [2.0] * 7
    assert longer.measured(lambda one: replace(one, seconds=2.0)) is longer
