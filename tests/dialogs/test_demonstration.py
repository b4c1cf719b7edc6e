"""The recorded demonstration that is played where there is no microphone."""

import pytest

from rueckgrat.replay.report import report
from rueckgrat.replay.run import run_dialog
from rueckgrat.replay.sessions import session_maker
from skill.messages.events import CommandHeard, Remembered, StateEntered
from skill.messages.notes import kind_name
from skill.paths import dialogs_dir
from skill.settings import load_settings


@pytest.mark.slow
def test_the_demonstration_shows_what_the_trainer_can_do() -> None:
    path = dialogs_dir() / "demonstration" / "demonstration.dialog.yaml"
    result = run_dialog(path, session_maker(load_settings()))
    assert result.passed, report(result)
    commands = ("person", "yes", "question", "programme", "pause", "resume", "feeling", "slower")
    notes = ("set_done", "rated", "hurt")
    states = ("safety.ask", "exercise.repeat", "exercise.feedback", "pain.leave", "goodbye")
    events = result.take.events
    heard = {event.command.name for event in events if isinstance(event, CommandHeard)}
    assert heard >= {*commands, "pain", "quit"}
    noted = {kind_name(type(one.note)) for one in events if isinstance(one, Remembered)}
    assert noted >= set(notes)
    assert {event.state for event in events if isinstance(event, StateEntered)} >= set(states)
    assert 120 < result.take.seconds < 280
