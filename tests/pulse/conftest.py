from collections.abc import Iterator

import pytest

from skill.audio.portaudio import PortAudio
from tests.pulse.virtual_room import VirtualRoom, missing, running_room


@pytest.fixture(scope="session")
def _daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualRoom]:
    if missing():
        pytest.skip(f"no virtual sound devices: {missing()}")
    with running_room(tmp_path_factory.mktemp("pulse")) as room:
        yield room


@pytest.fixture
def room(_daemon: VirtualRoom, monkeypatch: pytest.MonkeyPatch) -> VirtualRoom:
    """The virtual room, as this machine's only sound devices for programs started by the test."""
    for name, value in _daemon.environment.items():
        monkeypatch.setenv(name, value)
    return _daemon


@pytest.fixture
def card(room: VirtualRoom) -> PortAudio:
    """PortAudio in this process, looking at the virtual room."""
    card = PortAudio()
    card.refresh()
    return card
