import itertools

from skill.coach.prompts import Words
from skill.coach.speaker import LINE_GAP_SECONDS, Speaker


def words(*texts):
    return [Words(text, "line") for text in texts]


def test_lines_follow_each_other_when_their_end_is_reported():
    speaker = Speaker(itertools.count(1))
    first = speaker.begin(words("a", "b"), 1.0)
    assert (first.text, first.at_seconds) == ("a", 1.0)
    assert speaker.is_saying(first.cue_id)
    second = speaker.go_on(2.0)
    assert (second.text, second.at_seconds) == ("b", 2.0 + LINE_GAP_SECONDS)
    assert speaker.is_saying(second.cue_id)
    assert speaker.go_on(3.0) is None


def test_other_cues_do_not_end_a_line():
    speaker = Speaker(itertools.count(1))
    speaker.begin(words("a"), 0.0)
    assert not speaker.is_saying(99)
    assert speaker.is_speaking


def test_a_line_that_was_cut_is_still_unsaid():
    speaker = Speaker(itertools.count(1))
    speaker.begin(words("a", "b", "c"), 0.0)
    speaker.go_on(1.0)
    assert speaker.unsaid == tuple(words("b", "c"))


def test_nothing_is_left_after_stopping():
    speaker = Speaker(itertools.count(1))
    speaker.begin(words("a"), 0.0)
    speaker.stop()
    assert not speaker.is_speaking
    assert speaker.unsaid == ()
