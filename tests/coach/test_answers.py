"""A command of the dialogs is answered in place, or leads somewhere: nothing else is possible."""

import pytest

from skill.coach import Coach
from skill.coach.ways import TRIGGERS
from skill.errors import ContentError
from tests.coach.stage import Stage, speech_seconds

ROW = {"means": "Wie spät es ist", "phrases": ["wie spät ist es"], "where": ["everywhere"]}


def with_command(content, name, row):
    rows = {**content.commands, name: type(row).model_validate(ROW)}
    return content.model_copy(update={"commands": rows})


def test_a_command_of_which_nothing_comes_is_named_at_the_start(content):
    unknown = with_command(content, "time", content.commands["help"])
    with pytest.raises(ContentError, match="ein Befehl „time“, aus dem nichts wird"):
        Coach(unknown, speech_seconds)


def test_every_command_is_answered_or_leads_somewhere_and_every_handler_has_one(content):
    handlers = Stage(Coach(content, speech_seconds)).coach._answers._handlers
    assert set(content.commands) <= {*handlers, *TRIGGERS}
    assert set(handlers) <= set(content.commands)
