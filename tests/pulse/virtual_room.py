"""A room without walls: a private PulseAudio daemon with a virtual microphone and speaker.

What is played to the sink ``mic`` is said into the microphone; the monitor of the sink
``speaker`` is what the room hears. No sound card, no D-Bus, no settings of the person's own.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from skill.messages.blocks import Pcm
from tests.programs import end_with_the_parent

RATE_HZ = 48_000

_DAEMON = "pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --disable-shm=yes"
_RECORDER = "parec --device=speaker.monitor --format=s16le --channels=2 --latency-msec=50 --raw"

_PROTOCOL = "module-native-protocol-unix socket={socket} auth-anonymous=1"

# norewinds: otherwise a null sink works in pieces of two seconds until somebody needs it.
SPEAKER = f"module-null-sink sink_name=speaker rate={RATE_HZ} norewinds=1"
_MODULES = (
    SPEAKER,
    f"module-null-sink sink_name=mic rate={RATE_HZ} norewinds=1",
    "module-remap-source source_name=microphone master=mic.monitor",
    "module-remap-source source_name=echo master=speaker.monitor",
)

# It hears silence, in small pieces (a sine source delivers in pieces of two seconds).
MICROPHONE = "module-null-source source_name=microphone rate=48000 max_latency_msec=20"
UNPLUGGABLE = (SPEAKER, MICROPHONE, "module-always-sink")
"""A room whose devices can be unloaded: no others are left, but for the dummy of real servers."""

_ASOUNDRC = """
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.echo { type pulse device "echo" }
"""

_START_SECONDS = 30  # of a machine that is busy


def missing() -> str:
    """Return what must be installed first, empty if nothing."""
    plugin = "alsa-lib/libasound_module_pcm_pulse.so"
    folders = ("/usr/lib", "/usr/lib64", *map(str, Path("/usr/lib").glob("*-linux-gnu*")))
    if not all(map(shutil.which, ("pulseaudio", "pactl", "paplay", "parec"))):
        return "pulseaudio and pulseaudio-utils are not installed"
    if not any((Path(folder) / plugin).exists() for folder in folders):
        return "libasound2-plugins is not installed"
    return ""


class VirtualRoom:
    """The daemon, and what can be said and heard through it.

    ``environment`` leads PulseAudio's and ALSA's clients here, in this process or another.
    """

    def __init__(self, folder: Path, modules: Sequence[str] = _MODULES) -> None:
        self._folder = folder
        self._modules = (_PROTOCOL.format(socket=folder / "native"), *modules)
        self._socket = folder / "native"
        self._daemon: subprocess.Popen[bytes] | None = None
        asoundrc = folder / "asoundrc"
        asoundrc.write_text(_ASOUNDRC, encoding="utf-8")
        self.environment = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "ALSA_CONFIG_PATH": str(asoundrc),
        }

    def start(self) -> None:
        """Start the daemon and wait until it answers."""
        own = {name: str(self._folder) for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_STATE_PATH")}
        self._daemon = subprocess.Popen(
            [*_DAEMON.split(), *(f"--load={module}" for module in self._modules)],
            env=os.environ | own,
            stderr=(self._folder / "pulseaudio.log").open("wb"),
            preexec_fn=end_with_the_parent,
        )
        give_up = time.monotonic() + _START_SECONDS
        while self._control("set-default-sink", "speaker") and time.monotonic() < give_up:
            time.sleep(0.05)
        if self._control("set-default-source", "microphone"):
            raise RuntimeError((self._folder / "pulseaudio.log").read_text(errors="replace"))

    def stop(self) -> None:
        """Take everything away at once, as a crash of the sound system does."""
        if self._daemon:
            self._daemon.send_signal(signal.SIGKILL)
            self._daemon.wait()
        self._socket.unlink(missing_ok=True)
        self._daemon = None

    def freeze(self, frozen: bool) -> None:
        """Let the sound system hang, or go on: whoever calls it waits."""
        assert self._daemon
        self._daemon.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def hold(self, kind: str, name: str, held: bool) -> None:
        """Let a ``source`` or ``sink`` stand still, or go on."""
        assert not self._control(f"suspend-{kind}", name, str(int(held)))

    def unload(self, module: str) -> None:
        """Unplug the device of a module, given as it was loaded."""
        assert not self._control("unload-module", module.split()[0])

    def load(self, module: str) -> None:
        """Plug a device in."""
        assert not self._control("load-module", *module.split())

    def say_into_microphone(self, wav: Path) -> None:
        """Play a WAV to the microphone; return when it has been said."""
        command = ["paplay", "--device=mic", "--latency-msec=300", str(wav)]
        subprocess.run(command, env=self._client(), check=True, timeout=60)

    def record_speaker(self, seconds: float) -> Pcm:
        """Return what the speaker plays from now on: shape (frames, 2) at 48 kHz."""
        with self.recording() as recorder:
            return recorder.wait_for(seconds)

    @contextmanager
    def recording(self) -> Iterator["Recorder"]:
        """Record the speaker in the background."""
        recorder = Recorder(self._folder / "speaker.raw", self._client())
        try:
            yield recorder
        finally:
            recorder.stop()

    def _control(self, *arguments: str) -> int:
        command = ["pactl", *arguments]
        return subprocess.run(command, env=self._client(), capture_output=True).returncode

    def _client(self) -> dict[str, str]:
        return os.environ | self.environment


@contextmanager
def running_room(folder: Path, modules: Sequence[str] = _MODULES) -> Iterator[VirtualRoom]:
    """Start a room; whatever happens in it, its programs end with it."""
    room = VirtualRoom(folder, modules)
    try:
        room.start()
        yield room
    finally:
        room.stop()


class Recorder:
    """What the speaker plays, while it plays: int16, shape (frames, 2) at 48 kHz."""

    def __init__(self, path: Path, environment: dict[str, str]) -> None:
        self._path = path
        with path.open("wb") as file:
            self._process = subprocess.Popen(
                [*_RECORDER.split(), f"--rate={RATE_HZ}"],
                env=environment,
                stdout=file,
                preexec_fn=end_with_the_parent,
            )

    def frames(self) -> Pcm:
        """Return everything recorded so far."""
        data = self._path.read_bytes()
        return np.frombuffer(data[: len(data) - len(data) % 4], dtype=np.int16).reshape(-1, 2)

    def wait_for(self, seconds: float) -> Pcm:
        """Return the first ``seconds`` of the recording, once they are there."""
        wanted = round(seconds * RATE_HZ)
        give_up = time.monotonic() + seconds + _START_SECONDS
        while (frames := self.frames()).shape[0] < wanted:
            if time.monotonic() > give_up:
                raise TimeoutError(f"only {frames.shape[0] / RATE_HZ:.1f} s were recorded")
            time.sleep(0.05)
        return frames[:wanted]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
