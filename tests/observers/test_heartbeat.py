import socket
from pathlib import Path

import pytest

from rueckgrat.observers.heartbeat import Heartbeat, open_heartbeat
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Exchange, silence


def _block(seconds: float) -> Exchange:
    return Exchange(seconds, silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES))


def test_it_is_ready_with_the_first_block() -> None:
    sent: list[str] = []
    heartbeat = Heartbeat(sent.append)
    assert sent == [], "nothing has been heard yet"
    heartbeat.after_block(_block(100.0))
    assert sent == ["READY=1\nSTATUS=Ich höre zu.", "WATCHDOG=1"]


def test_it_beats_once_in_a_while() -> None:
    sent: list[str] = []
    heartbeat = Heartbeat(sent.append, pause_seconds=5.0)
    for tenths in range(1_000):
        heartbeat.after_block(_block(tenths / 10))
    assert sent.count("WATCHDOG=1") == 20
    assert sum("READY" in one for one in sent) == 1


def test_without_blocks_there_is_no_beat() -> None:
    sent: list[str] = []
    heartbeat = Heartbeat(sent.append)
    heartbeat.wait("No microphone\nwas found.")
    assert sent == ["EXTEND_TIMEOUT_USEC=60000000\nSTATUS=No microphone was found."]


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears_it(tmp_path: Path, abstract: bool) -> None:
    name = f"rueckgrat-{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name}" if abstract else name)
        systemd.settimeout(5)
        heartbeat = open_heartbeat({"NOTIFY_SOCKET": f"@{name}" if abstract else name})
        heartbeat.after_block(_block(0.0))
        assert systemd.recv(100).startswith(b"READY=1")
        assert systemd.recv(100) == b"WATCHDOG=1"


def test_outside_of_a_service_nothing_happens() -> None:
    open_heartbeat({}).after_block(_block(0.0))


def test_a_socket_that_is_gone_does_not_matter(tmp_path: Path) -> None:
    open_heartbeat({"NOTIFY_SOCKET": str(tmp_path / "gone")}).after_block(_block(0.0))
