"""Codes and devices."""

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rueckgrat.page.pairing import CODE_SECONDS, MOST_DEVICES, TRIES, PairedDevices, Pairing
from skill.errors import SkillError
from skill.files import held


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04d}"


def test_a_code_counts_once() -> None:
    pairing = Pairing()
    code = pairing.new_code(0.0)
    assert len(code) == 4
    assert code.isdecimal()
    assert pairing.redeem(f" {code} ", 1.0)
    assert not pairing.redeem(code, 2.0)


def test_a_code_counts_for_two_minutes() -> None:
    pairing = Pairing()
    assert pairing.redeem(pairing.new_code(0.0), CODE_SECONDS - 0.1)
    assert not pairing.redeem(pairing.new_code(0.0), CODE_SECONDS)


def test_five_tries_are_all() -> None:
    pairing = Pairing()
    code = pairing.new_code(0.0)
    for _ in range(TRIES - 1):
        assert not pairing.redeem(wrong(code), 1.0)
    assert pairing.is_open(1.0)
    assert not pairing.redeem(wrong(code), 1.0)
    assert not pairing.redeem(code, 1.0)


def test_a_new_code_makes_the_last_one_void_and_without_one_nothing_counts() -> None:
    pairing = Pairing()
    assert not pairing.redeem("", 0.0)
    first, second = pairing.new_code(0.0), pairing.new_code(0.0)
    if first != second:
        assert not pairing.redeem(first, 1.0)
    assert pairing.redeem(second, 1.0)
    assert len({pairing.new_code(0.0) for _ in range(50)}) > 30


def test_a_device_is_known_by_its_token_which_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "new" / "devices.json"
    devices = PairedDevices(file)
    token = devices.add("Tablet", "2026-11-27")
    assert devices.knows(token)
    assert not devices.knows(token + "x")
    assert not devices.knows("")
    assert token not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in PairedDevices(file).all()] == ["Tablet"]


def test_forgotten_devices_are_strangers(tmp_path: Path) -> None:
    devices = PairedDevices(tmp_path / "devices.json")
    tokens = [devices.add(f"Gerät {number}", "2026-11-27") for number in range(2)]
    assert devices.forget() == 2
    assert not any(map(devices.knows, tokens))


def test_the_oldest_makes_room(tmp_path: Path) -> None:
    devices = PairedDevices(tmp_path / "devices.json")
    tokens = [devices.add(str(number), "2026-11-27") for number in range(MOST_DEVICES + 1)]
    assert not devices.knows(tokens[0])
    assert devices.knows(tokens[1])


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[1]", "{}", "[[]]", "", "[" * 20_000, '[{"name": 1}]'),
        '[{"name": "x", "since": "y", "proof": 5}]',
    ],
)
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    file = tmp_path / "devices.json"
    file.write_text(text, encoding="utf-8")
    assert PairedDevices(file).all() == ()
    assert not PairedDevices(file).knows("x")


def test_a_proof_in_foreign_letters_is_nobodys(tmp_path: Path) -> None:
    file = tmp_path / "devices.json"
    file.write_text('[{"name": "x", "since": "y", "proof": "ü"}]', encoding="utf-8")
    assert not PairedDevices(file).knows("x")


def test_a_device_that_comes_while_others_are_forgotten_brings_none_back(tmp_path: Path) -> None:
    devices = PairedDevices(tmp_path / "devices.json")
    old = devices.add("alt", "2026-11-27")
    lock = held(tmp_path / "devices.lock")  # as another program that forgets them
    with ThreadPoolExecutor() as threads, lock:
        new = threads.submit(devices.add, "neu", "2026-11-27")
        time.sleep(0.1)
        assert not new.done()
        (tmp_path / "devices.json").write_text("[]", encoding="utf-8")
    assert devices.knows(new.result())
    assert not devices.knows(old)


def test_many_at_once_lose_nobody(tmp_path: Path) -> None:
    devices = PairedDevices(tmp_path / "devices.json")
    with ThreadPoolExecutor(8) as threads:
        tokens = list(threads.map(lambda n: devices.add(str(n), "2026-11-27"), range(16)))
    assert all(map(devices.knows, tokens))


def test_where_nothing_can_be_kept_nobody_is_let_in(tmp_path: Path) -> None:
    (tmp_path / "devices.json").mkdir()
    with pytest.raises(SkillError, match="aufheben"):
        PairedDevices(tmp_path / "devices.json").add("Tablet", "2026-11-27")
