"""The server on a real socket: who takes up room, who is forgotten, and how it ends."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from unittest.mock import Mock

import pytest

pytest.importorskip("uvicorn")

from rueckgrat.page import app as app_module
from rueckgrat.page import follower as follower_module
from rueckgrat.page import guard as guard_module
from rueckgrat.page import server as server_module
from rueckgrat.page.app import COOKIE
from rueckgrat.page.companion import Companion
from rueckgrat.page.follower import MOST_PAGES, Pages
from rueckgrat.page.server import served
from skill.errors import SkillError
from skill.session import Session
from skill.settings import Settings
from tests.page.house import House

FOREIGN = "trainer.local"


BUSY_SECONDS = 60.0
"""Longer than a busy machine takes for anything here."""


class Open(House):
    """A page's server on a port of this machine."""

    port = 0

    def get(self, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=BUSY_SECONDS)
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    def raw(self, sent: bytes) -> socket.socket:
        link = socket.create_connection(("127.0.0.1", self.port), timeout=BUSY_SECONDS)
        link.sendall(sent)
        return link


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(app_module, "_ASKED_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(follower_module, "PULSE_SECONDS", 0.1)
    monkeypatch.setattr(guard_module, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(server_module, "PATIENCE_SECONDS", 0.3)
    one = Open(tmp_path)
    with served(one.app, one.pages, "127.0.0.1", 0) as one.port:
        yield one


def until(condition: Callable[[], bool], seconds: float = BUSY_SECONDS) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_an_open_page_of_a_forgotten_device_ends(house: Open) -> None:
    token = house.devices.add("Tablet", "2026-11-27")
    stream = house.get("/events", Host=FOREIGN, Cookie=f"{COOKIE}={token}")
    near = house.get("/events")
    assert (stream.status, near.status) == (200, 200)
    assert stream.readline().startswith(b"retry:")
    house.devices.forget()
    stream.read()  # to its end, or the test fails by a timeout
    assert len(house.pages) == 1
    assert house.get("/events", Host=FOREIGN, Cookie=f"{COOKIE}={token}").status == 401
    assert near.readline().startswith(b"retry:")


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
def test_who_asks_for_nothing_is_sent_away(house: Open, sent: bytes) -> None:
    with house.raw(sent) as link, contextlib.suppress(ConnectionResetError):
        assert link.recv(100) == b""


def test_a_body_that_does_not_come_is_waited_for_in_vain(house: Open) -> None:
    head = "POST /command HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
    with house.raw(f"{head}Content-Length: 90\r\n\r\n{{".encode()) as link:
        assert b" 408 " in link.recv(200)
    assert house.pressed == []


def test_who_takes_nothing_is_cut_off_and_the_session_does_not_wait(house: Open) -> None:
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    with link:
        link.connect(("127.0.0.1", house.port))
        link.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert until(lambda: len(house.pages) == 1)
        began = time.monotonic()
        for _ in range(60):
            house.pages.publish("x" * 200_000)
        assert time.monotonic() - began < 9.0  # 18 s, if each piece was waited for
        assert until(lambda: len(house.pages) == 0)
        time.sleep(4 * server_module.PATIENCE_SECONDS)
        taken = 0
        with contextlib.suppress(ConnectionResetError):
            while piece := link.recv(1 << 20):
                taken += len(piece)
        assert taken < 40 * 200_000


def test_one_machine_cannot_take_all_the_room(house: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "is_loopback", lambda _: False)
    monkeypatch.setattr(server_module, "MOST_OF_ONE_ADDRESS", 3)
    links = [house.raw(b"") for _ in range(3)]
    with pytest.raises(OSError):  # noqa: PT011 - reset, or closed
        house.get("/")
    for link in links:
        link.close()


def test_nonsense_is_answered_and_nothing_is_printed(
    house: Open, capfd: pytest.CaptureFixture[str]
) -> None:
    for sent in (b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000):
        with house.raw(sent) as link:
            assert b" 400 " in link.recv(200)
    assert house.get("/").status == 200
    assert capfd.readouterr().err == ""


def test_the_last_message_arrives_before_the_end(house: Open) -> None:
    stream = house.get("/events")
    stream.readline()
    for number in range(20):
        house.pages.publish(f"number {number}")
    house.pages.close()
    assert b"number 19" in stream.read()


def test_a_server_that_fails_says_so_once_and_the_training_goes_on(
    house: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr(server_module.uvicorn.Server, "serve", fail)
    said: list[str] = []
    pages = Pages()
    with served(house.app, pages, "127.0.0.1", 0, said.append):
        assert until(lambda: bool(said))
        for number in range(100):
            pages.publish(str(number))  # as the session does
    assert said == [server_module.FAILED]


def test_all_pages_are_open_and_there_is_room_for_requests(house: Open) -> None:
    streams = [house.get("/events") for _ in range(MOST_PAGES)]
    assert {one.status for one in streams} == {200}
    one_more = house.get("/events")
    assert (one_more.status, "zu viele Seiten" in one_more.read().decode()) == (503, True)
    assert {house.get("/static/page.js").status for _ in range(3 * MOST_PAGES)} == {200}
    for stream in streams:
        stream.close()


def test_where_the_port_is_taken_one_trains_without_the_page(house: Open) -> None:
    said: list[str] = []
    settings = Settings(page=True, page_port=house.port)
    with Companion(settings, said.append).shown(Mock(Session)) as port:
        assert port == 0
    assert len(said) == 1
    assert f"Port {house.port}, nicht zeigen" in said[0]


def test_a_taken_port_is_told(house: Open) -> None:
    with (
        pytest.raises(SkillError, match="nicht zeigen"),
        served(house.app, house.pages, "127.0.0.1", house.port),
    ):
        pass
