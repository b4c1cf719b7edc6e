"""Any sequence of commands, noise and silence: no exception, no dead end, never two voices."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from skill.content.loader import load_content
from skill.content.states import STATES
from skill.messages.cues import Hush
from skill.messages.notes import HistoryEntry, Hurt, Load, Outcome, PlanAt, SessionBegan, SetDone
from tests.coach.stage import EVENING, stage_for

CONTENT = load_content()
COMMANDS = tuple(CONTENT.commands)
PEOPLE = ("Anna", "Bernd")
SLOTS = {
    name: st.sampled_from(sorted(set(row.slots.values())))
    for name, row in CONTENT.commands.items()
    if row.slots
} | {"person": st.sampled_from([name.lower() for name in PEOPLE])}
SIGNS = ("", *CONTENT.commands["pain"].signs)
LIKELY = ("next", "yes", "number", "exercise", "all", "done", "pause", "resume", "programme")
LONGEST_SILENCE_SECONDS = 4_000.0  # fifteen repetitions of everything at the slowest tempo


def _days_ago(days, note):
    return [
        HistoryEntry(name, EVENING - timedelta(days=days), note) for name in ("", "anna", "bernd")
    ]


PASTS = {
    "new": [],
    "broken off": _days_ago(0.1, PlanAt(("bruecke", "roll-up"), 1)),
    "hurt": [one for name in ("bruecke", "roll-up") for one in _days_ago(1, Hurt(name))],
    "long ago": _days_ago(70, SetDone("bruecke", (12,), Load(12, 2), Outcome.COMPLETE)),
    "regular": [entry for _ in range(5) for entry in _days_ago(1, SessionBegan())],
}


class AnySession(RuleBasedStateMachine):
    """Whatever a person does; `Stage` itself fails when two lines would sound at once."""

    @initialize(
        people=st.sampled_from([(), PEOPLE[:1], PEOPLE]),
        stays=st.booleans(),
        past=st.sampled_from(sorted(PASTS)),
    )
    def begin(self, people, stays, past):
        self.stage = stage_for(CONTENT, PASTS[past], people=people, stays=stays)

    @rule(name=st.sampled_from((*COMMANDS, *LIKELY, *LIKELY)), data=st.data())
    def command(self, name, data):
        slot = data.draw(SLOTS.get(name, st.just("")))
        before = self.stage.state
        live = name in self.stage.coach.live_commands
        early = self.stage.outruns_the_question(name)
        sign = data.draw(st.sampled_from(SIGNS)) if name == "pain" else ""
        if name in ("stop", "pain") and before != "finished":
            assert isinstance(self.stage.say(name, slot, sign)[0], Hush)
        elif early:
            self.stage.say(name, slot)
            assert self.stage.state == before
        elif live:
            answered = self.stage.answered(name, slot)
            assert answered or self.stage.state == "finished", f"{name} in {before}"
        else:
            self.stage.say(name, slot)

    @rule(name=st.sampled_from(COMMANDS), data=st.data())
    @precondition(lambda self: not self.stage.is_speaking)
    def patient_command(self, name, data):
        self.stage.wait(1.0)
        self.command(name, data)

    @rule()
    def invitation(self):
        before = self.stage.state
        self.stage.invite()
        assert self.stage.state == ("invited" if before == "standby" else before)

    @rule()
    def noise(self):
        self.stage.mumble()

    @rule(name=st.sampled_from(COMMANDS), data=st.data())
    def unclear_command(self, name, data):
        before = self.stage.state
        self.stage.say_unclearly(name, data.draw(SLOTS.get(name, st.just(""))))
        assert self.stage.state == before

    @rule(seconds=st.sampled_from((0.1, 0.4, 1.0, 3.0, 10.0, 30.0)))
    def silence(self, seconds):
        self.stage.wait(seconds)

    @invariant()
    def is_somewhere(self):
        assert self.stage.state in STATES

    @invariant()
    def nothing_of_a_guest_is_kept(self):
        trainee = self.stage.coach._trainee
        assert not (trainee.is_guest and trainee._entries)

    @invariant()
    def trains_only_with_consent(self):
        if self.stage.state.startswith("exercise."):
            assert self.stage.coach._training.trainee.may_train
            assert not self.stage.coach._training.sign

    def teardown(self):
        stage = self.stage
        if stage.now % 0.2 < 0.1:  # either way out, as it happens
            if stage.state == "standby":
                stage.say("wake")
            stage.say("quit")
            stage.until_true(lambda: stage.state in ("standby", "finished"), 90)
        else:
            prompts = self.stage.line_ids.count("still_there")
            self.stage.until_true(
                lambda: self.stage.state in ("standby", "finished"), LONGEST_SILENCE_SECONDS
            )
            assert self.stage.line_ids.count("still_there") <= prompts + 3


TestAnySession = pytest.mark.filterwarnings("error")(AnySession.TestCase)
TestAnySession.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_thousands_of_sessions():
    many = settings(TestAnySession.settings, max_examples=2_000, derandomize=False)
    run = AnySession.TestCase()
    run.settings = many
    run.runTest()
