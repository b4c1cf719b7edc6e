import pytest

from skill.content.loader import load_content
from skill.content.schema import Content
from skill.understanding import Understanding


@pytest.fixture(scope="session")
def content() -> Content:
    """What the trainer is shipped with."""
    return load_content()


@pytest.fixture(scope="session")
def understanding(content: Content) -> Understanding:
    return Understanding(content)
