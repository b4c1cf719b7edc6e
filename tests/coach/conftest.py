import pytest

from skill.coach import Coach
from skill.content.loader import load_content
from tests.coach.stage import Stage, nobody, speech_seconds


@pytest.fixture(scope="session")
def content():
    return load_content()


@pytest.fixture
def stage(content):
    return Stage(Coach(content, speech_seconds))


@pytest.fixture
def trainee(content):
    return nobody(content)
