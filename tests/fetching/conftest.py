from collections.abc import Iterator

import pytest

from tests.fetching.publisher import Publisher, publish


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publish() as state:
        yield state
