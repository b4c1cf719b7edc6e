"""Several people, guests, standby and invitations."""

from datetime import timedelta

import pytest

from skill.messages.notes import (
    HistoryEntry,
    PlanAt,
    SessionBegan,
    SessionEnded,
    SetDone,
    TempoChosen,
)
from tests.coach.stage import EVENING, stage_for

PEOPLE = ("Anna", "Bernd")


def sessions(person, count):
    times = (EVENING - timedelta(days=n + 1) for n in reversed(range(count)))
    return [HistoryEntry(person, at, SessionBegan()) for at in times]


@pytest.fixture
def stage(content):
    return stage_for(content, people=PEOPLE).until("who").until_quiet()


def train(stage):
    """Consent, and make two repetitions."""
    stage.until_quiet().say("yes")
    stage.until_quiet().say("exercise", "bruecke")
    stage.until_quiet().say("number", "2")
    stage.until("exercise.position").until_quiet().say("next")
    return stage.until("exercise.feedback").until_quiet()


def test_it_asks_who_trains_and_greets_by_name(stage):
    assert "Anna" in stage.texts[-2] or "Anna" in stage.texts[-1] or "Anna" in stage.texts[-3]
    stage.say("person", "anna")
    assert stage.state == "safety.ask"
    assert "Anna" in stage.texts[-1]
    assert stage.notes == [SessionBegan()]
    assert stage.entries[0].person == "anna"


def test_one_person_alone_is_not_asked(content):
    stage = stage_for(content, people=("Anna",)).until("safety.ask")
    assert "who" not in stage.states
    assert stage.entries[0] == HistoryEntry("anna", stage.entries[0].at, SessionBegan())


def test_notes_are_those_of_the_person_on_the_mat(stage):
    stage.say("person", "anna")
    train(stage)
    stage.say("pause")
    stage.until_quiet().say("person", "bernd")
    assert stage.state == "safety.ask"
    train(stage)
    done = [entry.person for entry in stage.entries if isinstance(entry.note, SetDone)]
    assert done == ["anna", "bernd"]


def test_everybody_is_asked_for_the_doctors_consent_once(stage):
    stage.say("person", "anna")
    stage.until_quiet().say("yes")
    stage.until_quiet().say("person", "bernd")
    assert stage.state == "safety.ask"
    stage.until_quiet().say("yes")
    stage.until_quiet().say("person", "anna")
    assert stage.state == "menu.ask"


def test_a_guest_leaves_no_trace(stage):
    stage.say("guest")
    assert stage.line_ids[-1] == "who.guest"
    train(stage).say("feeling", "good")
    stage.until("finished")
    assert stage.entries == []


def test_a_guest_after_anna_knows_nothing_of_her(content):
    stage = stage_for(content, sessions("anna", 9), people=PEOPLE).until("who").until_quiet()
    stage.say("person", "anna")
    assert stage.until_quiet().line_ids[-1] == "safety.ask_known"
    stage.say("guest")
    assert stage.until_quiet().line_ids[-1] == "who.guest_sure"
    stage.say("yes")
    assert stage.until_quiet().line_ids[-1] == "safety.ask"


def test_everybody_is_introduced_to_an_exercise(stage):
    stage.say("person", "anna")
    train(stage)
    stage.until_quiet().say("back")
    stage.until_quiet().say("pause")
    stage.until_quiet().say("person", "bernd")
    train(stage)
    assert stage.line_ids.count("bruecke.not_for") == 2
    assert "bruecke.short" not in stage.line_ids


def test_everybody_moves_at_their_own_pace(content):
    entries = [HistoryEntry("anna", EVENING - timedelta(days=1), TempoChosen(1.25))]
    stage = stage_for(content, entries, people=PEOPLE).until("who").until_quiet()
    stage.say("person", "anna")
    train(stage)
    slow = max(breath.seconds for breath in stage.breaths)
    stage.say("quit")
    other = stage_for(content, entries, people=PEOPLE).until("who").until_quiet()
    other.say("person", "bernd")
    train(other)
    assert slow == pytest.approx(1.25 * max(breath.seconds for breath in other.breaths))


def test_who_has_been_here_often_is_asked_in_fewer_words(content):
    known = stage_for(content, sessions("", 5)).until("safety.ask").until_quiet()
    new = stage_for(content).until("safety.ask").until_quiet()
    assert known.now < new.now
    assert "welcome.stops" not in known.line_ids
    assert "welcome.stops" in new.line_ids


# --- standby ---------------------------------------------------------------------------------


def test_a_speaker_begins_and_ends_in_standby(content):
    stage = stage_for(content, stays=True)
    assert (stage.state, stage.lines) == ("standby", [])
    stage.say("wake")
    stage.until("safety.ask").until_quiet().say("quit")
    stage.until("standby", 60)
    assert isinstance(stage.notes[-1], SessionEnded)
    assert not stage.coach.finished
    stage.wait(60).say("wake")
    assert stage.state == "welcome"


def test_consent_is_asked_for_anew_in_every_session(content):
    stage = stage_for(content, stays=True)
    stage.say("wake")
    train(stage.until("safety.ask")).say("quit")
    stage.until("standby", 90).say("wake")
    stage.until("safety.ask")
    assert not stage.coach._training.trainee.may_train


def test_an_invitation_is_spoken_once_and_accepted_with_yes(content):
    stage = stage_for(content, stays=True)
    stage.invite()
    assert stage.until_quiet().line_ids == ["invited.ask", "invited.ask"]
    stage.say("yes")
    assert stage.state == "welcome"


@pytest.mark.parametrize("answer", ["no", None])
def test_an_invitation_is_never_repeated(content, answer):
    stage = stage_for(content, stays=True)
    stage.invite()
    stage.until_quiet()
    if answer:
        stage.say(answer)
    stage.until("standby", 60).wait(3_600)
    assert stage.line_ids.count("invited.ask") == 2  # two sentences of one line
    assert stage.state == "standby"


def test_nobody_is_invited_in_the_middle_of_a_session(content):
    stage = stage_for(content).until("safety.ask")
    assert stage.invite() == []
    assert stage.state == "safety.ask"


def test_what_another_trainer_has_noted_counts_in_the_next_session(content):
    """Anna stops here, goes on in another room, and comes back: there is the later plan."""
    known = []
    stage = stage_for(content, known, people=("Anna",), stays=True)
    stage.say("wake")
    train(stage.until("safety.ask"))
    stage.say("stop")
    stage.say("quit")
    stage.until("standby")
    known += stage.entries
    later = EVENING + timedelta(hours=1)
    known += [
        HistoryEntry("anna", later, SessionBegan()),
        HistoryEntry("anna", later, TempoChosen(1.5)),
        HistoryEntry("anna", later, PlanAt(("katze-kuh", "roll-up"), 1)),
    ]
    stage.wait(3600.0).say("wake")
    stage.until("safety.ask").until_quiet().say("yes")
    stage.until("menu.resume")
    assert stage.coach._trainee.profile.tempo == 1.5


def test_what_could_not_be_kept_is_known_all_the_same(content):
    stage = stage_for(content, [], people=("Anna",), stays=True)
    stage.say("wake")
    train(stage.until("safety.ask"))
    stage.say("stop")
    stage.say("quit")
    stage.until("standby").say("wake")
    stage.until("safety.ask")
    assert stage.coach._trainee.profile.sessions == 2
