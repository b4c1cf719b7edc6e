"""Where a sound server has led our streams: asked of libpulse, where there is one.

When a device vanishes, PulseAudio and PipeWire move its streams to another one, and where there
is none to a dummy: no call fails, yet nobody hears or is heard. Plain ALSA moves nothing.
"""

import contextlib
import logging
import os
import re
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from skill.audio.devices import Role

_log = logging.getLogger(__name__)

_ASK_SECONDS = 2.0
_LISTEN_SECONDS = 0.5
"""How long a watch goes on at most that is to end."""

_SETTLING_SECONDS = 0.2
"""From the first news to the look: a box that is unplugged takes microphone and speaker along."""

_LISTS = {
    Role.MICROPHONE: ("source_output_list", "source", "source_list"),
    Role.SPEAKER: ("sink_input_list", "sink", "sink_list"),
}
"""For each role: its streams, the field with the number of their device, and all devices."""

_DUMMY = re.compile(r"auto_null|.*\.monitor")
"""What stands in for a device that isn't there: a sink into nothing, a source that hears a sink."""


def strayed(homes: dict[Role, int], now: dict[Role, int]) -> frozenset[Role]:
    """Return the roles whose stream is no longer at the device that it began with."""
    return frozenset(role for role, home in homes.items() if now.get(role, home) != home)


def routes(streams: Iterable[Any], field: str, process: int) -> list[int]:
    """Return the numbers of the devices to which streams of this process lead."""
    own = str(process)
    return [
        getattr(one, field) for one in streams if one.proplist.get("application.process.id") == own
    ]


class Routes:
    """Watches over the streams of this process, from when they have been started."""

    def __init__(self) -> None:
        self._strayed: frozenset[Role] = frozenset()
        self._ended = threading.Event()
        self._news = threading.Event()
        self._looked = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        # The server may hang: nobody waits for it but the thread.
        self._thread.start()
        self._looked.wait(_ASK_SECONDS)

    def strayed(self) -> frozenset[Role]:
        """Return the roles whose stream leads to a dummy, or has been moved to another device."""
        return self._strayed

    def close(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join(_ASK_SECONDS)

    def _follow(self) -> None:
        """Watch until it is closed or the server goes away."""
        try:
            pulsectl = _pulsectl()
            gone = contextlib.suppress(pulsectl.PulseError, pulsectl.PulseDisconnected)
            with gone, pulsectl.Pulse("rueckgrat") as server:
                self._watch(server)
        except (OSError, ValueError) as error:  # there is no libpulse; a name is not UTF-8
            _log.info("Nobody tells where sound is led: %s", error)
        finally:
            self._looked.set()

    def _watch(self, server: Any) -> None:
        """Look again whenever the server has moved something."""
        server.event_mask_set("sink_input", "source_output")
        server.event_callback_set(self._tell)
        homes = _where(server)
        self._strayed = frozenset(_at_dummies(server, homes))
        self._looked.set()
        while not self._ended.is_set():
            server.event_listen(_LISTEN_SECONDS)
            if self._news.is_set():
                time.sleep(_SETTLING_SECONDS)
                self._news.clear()
                now = _where(server)
                homes = {**now, **homes}
                self._strayed |= strayed(homes, now)

    def _tell(self, _: Any) -> None:
        self._news.set()
        raise _pulsectl().PulseLoopStop


def _pulsectl() -> Any:
    """Return the library; it takes 0.1 s to load. OSError where there is no libpulse."""
    import pulsectl

    return pulsectl


def _where(server: Any) -> dict[Role, int]:
    """Return the device that the stream of each role leads to; nothing where it isn't known."""
    found = {}
    for role, (streams, field, _) in _LISTS.items():
        own = routes(getattr(server, streams)(), field, os.getpid())
        if own:
            found[role] = own[0]
    return found


def _at_dummies(server: Any, where: dict[Role, int]) -> Iterator[Role]:
    for role, number in where.items():
        names = {one.index: one.name for one in getattr(server, _LISTS[role][2])()}
        if _DUMMY.fullmatch(names.get(number, "")):
            yield role
