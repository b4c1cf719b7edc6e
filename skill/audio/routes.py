"""Where a sound server has led our streams: asked of ``pactl``, where there is one.

When a device vanishes, PulseAudio and PipeWire move its streams to another one, and where there
is none to a dummy: no call fails, yet nobody hears or is heard. Plain ALSA moves nothing.
"""

import json
import logging
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from skill.audio.devices import Role

_log = logging.getLogger(__name__)

_PACTL = "pactl"
_ASK_SECONDS = 2.0
_SETTLING_SECONDS = 0.2
"""From the first news to the look: a box that is unplugged takes microphone and speaker along."""

_LISTS = {
    Role.MICROPHONE: ("source-outputs", "source", "sources"),
    Role.SPEAKER: ("sink-inputs", "sink", "sinks"),
}
"""For each role: its streams, the field with the number of their device, and all devices."""

_NEWS = re.compile(r"on (sink-input|source-output) #")
_DUMMY = re.compile(r"auto_null|.*\.monitor")
"""What stands in for a device that isn't there: a sink into nothing, a source that hears a sink."""


def strayed(homes: dict[Role, int], now: dict[Role, int]) -> frozenset[Role]:
    """Return the roles whose stream is no longer at the device that it began with."""
    return frozenset(role for role, home in homes.items() if now.get(role, home) != home)


def routes(streams: Iterable[dict[str, Any]], field: str, process: int) -> list[int]:
    """Return the numbers of the devices to which streams of this process lead.

    ``streams`` is what ``pactl`` lists.
    """
    own = str(process)
    return [
        int(one[field])
        for one in streams
        if one.get("properties", {}).get("application.process.id") == own
    ]


class Routes:
    """Watches over the streams of this process, from when they have been started."""

    def __init__(self) -> None:
        self._strayed: frozenset[Role] = frozenset()
        self._subscription: subprocess.Popen[str] | None = None
        if not shutil.which(_PACTL):
            return
        try:
            self._subscription = _subscribe()
        except OSError as error:
            _log.info("Nobody tells where sound is led: %s", error)
            return
        self._homes = _where()
        self._strayed = frozenset(_at_dummies(self._homes))
        threading.Thread(target=self._follow, daemon=True).start()

    def strayed(self) -> frozenset[Role]:
        """Return the roles whose stream leads to a dummy, or has been moved to another device."""
        return self._strayed

    def close(self) -> None:
        """Watch no longer."""
        if self._subscription:
            self._subscription.kill()
            self._subscription.wait()

    def _follow(self) -> None:
        """Look again whenever the server has moved something; ends with the subscription."""
        assert self._subscription
        assert self._subscription.stdout
        with self._subscription.stdout as news:
            for line in news:
                if _NEWS.search(line):
                    time.sleep(_SETTLING_SECONDS)
                    now = _where()
                    self._homes = {**now, **self._homes}
                    self._strayed |= strayed(self._homes, now)


def _subscribe() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [_PACTL, "subscribe"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env=_environment(),
    )


def _where() -> dict[Role, int]:
    """Return the device that the stream of each role leads to; nothing where it isn't known."""
    found = {}
    for role, (streams, field, _) in _LISTS.items():
        own = routes(_ask(streams), field, os.getpid())
        if own:
            found[role] = own[0]
    return found


def _at_dummies(where: dict[Role, int]) -> Iterator[Role]:
    for role, number in where.items():
        names = {one["index"]: one["name"] for one in _ask("short", _LISTS[role][2])}
        if _DUMMY.fullmatch(names.get(number, "")):
            yield role


def _ask(*what: str) -> list[dict[str, Any]]:
    """Return what ``pactl`` lists; nothing where no server answers."""
    try:
        answer = subprocess.run(
            [_PACTL, "--format=json", "list", *what],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASK_SECONDS,
            env=_environment(),
        )
        listed = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return []
    return listed if isinstance(listed, list) else []


def _environment() -> dict[str, str]:
    """Return the environment for answers in English, with points in numbers."""
    return os.environ | {"LC_ALL": "C.UTF-8"}
