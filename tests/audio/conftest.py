from collections.abc import Iterator

import pytest

from tests.audio.fake_card import FakeCard, running_card


@pytest.fixture
def card() -> Iterator[FakeCard]:
    with running_card() as card:
        yield card
    assert all(stream.closed for stream in card.everything_opened), "left open"
    assert all(watch.closed for watch in card.watches), "still watched"
