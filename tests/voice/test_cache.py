import errno
import logging
import os
import zlib
from pathlib import Path

import numpy as np
import pytest

from skill.messages.blocks import Pcm
from skill.voice.cache import LineCache
from skill.voice.polish import polish
from skill.voice.synthesis import Pyttsx3Synthesiser


def line(seed: int = 0, samples: int = 2_000) -> Pcm:
    return np.random.default_rng(seed).integers(-9_000, 9_000, samples).astype(np.int16)


def test_a_kept_line_is_found_by_another_cache(tmp_path: Path) -> None:
    LineCache(tmp_path / "voice").put("Hallo", line())
    found = LineCache(tmp_path / "voice").get("Hallo")
    assert found is not None
    assert np.array_equal(found, line())
    assert LineCache(tmp_path / "voice").get("hallo") is None


def test_an_empty_line_is_kept_too(tmp_path: Path) -> None:
    LineCache(tmp_path).put("...", line(samples=0))
    found = LineCache(tmp_path).get("...")
    assert found is not None
    assert found.size == 0


@pytest.mark.parametrize("damage", ["cut", "flipped", "grown", "emptied", "zeroed", "foreign"])
def test_a_damaged_file_is_a_line_not_found(tmp_path: Path, damage: str) -> None:
    cache = LineCache(tmp_path)
    cache.put("Hallo", line())
    (path,) = tmp_path.iterdir()
    packed = bytearray(path.read_bytes())
    packed[len(packed) // 2] ^= 0x10
    kept = path.read_bytes()
    damages = {"cut": kept[:-7], "flipped": packed, "grown": kept + b"\0", "emptied": b""}
    damages |= {"zeroed": bytes(len(kept)), "foreign": b"RIFF"}
    path.write_bytes(damages[damage])
    assert cache.get("Hallo") is None
    cache.put("Hallo", line(1))
    found = cache.get("Hallo")
    assert found is not None
    assert np.array_equal(found, line(1))


def test_the_folder_stays_below_its_bound_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    cache = LineCache(tmp_path, max_bytes=20_000)
    for number in range(40):
        cache.put(str(number), line(number))
        for age, path in enumerate(tmp_path.iterdir()):  # time passes
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 10**9 - age))
        assert cache.get("0") is not None  # used all the time
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 20_000
    assert cache.get("39") is not None
    assert cache.get("5") is None


def test_leftovers_of_a_crash_count_and_go_first(tmp_path: Path) -> None:
    leftover = tmp_path / "tmpabc.part"
    leftover.write_bytes(bytes(30_000))
    os.utime(leftover, (1, 1))
    (tmp_path / "notes.txt").write_text("not ours")
    LineCache(tmp_path, max_bytes=20_000).put("Hallo", line())
    assert not leftover.exists()
    assert (tmp_path / "notes.txt").exists()
    assert LineCache(tmp_path).get("Hallo") is not None


def test_nothing_unfinished_is_left(tmp_path: Path) -> None:
    cache = LineCache(tmp_path)
    for number in range(5):
        cache.put(str(number), line(number))
    assert [path.suffix for path in tmp_path.iterdir()] == [".line"] * 5


def test_a_folder_that_cannot_be_written_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = LineCache(tmp_path / "file" / "voice")
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            cache.put(str(number), line(number))
            assert cache.get(str(number)) is None
    assert len(caplog.records) == 1
    assert "kann ich nicht in" in caplog.text
    assert cache.problem
    assert cache.problem.mend


def test_a_full_disk_is_told_and_what_was_kept_is_still_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    cache = LineCache(tmp_path)
    cache.put("Hallo", line())
    assert cache.problem is None
    monkeypatch.setattr("skill.voice.cache.write_whole", full)
    cache.put("Gut", line(1))
    assert "der Speicher ist voll" in str(cache.problem)
    assert cache.get("Gut") is None
    assert cache.get("Hallo") is not None


def test_speech_takes_half_the_room_of_its_samples_and_loses_nothing(tmp_path: Path) -> None:
    spoken = polish(Pyttsx3Synthesiser("gmw/de", 130).render("Hebe langsam das Becken."))
    cache = LineCache(tmp_path)
    cache.put("Hebe", spoken)
    found = cache.get("Hebe")
    assert found is not None
    assert np.array_equal(found, spoken)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size < 0.6 * spoken.nbytes


def test_a_line_of_an_earlier_version_is_not_found(tmp_path: Path) -> None:
    cache = LineCache(tmp_path)
    cache.put("Hallo", line())
    (path,) = tmp_path.iterdir()
    path.write_bytes(zlib.compress(line().tobytes(), level=1))
    assert cache.get("Hallo") is None


def test_the_folder_is_looked_through_only_when_it_may_be_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    shrink = LineCache._shrink
    monkeypatch.setattr(LineCache, "_shrink", lambda cache: (looks.append(1), shrink(cache)))
    cache = LineCache(tmp_path, max_bytes=100_000)
    noise = np.random.default_rng(1)
    for number in range(20):  # 8 kB each
        cache.put(f"{number}", noise.integers(-9_000, 9_000, 4_000).astype(np.int16))
        kept = sum(path.stat().st_size for path in tmp_path.iterdir())
        assert kept <= 100_000
        assert len(looks) == 1 or number > 9
        assert kept > 80_000 or number < 11
