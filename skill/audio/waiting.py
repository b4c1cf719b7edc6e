"""Waiting for microphone and speaker, for a trainer that is switched on before them."""

import time
from collections.abc import Callable, Mapping

from skill.audio.devices import Role, SoundCard, choose
from skill.errors import AudioError

_PAUSE_SECONDS = 5.0


def wait_for_devices(
    card: SoundCard,
    names: Mapping[Role, str | None],
    on_missing: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Return as soon as there is a device for every role; ``names`` are parts of their names.

    ``on_missing`` is told what is missing, every five seconds. No stream may be open.
    """
    while missing := _missing(card, names):
        on_missing(missing)
        sleep(_PAUSE_SECONDS)
        try:
            card.refresh()
        except AudioError as error:
            on_missing(str(error))


def _missing(card: SoundCard, names: Mapping[Role, str | None]) -> str:
    try:
        devices = card.devices()
        for role, name in names.items():
            choose(devices, role, name)
    except AudioError as error:
        return str(error)
    return ""
