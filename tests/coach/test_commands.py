"""Every command in every state: answered at once, politely, and without a dead end."""

import pytest

from skill.coach.ways import TALKING
from skill.content.states import STATES
from skill.messages.cues import Hush, Say, SetVolume
from tests.coach.stage import stage_in

PLACES = [state for state in STATES if state != "finished"]
AWAKE = [state for state in PLACES if state != "standby"]
SLOTS = {
    **{"number": "4", "exercise": "roll-up", "programme": "entspannung", "question": "pilates"},
    **{
        "body_part": "back",
        "variant": "easier",
        "feeling": "good",
        "age": "middle",
        "person": "anna",
    },
}
GAINS = ("louder", "quieter")


@pytest.mark.parametrize(
    "quiet", [pytest.param(True, marks=pytest.mark.long), False], ids=["waiting", "speaking"]
)
@pytest.mark.parametrize("state", PLACES)
def test_every_live_command_is_answered_within_a_second(content, state, quiet):
    live = stage_in(state, content, quiet=quiet).coach.live_commands
    assert {"stop", "pain"} <= live
    for command in sorted(live):
        stage = stage_in(state, content, quiet=quiet)
        if stage.outruns_the_question(command):
            continue
        answered = stage.answered(command, SLOTS.get(command, ""))
        silent_end = state == "goodbye" and stage.state == "finished"
        assert answered or silent_end, command
        assert stage.line_ids[-1:] != ["not_now"], command


@pytest.mark.parametrize("state", AWAKE)
def test_a_command_that_does_not_count_here_is_told_what_does(content, state):
    for command in sorted(set(content.commands) - stage_in(state, content).coach.live_commands):
        stage = stage_in(state, content)
        cues = stage.say(command, SLOTS.get(command, ""))
        assert stage.state == state
        if state == "exercise.repeat" and command in ("yes", "no", "number"):
            assert cues == []  # people count along
            continue
        if state == "pain.sign":
            assert stage.line_ids[-1] == "sign.emergency"
            continue
        assert stage.line_ids[-1] == "not_now"
        if state != "exercise.repeat":  # there both are said in one go
            stage.until_true(lambda s=stage: s.line_ids[-1] != "not_now", 5)
            assert stage.line_ids[-1].startswith("options.")


@pytest.mark.parametrize("quiet", [True, False], ids=["waiting", "speaking"])
@pytest.mark.parametrize("state", TALKING)
def test_stop_silences_at_once_and_offers_to_go_on(content, state, quiet):
    stage = stage_in(state, content, quiet=quiet)
    cues = stage.say("stop")
    assert isinstance(cues[0], Hush)
    assert stage.state == "paused"
    assert all(cue.at_seconds >= stage.now + 0.5 for cue in cues if isinstance(cue, Say))
    stage.until_quiet()
    stage.say("next")
    assert stage.state == state


@pytest.mark.parametrize("state", [state for state in PLACES if state != "pain.sign"])
def test_pain_silences_at_once_and_leads_to_the_offer(content, state):
    stage = stage_in(state, content)
    cues = stage.say("pain")
    assert isinstance(cues[0], Hush)
    assert stage.state == "pain.leave"
    stage.answer_on_pain()
    assert {"pain.doctor", "pain.stays"} & {*stage.line_ids}


@pytest.mark.parametrize("state", AWAKE)
def test_quit_comes_to_an_end(content, state):
    stage = stage_in(state, content)
    stage.say("quit")
    stage.until("standby" if state == "invited" else "finished", 60)


@pytest.mark.parametrize("state", [state for state in AWAKE if state != "hello.volume"])
@pytest.mark.parametrize("command", GAINS)
def test_volume_changes_at_once_and_cuts_nothing(content, state, command):
    stage = stage_in(state, content)
    said = len(stage.lines)
    cues = stage.say(command)
    assert isinstance(cues[0], SetVolume)
    assert not any(isinstance(cue, Hush) for cue in cues)
    assert len(stage.lines) == said
    assert stage.state == state


@pytest.mark.parametrize(
    ("command", "limit"),
    [
        ("louder", "volume.loudest"),
        ("quieter", "volume.quietest"),
        ("slower", "tempo.slowest"),
        ("faster", "tempo.fastest"),
    ],
)
def test_at_its_limit_the_coach_says_so(content, command, limit):
    stage = stage_in("menu.ask", content)
    for _ in range(8):
        stage.say(command)
    assert stage.line_ids[-1] == limit


def test_nothing_counts_when_the_session_is_over(content):
    stage = stage_in("finished", content)
    assert stage.coach.finished
    assert stage.coach.live_commands == frozenset()
    assert stage.say("next") == []


def test_a_yes_accepts_the_suggested_number(content):
    stage = stage_in("menu.count", content)
    stage.say("yes")
    assert stage.state == "exercise.introduce"
