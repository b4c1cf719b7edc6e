"""Each recording of a command is heard as that command, by the ear that dialog tests use."""

import csv
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from rueckgrat.recordings.files import read_recording
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.content.states import STATES
from skill.ear import SpeechModel, open_ear
from skill.ear.ear import Ear
from skill.messages.blocks import EAR_BLOCK_SAMPLES, silence
from skill.messages.heard import Command, Listening
from skill.models import choose_model
from tests.recordings.make_recordings import HERE

pytestmark = pytest.mark.slow

BEFORE_SAMPLES = EAR_BLOCK_SAMPLES * 4
AFTER_SAMPLES = EAR_BLOCK_SAMPLES * 15
PEOPLE = ("anna", "bernd")


@cache
def household() -> Content:
    """Return the content with two people, as the settings would name them."""
    content = load_content()
    person = content.commands["person"]
    slots = {**person.slots, **{f"ich bin {name}": name for name in PEOPLE}}
    commands = {**content.commands, "person": person.model_copy(update={"slots": slots})}
    fields = {name: getattr(content, name) for name in Content.model_fields}
    return Content(**{**fields, "commands": commands})


@pytest.fixture(scope="module")
def ear() -> Ear:
    return open_ear(SpeechModel(choose_model("")), household())


def spoken() -> list[tuple[str, Command]]:
    with (HERE / "manifest.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    meant = household().vocabulary
    return [(row["file"], meant[row["text"]]) for row in rows if row["text"] in meant]


def state_for(command: Command) -> str:
    """Return the first state in which the command counts."""
    return next(state for state in STATES if household().commands[command.name].counts_in(state))


def some_now_and_all_in_test_long() -> Iterator[object]:
    """Every third recording is part of make test; the others are marked as long."""
    for number, one in enumerate(spoken()):
        yield pytest.param(*one, id=one[0], marks=[pytest.mark.long] * bool(number % 3))


@pytest.mark.parametrize(("file", "command"), list(some_now_and_all_in_test_long()))
def test_it_is_heard(ear: Ear, file: str, command: Command) -> None:
    listening = Listening(live=household().live_commands(state_for(command)))
    said = read_recording(HERE / file)
    pcm = np.concatenate([silence(BEFORE_SAMPLES), said, silence(AFTER_SAMPLES)])
    heard = [
        one
        for first in range(0, pcm.size - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES)
        for one in ear.process(pcm[first : first + EAR_BLOCK_SAMPLES], listening)
    ]
    assert [one.command for one in heard] == [command]


def test_every_topic_has_a_recorded_question() -> None:
    asked = {command.slot for _, command in spoken() if command.name == "question"}
    assert asked == household().topics.keys()
