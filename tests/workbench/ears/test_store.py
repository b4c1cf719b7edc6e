"""Answers are kept, half-written or damaged ones are none."""

import os
import time
from pathlib import Path

from workbench.ears.store import Store, key_of


def test_what_is_put_is_got(tmp_path: Path) -> None:
    Store(tmp_path / "new").put("key", {"a": [1, "ü"]})
    assert Store(tmp_path / "new").get("key") == {"a": [1, "ü"]}


def test_unknown_and_damaged_answers_are_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("key", [1])
    next(tmp_path.iterdir()).write_text("[1", encoding="utf-8")
    assert store.get("key") is None
    assert store.get("other") is None


def test_fresh_measures_again_but_keeps(tmp_path: Path) -> None:
    fresh = Store(tmp_path, fresh=True)
    fresh.put("key", 1)
    assert fresh.get("key") is None
    assert Store(tmp_path).get("key") == 1


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = Store(tmp_path / "file")
    store.put("key", 1)
    assert store.get("key") is None


def test_a_key_depends_on_every_part_and_on_its_borders() -> None:
    assert len({key_of("a", "b"), key_of("ab"), key_of("a"), key_of("b", "a")}) == 4
    assert key_of("ä") == key_of("ä".encode())


def test_what_nobody_asked_for_in_a_month_is_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("old", 1)
    month_ago = time.time() - 31 * 86_400
    os.utime(next(tmp_path.iterdir()), (month_ago, month_ago))
    store.put("new", 1)
    store.forget_old()
    assert (store.get("old"), store.get("new")) == (None, 1)
