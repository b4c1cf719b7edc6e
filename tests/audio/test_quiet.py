import logging
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from skill.audio.quiet import quiet


def test_what_a_library_writes_goes_to_the_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), quiet():
        os.write(2, b"ALSA lib pcm.c:2664: unknown PCM\n")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "afterwards\n"
    assert "unknown PCM" in caplog.text


def test_prints_are_kept_out_too() -> None:
    program = (
        "from skill.audio.quiet import quiet\n"
        "print('before')\n"
        "with quiet(1, 2): print('inside')\n"
        "print('after')\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "before\nafter\n"
    assert run.stderr == ""


def test_no_disk_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    with quiet():
        os.write(2, b"chatter")


def test_a_closed_stderr_is_no_trouble() -> None:
    program = (
        "import os; from skill.audio.quiet import quiet\n"
        "os.close(2)\n"
        "with quiet(): print('inside')\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "inside\n"


def test_an_exception_and_nesting_leave_everything_as_it_was(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(KeyboardInterrupt), quiet(), quiet():
        raise KeyboardInterrupt
    os.write(2, b"heard\n")
    assert capfd.readouterr().err == "heard\n"


def test_threads_take_turns(capfd: pytest.CaptureFixture[str]) -> None:
    def chatter() -> None:
        for _ in range(20):
            with quiet():
                os.write(2, b"noise\n")

    threads = [threading.Thread(target=chatter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"heard\n")
    assert capfd.readouterr().err == "heard\n"
