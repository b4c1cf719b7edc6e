import pytest

from skill.coach import Coach
from skill.coach.trainee import LONG_AGO, Trainee
from skill.content.loader import load_content
from skill.progress.profile import Profile
from tests.coach.stage import Stage, speech_seconds


@pytest.fixture(scope="session")
def content():
    return load_content()


@pytest.fixture
def stage(content):
    return Stage(Coach(content, speech_seconds))


@pytest.fixture
def trainee(content):
    return Trainee(content, (), lambda _: Profile(), lambda: LONG_AGO)
