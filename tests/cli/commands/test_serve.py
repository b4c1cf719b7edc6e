"""Training as a service: with a made-up card and session, and as a program nobody plugs into."""

import io
import signal
import socket
from pathlib import Path

import pytest
from rich.console import Console

from rueckgrat.cli import live
from rueckgrat.cli.live import serve_live
from rueckgrat.observers.heartbeat import Heartbeat
from rueckgrat.voices.background import PrepareAtIdle
from skill.messages.blocks import BLOCK_SECONDS, VOICE_BLOCK_SAMPLES, Exchange, Pcm, silence
from skill.messages.events import CommandHeard, Problem, Said
from skill.messages.heard import Command
from skill.observers import Observers
from skill.settings import Settings
from skill.voice.choice import BUILT_IN_VOICE
from tests.audio.fake_card import running_card
from tests.programs import CHECKOUT, started
from tests.voice.naturals import JOE


class TalkativeSession:
    """Says and hears something in its first block, and is finished after the fifth."""

    state = "standby"
    is_muted = False

    def press(self, button: str) -> None:
        pass

    def lost(self, audible: bool) -> bool:
        return False

    def back(self) -> None:
        pass

    def __init__(self, observers: Observers) -> None:
        self._observers = observers
        self._blocks = 0

    @property
    def now_seconds(self) -> float:
        return self._blocks * BLOCK_SECONDS

    @property
    def finished(self) -> bool:
        return self._blocks == 5

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        self._blocks += 1
        if self._blocks == 1:
            self._observers.tell(Said(0.1, 0.5, "Hallo!", "welcome.hello"))
            self._observers.tell(
                CommandHeard(0.1, 0.5, 0.5, "ich habe schmerzen", Command.parsed("pain"))
            )
            self._observers.tell(Problem(0.1, "Das konnte ich mir nicht merken."))
        answer = silence(VOICE_BLOCK_SAMPLES)
        self._observers.after_block(Exchange(self.now_seconds, block, answer))
        return answer


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Console:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    monkeypatch.setattr(live, "open_session", lambda _, told, **__: TalkativeSession(told))
    return Console(file=io.StringIO(), width=200)


def _printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_it_prints_problems_and_nothing_that_is_said(console: Console) -> None:
    with running_card() as card:
        serve_live(Settings(), console, Heartbeat(lambda _: None), card)
    assert "nicht merken" in _printed(console)
    assert "Hallo" not in _printed(console)
    assert "schmerzen" not in _printed(console)


def test_systemd_is_told_when_it_hears(console: Console) -> None:
    told: list[str] = []
    with running_card() as card:
        serve_live(Settings(), console, Heartbeat(told.append, pause_seconds=0.0), card)
    assert told[0].startswith("READY=1")
    assert told[1:] == ["WATCHDOG=1"] * 5, "one for each block"


def test_systemd_is_asked_for_patience_while_devices_are_missing(console: Console) -> None:
    told: list[str] = []
    with running_card() as card:
        listed, card.listed = card.listed, []

        def plug_in(message: str) -> None:
            told.append(message)
            card.listed = listed

        serve_live(Settings(), console, Heartbeat(plug_in), card)
    assert told[0].startswith("EXTEND_TIMEOUT_USEC=")
    assert any(one.startswith("READY=1") for one in told[1:])


def test_a_natural_voice_is_prepared_meanwhile_and_no_longer(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[PrepareAtIdle] = []
    monkeypatch.setattr(PrepareAtIdle, "close", lambda one: closed.append(one))
    for voice, observers in ((BUILT_IN_VOICE, 0), (f"{JOE}!", 1)):
        with running_card() as card:
            serve_live(Settings(voice=voice), console, Heartbeat(lambda _: None), card)
        assert len(closed) == observers


@pytest.mark.slow
@pytest.mark.usefixtures("without_sound")
def test_without_devices_the_program_waits_and_ends_when_told(
    tmp_path: Path, own_home: Path
) -> None:
    (own_home / "config").mkdir(parents=True)
    (own_home / "config" / "settings.toml").write_text("volume = 11\n", encoding="utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(120)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        with started([str(CHECKOUT / "main.py"), "serve"], environment=environment) as process:
            told = systemd.recv(1000).decode()
            process.send_signal(signal.SIGINT)
            printed, errors = process.communicate(timeout=120)
    assert told.startswith("EXTEND_TIMEOUT_USEC=")
    assert "Ich finde kein Mikrofon" in told
    assert "Zeile 1 von" in printed, "the settings file that is wrong is named"
    assert "Ich finde kein Mikrofon" in errors
    assert process.returncode == 130
