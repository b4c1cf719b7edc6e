"""What can be rendered before it is said."""

from skill.coach.scripts import fixed_sentences
from skill.written.spoken import sentences
from tests.coach.stage import stage_in


def test_a_line_is_cut_behind_its_sentences():
    assert sentences("Gut so. Und nun? Weiter!") == ["Gut so.", "Und nun?", "Weiter!"]


def test_sentences_with_a_gap_to_fill_are_not_fixed(content):
    assert not [one for one in fixed_sentences(content) if "{" in one]


def test_most_of_a_session_is_known_beforehand(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.until("exercise.rest")
    fixed = set(fixed_sentences(content))
    unknown = {line.cue.line for line in stage.lines if line.cue.text not in fixed}
    filled_in = {
        one for one, lines in content.phrases.items() if any("{" in text for text in lines)
    }
    assert unknown <= filled_in
