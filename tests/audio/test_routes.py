"""Where a sound server has led the streams, as a made-up ``pactl`` tells it."""

import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from skill.audio.devices import Role
from skill.audio.routes import Routes, routes, strayed

_PACTL = """#!/bin/sh
cd "$(dirname "$0")"
case "$*" in
  subscribe) exec tail -n +1 -f news ;;
  *"list short "*) cat "$4.short" ;;
  *) cat "$3" ;;
esac
"""


class Server:
    """Answers with the files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "pactl").write_text(_PACTL, encoding="utf-8")
        (folder / "pactl").chmod(stat.S_IRWXU)
        (folder / "news").touch()
        self.answer(
            "sources.short", [{"index": 1, "name": "usb"}, {"index": 2, "name": "x.monitor"}]
        )
        self.answer("sinks.short", [{"index": 3, "name": "usb"}, {"index": 4, "name": "auto_null"}])
        self.lead(source=1, sink=3)

    def lead(self, source: int, sink: int) -> None:
        self.answer("source-outputs", [_stream("source", 9, 1), _stream("source", source)])
        self.answer("sink-inputs", [_stream("sink", sink)])

    def tell(self, event: str) -> None:
        with (self._folder / "news").open("a", encoding="utf-8") as news:
            news.write(f"Event 'change' on {event} #7\n")

    def answer(self, name: str, listed: object) -> None:
        (self._folder / name).write_text(json.dumps(listed), encoding="utf-8")


def _stream(field: str, device: int, process: int | None = None) -> dict[str, object]:
    return {field: device, "properties": {"application.process.id": str(process or os.getpid())}}


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return Server(tmp_path)


@pytest.fixture
def watched(server: Server) -> Iterator[Routes]:
    found = Routes()
    yield found
    found.close()


def wait_until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_only_streams_of_the_process_count() -> None:
    listed = [_stream("sink", 3, 1), _stream("sink", 4, 2), {"sink": 5}]
    assert routes(listed, "sink", 2) == [4]


def test_a_stream_that_is_not_where_it_began_has_strayed() -> None:
    homes = {Role.MICROPHONE: 1, Role.SPEAKER: 3}
    assert strayed(homes, homes) == frozenset()
    assert strayed(homes, {}) == frozenset(), "not listed: not known"
    assert strayed(homes, homes | {Role.SPEAKER: 4}) == {Role.SPEAKER}


def test_what_stays_where_it_is_has_not_strayed(server: Server, watched: Routes) -> None:
    server.tell("sink-input")
    time.sleep(0.3)
    assert watched.strayed() == frozenset()


def test_a_move_is_noticed(server: Server, watched: Routes) -> None:
    server.lead(source=1, sink=4)
    server.tell("sink-input")
    wait_until(lambda: watched.strayed() == {Role.SPEAKER})
    server.lead(source=2, sink=4)
    server.tell("source-output")
    wait_until(lambda: watched.strayed() == set(Role))


def test_other_news_are_none_of_its_business(server: Server, watched: Routes) -> None:
    server.lead(source=1, sink=4)
    server.tell("client")
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


@pytest.mark.parametrize("answer", ["", "Connection refused", "{}"])
def test_a_server_that_does_not_answer_leads_nowhere(
    server: Server, tmp_path: Path, answer: str
) -> None:
    for name in ("source-outputs", "sink-inputs"):
        (tmp_path / name).write_text(answer, encoding="utf-8")
    watched = Routes()
    assert watched.strayed() == frozenset()
    watched.close()


def test_a_pactl_that_cannot_be_started_is_none(server: Server, tmp_path: Path) -> None:
    (tmp_path / "pactl").write_bytes(b"\x7fELF no program")
    watched = Routes()
    assert watched.strayed() == frozenset()
    watched.close()


def test_without_pactl_nothing_is_watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    watched = Routes()
    assert watched.strayed() == frozenset()
    watched.close()
