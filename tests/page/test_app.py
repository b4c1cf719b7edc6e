"""What the server answers, and each attack that it must not fall for."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("starlette")

from starlette.datastructures import Headers
from starlette.testclient import TestClient

from rueckgrat.page.app import COOKIE, Desk, page_app
from rueckgrat.page.companion import may_press
from rueckgrat.page.follower import (
    MOST_PAGES,
    PageFollower,
    Pages,
    TooManyPagesError,
    message,
)
from rueckgrat.page.guard import (
    CHANGES_PER_MINUTE,
    MOST_BODY_BYTES,
    PAIRINGS_PER_MINUTE,
    READS_PER_MINUTE,
    Guard,
    host_name,
    is_local,
    is_own_name,
)
from rueckgrat.page.pairing import PairedDevices, Pairing
from rueckgrat.page.scene import Stage
from skill.content.loader import load_content
from skill.messages.blocks import Exchange, silence
from skill.messages.events import Problem, Snapshot, StateEntered

CONTENT = load_content()
HERE = "http://localhost"
ABROAD = "http://trainer.local:8088"


class House:
    """A page's server, and what came of the requests."""

    def __init__(self, folder: Path) -> None:
        self.pressed: list[str] = []
        self.now = 0.0
        self.pairing = Pairing()
        self.devices = PairedDevices(folder / "devices.json")
        self.pages = Pages()
        self.desk = Desk(
            pages=self.pages,
            press=self.pressed.append,
            may_press=lambda text: may_press(text, CONTENT),
            figure=lambda name: {"name": name},
            pairing=self.pairing,
            devices=self.devices,
            clock=lambda: self.now,
        )
        self.app = Guard(page_app(self.desk), ["trainer.local"], clock=lambda: self.now)

    def client(self, base: str = ABROAD, address: str = "192.168.1.20") -> TestClient:
        return TestClient(self.app, base_url=base, client=(address, 50_000))

    def post(self, path: str, fields: object, client: TestClient | None = None, **headers: str):
        client = client or self.client()
        sent = {"origin": str(client.base_url), **headers}
        return client.post(path, content=json.dumps(fields), headers=sent)

    def paired(self) -> TestClient:
        client = self.client()
        client.cookies.set(COOKIE, self.devices.add("Tablet", "2026-11-27"))
        return client

    def near(self) -> TestClient:
        return self.client(HERE, "127.0.0.1")


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


# --- attacks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "trainer.local.evil.example", "", "127.0.0.1.nip.io"]
)
def test_a_foreign_name_is_refused_so_that_rebinding_finds_nothing(house: House, host: str) -> None:
    assert house.near().get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost:8088", "localhost"),
        ("LOCALHOST", "localhost"),
        ("[::1]:8088", "::1"),
        ("192.168.1.5", "192.168.1.5"),
    ],
)
def test_names_of_hosts(header: str, name: str) -> None:
    assert host_name(header) == name
    assert is_own_name(name, ())


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://localhost:1", "file://"]
)
def test_a_change_from_another_site_is_refused(house: House, origin: str) -> None:
    near = house.near()
    assert house.post("/command", {"command": "next"}, near, origin=origin).status_code == 403
    assert house.pressed == []


def test_a_change_without_an_origin_is_refused(house: House) -> None:
    answer = house.near().post("/command", content='{"command": "next"}')
    assert answer.status_code == 403


