"""Telling systemd that the trainer hears; see sd_notify(3).

A service of ``Type=notify`` counts as started once it says READY=1, and is started anew when no
WATCHDOG=1 has come for ``WatchdogSec``.
"""

import contextlib
import os
import socket
from collections.abc import Callable, Mapping

from skill.messages.blocks import Exchange
from skill.observers.observer import Observer

_PAUSE_SECONDS = 5.0
"""Between two signs of life: the unit asks for one every two minutes."""

_PATIENCE_SECONDS = 60
"""How much longer systemd may wait for the start, each time it is asked to."""


class Heartbeat(Observer):
    """Speaks up when sound flows, at most once in ``pause_seconds``; ``send`` takes a message."""

    title = "Das Lebenszeichen für systemd"

    def __init__(self, send: Callable[[str], None], pause_seconds: float = _PAUSE_SECONDS) -> None:
        self._send = send
        self._pause_seconds = pause_seconds
        self._due_seconds = float("-inf")
        self._beats = False

    def after_block(self, block: Exchange) -> None:
        """Note that a block has been heard and answered; the first one means: started."""
        if not self._beats:
            self._beats = True
            self._send("READY=1\nSTATUS=Ich höre zu.")
        if block.seconds >= self._due_seconds:
            self._due_seconds = block.seconds + self._pause_seconds
            self._send("WATCHDOG=1")

    def wait(self, why: str) -> None:
        """Ask for patience before the start, and say what it waits for."""
        status = why.replace("\n", " ")
        self._send(f"EXTEND_TIMEOUT_USEC={_PATIENCE_SECONDS}000000\nSTATUS={status}")


def open_heartbeat(environment: Mapping[str, str] = os.environ) -> Heartbeat:
    """Return a heartbeat that systemd hears; outside of a service nobody does."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return Heartbeat(lambda _: None)
    if address.startswith("@"):  # Linux' abstract names begin with a zero byte
        address = "\0" + address[1:]

    def send(message: str) -> None:
        # A full or vanished socket is systemd's to notice: training goes on.
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as unix,
        ):
            unix.sendto(message.encode(), address)

    return Heartbeat(send)
