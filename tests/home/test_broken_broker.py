"""Brokers that are none, and what becomes of a trainer that talks to them: nothing."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from rueckgrat.home.opening import made_home
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Exchange, silence
from skill.messages.events import StateEntered
from skill.settings import Settings
from tests.home.bus import Notes

ANSWERS = {
    "says nothing": b"",
    "hangs up": None,
    "talks of something else": b"HTTP/1.1 400 Bad Request\r\n\r\n" * 50,
    "sends noise": bytes(range(256)) * 20,
    "lets in, then sends noise": b"\x20\x02\x00\x00" + b"\x32\xff\xff\xff\x7f" + b"\xff" * 4000,
}


@pytest.fixture(params=ANSWERS)
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    answer = ANSWERS[request.param]
    held: list[socket.socket] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                if answer is None:
                    client.close()
                else:
                    client.sendall(answer)
                    held.append(client)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    for client in held:
        client.close()


def test_the_session_goes_on_and_ends_at_once(port: int) -> None:
    complaints: list[str] = []
    settings = Settings(mqtt=f"127.0.0.1:{port}", mqtt_id="bad")
    home = made_home(settings, lambda _: None, Notes(), {}, complaints.append)
    home.open()
    used = 0.0
    for number in range(60):
        begun = time.thread_time()
        home.add(StateEntered(number, ("standby", "exercise.repeat")[number % 2]))
        heard, played = silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES)
        home.after_block(Exchange(number * 0.1, heard, played))
        used += time.thread_time() - begun
        time.sleep(0.005)
    assert used / 60 < 0.005
    begun = time.monotonic()
    home.close()
    assert time.monotonic() - begun < 9.0
    assert len(complaints) <= 1
    assert all(one.startswith("De") for one in complaints)