def test_a_browser_that_says_cross_site_is_believed(house: House) -> None:
    fields, near = {"command": "next"}, house.near()
    answer = house.post("/command", fields, near, **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_and_nothing_is_shared(house: House, method: str) -> None:
    answer = house.near().request(method, "/command", headers={"origin": "http://evil.example"})
    assert answer.status_code == 405
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_too_much_at_once_is_refused(house: House) -> None:
    near = house.near()
    much = {"command": "x" * MOST_BODY_BYTES}
    assert house.post("/command", much, near).status_code == 413

    def in_pieces() -> Iterator[bytes]:  # declares no length
        for _ in range(40):
            yield b" " * 1024

    answer = near.post("/command", content=in_pieces(), headers={"origin": HERE})
    assert answer.status_code == 413
    assert house.pressed == []


def test_touching_without_end_is_refused_and_the_next_minute_is_fine(house: House) -> None:
    near = house.near()
    for _ in range(CHANGES_PER_MINUTE):
        assert house.post("/command", {"command": "louder"}, near).status_code == 204
    assert house.post("/command", {"command": "louder"}, near).status_code == 429
    house.now = 61.0
    assert house.post("/command", {"command": "louder"}, near).status_code == 204


def test_what_is_refused_costs_no_memory_and_makes_nobody_wait_longer(house: House) -> None:
    near = house.near()
    for _ in range(CHANGES_PER_MINUTE + 50):
        house.post("/command", {"command": "louder"}, near)
    assert sum(map(len, house.app._asked.values())) == CHANGES_PER_MINUTE
    for number in range(400):
        house.client(ABROAD, f"10.0.{number // 200}.{number % 200}").get("/")
    assert len(house.app._asked) <= 256


def test_reading_without_end_is_refused(house: House) -> None:
    scope = {"client": ("10.0.0.9", 1), "path": "/"}
    for _ in range(READS_PER_MINUTE):
        assert house.app._too_often(scope, READS_PER_MINUTE) is None
    assert house.client(ABROAD, "10.0.0.9").get("/").status_code == 429
    assert house.client(ABROAD, "10.0.0.8").get("/").status_code == 200


@pytest.mark.parametrize(("mode", "status"), [("cors", 403), ("no-cors", 403), ("navigate", 200)])
def test_other_sites_may_link_here_but_not_read(house: House, mode: str, status: int) -> None:
    said = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode}
    assert house.near().get("/", headers=said).status_code == status


def test_a_device_cannot_steer_a_terminal_by_its_name_and_no_sign_breaks_it(house: House) -> None:
    for name in ("Ta\x1b[31mblet\r\nset-cookie: x", "\ud800", "ü" * 400):
        code = house.pairing.new_code(0.0)
        assert house.post("/pair", {"code": code, "name": name}).status_code == 204
    first, second, third = (one.name for one in house.devices.all())
    assert first == "Ta[31mbletset-cookie: x"
    assert second == "ein Gerät"
    assert third == "ü" * 40
    house.pairing.new_code(0.0)
    assert house.post("/pair", {"code": "\ud800"}).status_code == 403


def test_a_head_request_of_the_stream_ends(house: House) -> None:
    assert house.near().head("/events").status_code == 204
    assert house.client().head("/events").status_code == 401
    assert house.near().head("/").status_code == 200


def test_pairing_is_tried_slowly(house: House) -> None:
    for _ in range(PAIRINGS_PER_MINUTE):
        house.pairing.new_code(0.0)
        house.post("/pair", {"code": "x"})
    assert house.post("/pair", {"code": house.pairing.new_code(0.0)}).status_code == 429


@pytest.mark.parametrize("body", ["", "[]", "{", '"stop"', '{"command": 1}', "[" * 9000, "\xff"])
def test_nonsense_does_nothing(house: House, body: str) -> None:
    answer = house.near().post("/command", content=body, headers={"origin": HERE})
    assert answer.status_code == 400
    assert house.pressed == []


@pytest.mark.parametrize(
    "command", ["rm -rf", "exercise(../../x", "__class__", "begin", "time_up", "announce(Hallo)"]
)
def test_only_commands_of_the_dialogs_can_be_touched(house: House, command: str) -> None:
    assert house.post("/command", {"command": command}, house.near()).status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "page.html",
        "nothing.js",
        "%00",
        "%2e%2e%2fapp.py",
        "page.js%00.css",
        "..\\\\app.py",
    ],
)
def test_only_what_is_meant_to_be_served_is(house: House, name: str) -> None:
    assert house.near().get(f"/static/{name}").status_code == 404


def test_every_answer_carries_the_headers(house: House) -> None:
    near = house.near()
    for path in ("/", "/static/page.js", "/nothing"):
        headers = near.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
    assert "content-security-policy" in near.get("/", headers={"host": "evil"}).headers


def test_pages_have_no_inline_script_or_style(house: House) -> None:
    for client in (house.near(), house.client()):
        text = client.get("/").text
        assert "<style" not in text
        assert "style=" not in text
        assert " on" not in text.replace(" one", "").replace(" online", "").split("<body")[0]
        assert text.count("<script") == text.count("src=")


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
