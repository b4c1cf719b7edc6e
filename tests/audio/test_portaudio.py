"""What is asked of sounddevice; how it sounds with the real library, see tests/pulse."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from skill.audio import portaudio
from skill.audio.devices import Device
from skill.audio.portaudio import PortAudio
from skill.errors import AudioError


class PortAudioError(Exception):
    pass


class FakeSoundDevice:
    """A library with one device, which accepts only some rates and channel counts."""

    PortAudioError = PortAudioError

    def __init__(self, *accepted: tuple[int, int]) -> None:
        self.accepted = accepted
        self.RawInputStream = self.RawOutputStream = self.open

    def open(self, *, samplerate: int, channels: int, **_: object) -> SimpleNamespace:
        if (samplerate, channels) not in self.accepted:
            details = (2, -22, "Invalid argument")
            raise PortAudioError("Error opening RawInputStream: Invalid", -9997, details)
        return SimpleNamespace(samplerate=float(samplerate), channels=channels, latency=0.04)


@pytest.fixture(autouse=True)
def _forget_the_library() -> Iterator[None]:
    portaudio._sounddevice.cache_clear()
    yield
    portaudio._sounddevice.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, library: FakeSoundDevice) -> None:
    monkeypatch.setattr(portaudio, "_sounddevice", lambda: library)


DEVICE = Device("USB Audio (hw:1,0)", 3, 44_100, 6, 2)


@pytest.mark.parametrize(
    ("accepted", "opened"),
    [
        ([(44_100, 1), (48_000, 1), (16_000, 1)], (44_100, 1)),
        ([(44_100, 2), (48_000, 1)], (44_100, 2)),
        ([(48_000, 6), (16_000, 6)], (48_000, 6)),
        ([(16_000, 1)], (16_000, 1)),
    ],
)
def test_a_device_is_opened_at_its_own_rate_or_the_first_it_accepts(
    monkeypatch: pytest.MonkeyPatch, accepted: list[tuple[int, int]], opened: tuple[int, int]
) -> None:
    use(monkeypatch, FakeSoundDevice(*accepted))
    stream = PortAudio().open_microphone(DEVICE)
    assert (stream.rate_hz, stream.channels) == opened


def test_a_device_that_accepts_nothing_is_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, FakeSoundDevice())
    with pytest.raises(AudioError) as failure:
        PortAudio().open_speaker(DEVICE)
    problem = "Der Lautsprecher „USB Audio (hw:1,0)“ lässt sich nicht öffnen"
    assert failure.value.problem == f"{problem} (so kann es nicht arbeiten)."
    assert failure.value.mend


def test_a_missing_library_is_a_sentence_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_name: str) -> None:
        raise OSError("PortAudio library not found")

    monkeypatch.setattr(importlib, "import_module", nowhere)
    with pytest.raises(AudioError, match="PortAudio fehlt") as failure:
        PortAudio().devices()
    assert "apt install libportaudio2" in failure.value.mend


def test_a_name_that_is_no_utf_8_hides_no_device(tmp_path: Path) -> None:
    devices = tmp_path / "asoundrc"
    devices.write_bytes(
        b"pcm.!default { type null }\npcm.Kopfh\xf6rer { type null }\npcm.gut { type null }\n"
    )
    program = """
from skill.audio.devices import Role, choose
from skill.audio.portaudio import PortAudio
from skill.errors import NoSoundLibraryError
try:
    devices = PortAudio().devices()
except NoSoundLibraryError:
    raise SystemExit(77)
for name in ("kopfh", "gut"):
    device = choose(devices, Role.MICROPHONE, name)
    PortAudio().open_microphone(device).close()
    print(ascii(device.name))
"""
    environment = {**os.environ, "ALSA_CONFIG_PATH": str(devices), "PYTHONPATH": os.curdir}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("there is no PortAudio")
    assert done.stdout.split() == [r"'Kopfh\ufffdrer'", "'gut'"], done.stderr
