"""What the server answers to whom, and what pages are sent."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("starlette")

from starlette.datastructures import Headers
from starlette.testclient import TestClient

from rueckgrat.page.app import COOKIE, page_app
from rueckgrat.page.follower import (
    MOST_PAGES,
    PageFollower,
    Pages,
    TooManyPagesError,
    message,
)
from rueckgrat.page.guard import (
    Guard,
    is_local,
)
from rueckgrat.page.scene import Stage
from skill.messages.blocks import Exchange, silence
from skill.messages.events import Problem, Snapshot, StateEntered
from tests.page.house import ABROAD, CONTENT, HERE, House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


# --- who is let in ------------------------------------------------------------------------------


def test_this_machine_sees_the_page_and_others_the_form(house: House) -> None:
    assert 'id="figure"' in house.near().get("/").text
    assert 'id="code"' in house.client().get("/").text
    assert 'id="figure"' in house.paired().get("/").text


@pytest.mark.parametrize("path", ["/events", "/figure/bruecke.json"])
def test_a_stranger_sees_nothing_of_the_session(house: House, path: str) -> None:
    assert house.client().get(path).status_code == 401


def test_a_stranger_steers_nothing(house: House) -> None:
    assert house.post("/command", {"command": "stop"}).status_code == 401
    assert house.pressed == []


def test_the_spoken_code_lets_a_device_in_until_it_is_forgotten(house: House) -> None:
    client = house.client()
    answer = house.post("/pair", {"code": house.pairing.new_code(0.0), "name": "Tablet"}, client)
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/figure/bruecke.json").status_code == 200
    assert [one.name for one in house.devices.all()] == ["Tablet"]
    house.devices.forget()
    assert client.get("/figure/bruecke.json").status_code == 401


def test_behind_https_the_cookie_is_for_https_only(house: House) -> None:
    client = house.client("https://trainer.local")
    answer = house.post("/pair", {"code": house.pairing.new_code(0.0)}, client)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_codes_cannot_be_guessed(house: House) -> None:
    right = int(house.pairing.new_code(0.0))
    for number in range(1, 6):
        guess = f"{(right + number) % 10_000:04d}"
        assert house.post("/pair", {"code": guess}).status_code == 403
    assert house.post("/pair", {"code": f"{right:04d}"}).status_code == 403
    assert house.devices.all() == ()


def test_an_old_code_is_refused(house: House) -> None:
    code = house.pairing.new_code(0.0)
    house.now = 121.0
    assert house.post("/pair", {"code": code}).status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "a" * 5000])
def test_a_made_up_cookie_is_worth_nothing(house: House, cookie: str) -> None:
    house.paired()
    client = house.client()
    client.cookies.set(COOKIE, cookie)
    assert client.get("/figure/bruecke.json").status_code == 401


def test_a_proxy_on_this_machine_does_not_make_strangers_friends(house: House) -> None:
    near = house.near()
    assert near.get("/figure/bruecke.json").status_code == 200
    passed_on = {"x-forwarded-for": "203.0.113.7"}
    assert near.get("/figure/bruecke.json", headers=passed_on).status_code == 401
    via = {"via": "1.1 proxy"}
    assert near.get("/figure/bruecke.json", headers=via).status_code == 401
    by_name = house.client(ABROAD, "127.0.0.1")
    assert by_name.get("/figure/bruecke.json").status_code == 401


def test_behind_a_proxy_nobody_is_let_in_for_sitting_at_the_machine(house: House) -> None:
    desk = replace(house.desk, is_behind_proxy=True)
    client = TestClient(Guard(page_app(desk), []), base_url=HERE, client=("127.0.0.1", 50_000))
    assert client.get("/figure/bruecke.json").status_code == 401
    client.cookies.set(COOKIE, house.devices.add("Tablet", "2026-11-27"))
    assert client.get("/figure/bruecke.json").status_code == 200


@pytest.mark.parametrize(
    ("address", "host", "version", "local"),
    [
        ("127.0.0.1", "localhost:8088", "1.1", True),
        ("::ffff:127.0.0.1", "127.0.0.1:8088", "1.1", True),
        ("::1", "[::1]:8088", "1.1", True),
        ("127.0.0.1", "127.0.0.1", "1.0", False),  # nginx, as it comes
        ("::ffff:192.168.1.9", "localhost", "1.1", False),
        ("192.168.1.9", "127.0.0.1", "1.1", False),
        ("127.0.0.1", "192.168.1.9", "1.1", False),
        ("127.0.0.1", "localhost.evil.example", "1.1", False),
        ("127.0.0.1", "127.0.0.1.nip.io", "1.1", False),
        ("fe80::1%eth0", "localhost", "1.1", False),
    ],
)
def test_who_is_this_machine(address: str, host: str, version: str, local: bool) -> None:
    scope = {"client": (address, 1), "http_version": version}
    assert is_local(scope, Headers({"host": host})) is local


# --- touch --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["next", "stop", "programme(rueckentraining)", "feeling(good)", "mute"]
)
def test_a_touch_is_pressed(house: House, command: str) -> None:
    assert house.post("/command", {"command": command}, house.near()).status_code == 204
    assert house.pressed == [command]


# --- what pages are sent ------------------------------------------------------------------------


def test_who_comes_late_gets_how_it_is_and_then_all_that_changes() -> None:
    async def look() -> list[str]:
        pages = Pages()
        pages.publish("before")  # nobody looks yet
        pages.open(asyncio.get_running_loop())
        stream = pages.messages()
        seen = [await anext(stream)]
        pages.publish("after")
        return [*seen, await anext(stream)]

    assert asyncio.run(look()) == ["before", "after"]


def test_who_comes_late_learns_where_the_clock_is_by_now() -> None:
    async def look() -> list[str]:
        pages = Pages()
        stage = Stage(CONTENT)
        follower = PageFollower(stage, pages, lambda: Snapshot(state="paused"))
        follower.add(StateEntered(60.0, "paused"))
        block = silence(1600)
        for number in range(600, 650):  # nothing happens in these five seconds
            follower.after_block(Exchange(number / 10, block, block))
        stream = pages.messages()
        return [await anext(stream), await anext(stream)]

    scene, clock = map(json.loads, asyncio.run(look()))
    assert (scene["now"], scene["scene"]["heading"]) == (60.0, "Pause")
    assert clock == {"now": 64.9, "scene": {}}


def test_before_the_first_block_a_page_shows_that_something_comes_and_what_is_wrong() -> None:
    async def look() -> list[str]:
        pages = Pages()
        follower = PageFollower(Stage(CONTENT), pages, Snapshot)
        first = await anext(pages.messages())
        follower.add(Problem(0.0, "Kein Mikrofon."))
        return [first, await anext(pages.messages())]

    first, second = (json.loads(text)["scene"] for text in asyncio.run(look()))
    assert first["heading"] == second["heading"] == "Einen Moment"
    assert second["problem"] == "Kein Mikrofon."


def test_a_page_that_takes_nothing_is_dropped_and_the_others_go_on() -> None:
    async def look() -> tuple[int, list[str]]:
        pages = Pages()
        pages.open(asyncio.get_running_loop())
        slow, quick = pages.messages(), pages.messages()
        await anext(slow)
        await anext(quick)
        seen = []
        for number in range(60):
            pages.publish(str(number))
            seen.append(await anext(quick))
        return len(pages), [text async for text in slow] + seen

    left, seen = asyncio.run(look())
    assert left == 1
    assert seen == [str(number) for number in range(60)]


def test_there_are_not_more_pages_than_may_be() -> None:
    async def look() -> None:
        pages = Pages()
        streams = [pages.messages() for _ in range(MOST_PAGES)]
        for stream in streams:
            await anext(stream)
        with pytest.raises(TooManyPagesError):
            await anext(pages.messages())
        await streams[0].aclose()
        await anext(pages.messages())

    asyncio.run(look())


def test_a_message_has_the_clock_and_the_scene() -> None:
    assert json.loads(message(1.23456, {"mode": "talk"})) == {
        "now": 1.235,
        "scene": {"mode": "talk"},
    }
