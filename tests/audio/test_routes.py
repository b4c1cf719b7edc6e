"""Where a sound server has led the streams, as a made-up one tells it."""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from skill.audio import routes as module
from skill.audio.devices import Role
from skill.audio.routes import Routes, routes, strayed


class NoServerError(Exception):
    """Stands for all errors of pulsectl."""


class LoopStop(Exception):  # noqa: N818, as pulsectl names it
    """Ends the listening of a made-up server."""


class Server:
    """What ``pulsectl.Pulse`` is to one connection."""

    def __init__(self) -> None:
        self.news: queue.Queue[str] = queue.Queue()
        self.dies = False
        self.lead(source=1, sink=3)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def lead(self, source: int, sink: int) -> None:
        self._sources = [stream("source", 9, 1), stream("source", source)]
        self._sinks = [stream("sink", sink)]

    def event_mask_set(self, *wanted: str) -> None:
        self._wanted = wanted

    def event_callback_set(self, callback: Callable[[Any], None]) -> None:
        self._callback = callback

    def event_listen(self, timeout_seconds: float) -> None:
        with suppress(queue.Empty, LoopStop):
            if self.news.get(timeout=timeout_seconds) in self._wanted:
                self._callback(None)
        if self.dies:
            raise NoServerError

    def source_output_list(self) -> list[SimpleNamespace]:
        return self._sources

    def sink_input_list(self) -> list[SimpleNamespace]:
        return self._sinks

    def source_list(self) -> list[SimpleNamespace]:
        return [device(1, "usb"), device(2, "x.monitor")]

    def sink_list(self) -> list[SimpleNamespace]:
        return [device(3, "usb"), device(4, "auto_null")]


def stream(field: str, number: int, process: int | None = None) -> SimpleNamespace:
    properties = {"application.process.id": str(process or os.getpid())}
    return SimpleNamespace(**{field: number}, proplist=properties)


def device(number: int, name: str) -> SimpleNamespace:
    return SimpleNamespace(index=number, name=name)


def library(connect: Callable[[str], Server]) -> Callable[[], SimpleNamespace]:
    errors = {"PulseError": NoServerError, "PulseDisconnected": NoServerError}
    return lambda: SimpleNamespace(Pulse=connect, PulseLoopStop=LoopStop, **errors)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made_up = Server()
    monkeypatch.setattr(module, "_pulsectl", library(lambda _: made_up))
    return made_up


@pytest.fixture
def watched(server: Server) -> Iterator[Routes]:
    found = Routes()
    yield found
    found.close()
    assert not found._thread.is_alive()


def wait_until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_only_streams_of_the_process_count() -> None:
    nobodys = SimpleNamespace(sink=5, proplist={})
    assert routes([stream("sink", 3, 1), stream("sink", 4, 2), nobodys], "sink", 2) == [4]


def test_a_stream_that_is_not_where_it_began_has_strayed() -> None:
    homes = {Role.MICROPHONE: 1, Role.SPEAKER: 3}
    assert strayed(homes, homes) == frozenset()
    assert strayed(homes, {}) == frozenset(), "not listed: not known"
    assert strayed(homes, homes | {Role.SPEAKER: 4}) == {Role.SPEAKER}


def test_what_stays_where_it_is_has_not_strayed(server: Server, watched: Routes) -> None:
    server.news.put("sink_input")
    time.sleep(0.3)
    assert watched.strayed() == frozenset()


def test_a_move_is_noticed(server: Server, watched: Routes) -> None:
    server.lead(source=1, sink=4)
    server.news.put("sink_input")
    wait_until(lambda: watched.strayed() == {Role.SPEAKER})
    server.lead(source=2, sink=4)
    server.news.put("source_output")
    wait_until(lambda: watched.strayed() == set(Role))


def test_other_news_are_none_of_its_business(server: Server, watched: Routes) -> None:
    server.lead(source=1, sink=4)
    server.news.put("client")
    time.sleep(0.3)
    assert watched.strayed() == frozenset()


@pytest.mark.parametrize(
    ("source", "sink", "dummies"), [(2, 3, {Role.MICROPHONE}), (1, 4, {Role.SPEAKER})]
)
def test_a_dummy_is_known_from_the_beginning(
    server: Server, source: int, sink: int, dummies: set[Role]
) -> None:
    server.lead(source, sink)
    watched = Routes()
    assert watched.strayed() == dummies
    watched.close()


def test_a_server_that_goes_away_ends_the_watch(server: Server, watched: Routes) -> None:
    server.dies = True
    wait_until(lambda: not watched._thread.is_alive())
    assert watched.strayed() == frozenset()


def test_without_a_server_nothing_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> Server:
        raise NoServerError

    monkeypatch.setattr(module, "_pulsectl", library(refuse))
    watched = Routes()
    assert watched.strayed() == frozenset()
    watched.close()


def test_a_server_that_hangs_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ASK_SECONDS", 0.1)
    goes_on = threading.Event()
    monkeypatch.setattr(module, "_pulsectl", library(lambda _: goes_on.wait(60) and Server()))
    begun = time.monotonic()
    watched = Routes()
    watched.close()
    assert watched.strayed() == frozenset()
    assert time.monotonic() - begun < 30
    goes_on.set()


def test_without_libpulse_nothing_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise OSError("libpulse.so.0: cannot open shared object file")

    monkeypatch.setattr(module, "_pulsectl", missing)
    watched = Routes()
    assert watched.strayed() == frozenset()
    watched.close()
