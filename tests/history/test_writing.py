import threading
import time

import pytest

from rueckgrat.history.writing import BackgroundWriter


class _Card:
    """A disk that stalls until it is told to go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.written: list[int] = []

    def write(self, number: int) -> None:
        assert self.go_on.wait(60)
        self.written.append(number)


def _fail() -> None:
    raise OSError("full")


def test_quick_work_is_done_when_do_returns() -> None:
    desk, done = BackgroundWriter(patience_seconds=10), []
    desk.do(lambda: done.append(1))
    assert done == [1]
    desk.close()


def test_a_stalling_disk_is_waited_for_once_and_no_longer_than_the_patience() -> None:
    desk, card = BackgroundWriter(patience_seconds=0.05), _Card()
    began = time.perf_counter()
    for number in range(100):
        desk.do(lambda number=number: card.write(number))
    assert time.perf_counter() - began < 2.5  # 5 s, if each one was waited for
    assert card.written == []
    card.go_on.set()
    desk.finish()
    assert card.written == list(range(100))
    desk.close()


def test_an_error_comes_out_of_the_do_it_belongs_to() -> None:
    desk = BackgroundWriter(patience_seconds=10)
    with pytest.raises(OSError, match="full"):
        desk.do(_fail)
    desk.do(lambda: None)
    desk.finish()
    desk.close()


def test_a_late_error_comes_out_of_the_next_do_which_is_done_nevertheless() -> None:
    desk, card, done = BackgroundWriter(patience_seconds=0.01), _Card(), threading.Event()

    def late() -> None:
        card.write(1)
        _fail()

    desk.do(late)
    card.go_on.set()
    assert desk.ask(lambda: True)  # waits for what comes before it
    with pytest.raises(OSError, match="full"):
        desk.do(done.set)
    assert done.wait(60)
    desk.finish()
    desk.close()


def test_a_late_error_comes_out_of_finish() -> None:
    desk, card = BackgroundWriter(patience_seconds=0.01), _Card()
    desk.do(lambda: (card.write(1), _fail()))
    card.go_on.set()
    with pytest.raises(OSError, match="full"):
        desk.finish()
    desk.close()
