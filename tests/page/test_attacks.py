"""Each attack that the server must not fall for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette")


from rueckgrat.page.guard import (
    CHANGES_PER_MINUTE,
    MOST_BODY_BYTES,
    PAIRINGS_PER_MINUTE,
    READS_PER_MINUTE,
    host_name,
    is_own_name,
)
from tests.page.house import ABROAD, HERE, House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


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
