import threading
from collections.abc import Iterator

import pytest

from tests.audio.fake_card import FakeCard


@pytest.fixture
def card() -> Iterator[FakeCard]:
    card = FakeCard()
    ended = threading.Event()
    thread = threading.Thread(target=card.run, args=(ended,))
    thread.start()
    yield card
    ended.set()
    thread.join()
    assert all(stream.closed for stream in card.everything_opened), "left open"
