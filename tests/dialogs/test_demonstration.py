"""The recorded demonstration that is played where there is no microphone."""

import pytest

from skill.messages.events import Kind
from skill.paths import dialogs_dir
from skill.replay.report import report
from skill.replay.run import run_dialog
from skill.replay.sessions import session_maker
from skill.settings import load_settings


@pytest.mark.slow
def test_the_demonstration_shows_what_the_trainer_can_do() -> None:
    path = dialogs_dir() / "demonstration" / "demonstration.dialog.yaml"
    result = run_dialog(path, session_maker(load_settings()))
    assert result.passed, report(result)
    happened = {(event.kind, event.detail.partition("(")[0]) for event in result.take.events}
    commands = ("person", "yes", "question", "programme", "pause", "resume", "feeling", "slower")
    notes = ("set_done", "rated", "hurt")
    states = ("safety.ask", "exercise.repeat", "exercise.feedback", "pain.leave", "goodbye")
    assert happened >= {(Kind.HEARD, name) for name in (*commands, "pain", "quit")}
    assert happened >= {(Kind.REMEMBERED, name) for name in notes}
    assert happened >= {(Kind.STATE, name) for name in states}
    assert 120 < result.take.seconds < 250
