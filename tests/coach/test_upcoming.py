"""What may be said next is known before: nobody has to wait for it to be rendered."""

import itertools
from itertools import pairwise

import pytest

from skill.coach.prompts import Line
from skill.coach.spread import SPEECH_GAP_SECONDS
from skill.coach.upcoming import fill, first_sentences
from skill.messages.cues import Tell
from skill.messages.events import PhaseBegan, RepetitionDone
from skill.written.spoken import sentences
from tests.coach.stage import speech_seconds, stage_for, stage_in

PEOPLE = ("Anna", "Bernd")
LONG_SECONDS = 6.0
"""Longer than the movements of the exercise that is tested with."""


def train(stage, programme, each_block=lambda: None):
    """Train a programme, with an answer a second after each question."""
    answers = {
        **{"who": ("person", "anna"), "safety.ask": ("yes",), "menu.age": ("age", "middle")},
        **{"menu.ask": ("programme", programme), "menu.material": ("no",)},
        **{"exercise.position": ("next",), "exercise.feedback": ("feeling", "good")},
    }
    quiet = 0
    while stage.state != "finished":
        quiet = quiet + 1 if stage.state in answers and not stage.is_speaking else 0
        if quiet > 10:
            stage.say(*answers[stage.state])
        each_block()
        stage.step()
    return stage


@pytest.mark.parametrize("programme", ["rueckentraining-kurz", "widerstand", "entspannung"])
def test_whatever_is_said_was_upcoming_before(content, programme):
    stage = stage_for(content, people=PEOPLE)
    known, missing, asked = set(first_sentences(content)), [], [None, 0]

    def each_block():
        said, asked[1] = stage.lines[asked[1] :], len(stage.lines)
        for line in said:
            missing.extend(one for one in sentences(line.cue.text) if one not in known)
        sets = stage.coach._training.sets
        where = (stage.state, sum(one.total for one in sets.all))
        if where != asked[0]:  # as often as a session asks
            asked[0] = where
            known.update(one for text in stage.coach.upcoming() for one in sentences(text))

    train(stage, programme, each_block)
    assert missing == []


def test_asking_changes_nothing(content):
    plain = train(stage_for(content, people=PEOPLE), "rueckentraining-kurz")
    asked = stage_for(content, people=PEOPLE)
    blocks = itertools.count()
    train(asked, "rueckentraining-kurz", lambda: next(blocks) % 10 or asked.coach.upcoming())
    assert asked.cues == plain.cues


def test_what_waits_for_its_turn_is_first(content):
    stage = stage_in("exercise.repeat", content)
    unsaid = stage.coach._delivery.to_be_said
    assert unsaid
    assert tuple(stage.coach.upcoming()[: len(set(unsaid))]) == tuple(dict.fromkeys(unsaid))


def test_then_comes_what_the_state_says_and_what_follows(content):
    upcoming = stage_in("exercise.position", content).coach.upcoming()
    exercise = content.exercises[0]
    order = [exercise.phases[0].say[0], "Eins.", content.phrases[Line.FEEDBACK_ASK][0]]
    places = [upcoming.index(one) for one in order]
    assert places == sorted(places)
    assert len(upcoming) == len(set(upcoming)) < 300


def test_at_the_end_nothing_is(content):
    assert stage_in("finished", content).coach.upcoming() == []


def test_a_session_begins_with_all_that_must_not_wait(content):
    first = first_sentences(content)
    for line in (Line.WELCOME, Line.PAUSED_STOPPED, Line.SIGN_EMERGENCY, Line.PAIN_AT_ONCE):
        for variant in content.phrases[line]:
            assert set(sentences(variant)) <= set(first)
    assert len(first) < 100


def test_a_line_is_filled_in_only_as_a_whole():
    values = {"repetitions": "drei Runden", "more": "eine"}
    assert (
        fill("{repetitions}, und damit {more} mehr.", values) == "Drei Runden, und damit eine mehr."
    )
    assert fill("Noch {repetitions}.", values) == "Noch drei Runden."
    assert fill("{exercise}, {repetitions}.", values) is None


def repetition(content, speech_seconds):
    """Return the phases of the first repetition as they are told, and its breaths."""
    stage = stage_in("exercise.position", content)
    stage.coach._delivery._speech_seconds = speech_seconds(stage)
    stage.say("next")
    stage.until_true(lambda: any(isinstance(one, RepetitionDone) for one in told(stage)))
    return [one for one in told(stage) if isinstance(one, PhaseBegan)], stage.breaths


def told(stage):
    return [cue.event for _, cue in stage.cues if isinstance(cue, Tell)]


def test_a_score_follows_lengths_that_become_known_in_its_midst(content):
    """Up to the middle of the first movement, every line seems to be five times as long."""

    def becoming_known(stage):
        def seconds(text):
            first = next((one for one in told(stage) if isinstance(one, PhaseBegan)), None)
            is_known = first is not None and stage.now > first.seconds + 1.0
            return speech_seconds(text) * (1.0 if is_known else 5.0)

        return seconds

    known, _ = repetition(content, lambda _: speech_seconds)
    phases, breaths = repetition(content, becoming_known)
    planned = [one.planned_seconds for one in phases]
    assert planned[0] > known[0].planned_seconds
    assert planned[1:] == [one.planned_seconds for one in known[1:]]
    for one, following in pairwise(phases):
        assert following.seconds == pytest.approx(one.seconds + one.planned_seconds)
    lengths = {round(one.seconds, 3): one.planned_seconds for one in phases}
    within = [one for one in breaths if round(one.at_seconds, 3) in lengths]
    assert within
    assert all(one.seconds == lengths[round(one.at_seconds, 3)] for one in within)


def test_speech_ends_before_its_phase_does_once_it_is_known(content):
    """The first movement believes that lines are over in no time; all others know better."""
    stages = []

    def becoming_known(stage):
        stages.append(stage)
        return lambda _: LONG_SECONDS if any(map(is_phase, told(stage))) else 0.1

    phases, _ = repetition(content, becoming_known)
    (stage,) = stages
    for one in phases[1:]:
        end = one.seconds + one.planned_seconds
        within = [line.start for line in stage.lines if one.seconds <= line.start < end]
        assert within
        assert max(within) + LONG_SECONDS + SPEECH_GAP_SECONDS <= end + 1e-6


def is_phase(event):
    return isinstance(event, PhaseBegan)
