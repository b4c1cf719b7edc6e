"""Training at the microphone, with a sound card and a session that are made up."""

import io
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from rueckgrat.cli import live
from rueckgrat.cli.live import NO_DEVICES, NOT_KEPT, train_live
from rueckgrat.hardware import panel
from rueckgrat.observers.light import Colour, Light
from rueckgrat.observers.not_understood import not_understood_file, read_rejected
from skill.audio.devices import Role
from skill.audio.live import BACK, LOST
from skill.errors import AudioError, SkillError
from skill.messages.blocks import (
    BLOCK_SECONDS,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Exchange,
    Pcm,
    silence,
)
from skill.messages.events import Said, Snapshot, SpeechRejected, StateEntered
from skill.messages.heard import Command
from skill.observers import Observer, Observers
from skill.settings import Settings
from skill.trainer import the_only_one
from tests.audio.fake_card import FakeCard, running_card


class GreetingSession:
    """Greets in its second block, and is finished after the fifth."""

    def __init__(self, observers: Observers) -> None:
        self._observers = observers
        self._blocks = 0
        self.pressed: list[str] = []

    @property
    def now_seconds(self) -> float:
        return self._blocks * BLOCK_SECONDS

    @property
    def finished(self) -> bool:
        return self._blocks == 5

    @property
    def state(self) -> str:
        return "welcome"

    def lost(self, audible: bool) -> bool:
        return audible

    def back(self) -> None:
        pass

    @property
    def is_muted(self) -> bool:
        return "mute" in self.pressed

    def press(self, button: str) -> None:
        self.pressed.append(button)

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        self._blocks += 1
        if self._blocks == 2:
            self._observers.tell(Said(0.2, 0.5, "Hallo!", "welcome.hello"))
        answer = np.full(VOICE_BLOCK_SAMPLES, 1000, dtype=np.int16)
        heard = silence(len(block)) if self.is_muted else block
        self._observers.after_block(Exchange(self.now_seconds, heard, answer))
        return answer

    def follow(self, observer: Observer) -> None:
        self._observers.append(observer)

    def command(self, command: Command) -> None:
        self.pressed.append(str(command))

    def snapshot(self) -> Snapshot:
        return Snapshot(self.now_seconds, self.state)


@pytest.fixture
def card() -> Iterator[FakeCard]:
    with running_card() as card:
        yield card


@pytest.fixture(autouse=True)
def demonstrations(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """A made-up session; returns where demonstrations were written to."""
    shown: list[Path | None] = []
    monkeypatch.setattr(live, "open_session", lambda _, told, **__: GreetingSession(told))
    monkeypatch.setattr(live, "play_demonstration", lambda *given: shown.append(given[1]))
    return shown


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def _printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_what_is_said_is_shown_as_it_happens(
    card: FakeCard, console: Console, demonstrations: list[Path | None]
) -> None:
    train_live(Settings(), console, None, card)
    assert _printed(console) == "00:00.2  Coach  Hallo!\n"
    assert demonstrations == []


def _played(out: Path) -> int:
    """Return how many samples of the made-up session the recording holds."""
    with wave.open(str(out / "session.wav"), "rb") as recording:
        assert (recording.getnchannels(), recording.getframerate()) == (2, VOICE_RATE_HZ)
        frames = np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2")
    return np.count_nonzero(frames[1::2] == 1000)


def test_one_trains_without_a_broker_that_is_not_there(card: FakeCard, console: Console) -> None:
    train_live(Settings(mqtt="127.0.0.1:1"), console, None, card)
    said = _printed(console).splitlines()
    assert "00:00.2  Coach  Hallo!" in said
    others = [line for line in said if "Coach" not in line]
    assert others in ([], ["Den Broker 127.0.0.1:1 erreiche ich nicht (dort nimmt niemand an)."])


def test_out_keeps_the_session(card: FakeCard, console: Console, tmp_path: Path) -> None:
    out = tmp_path / "out"
    train_live(Settings(), console, out, card)
    assert _played(out) == 5 * VOICE_BLOCK_SAMPLES
    assert "Hallo!" in (out / "transcript.txt").read_text(encoding="utf-8")
    assert "Hallo!" in (out / "timeline.svg").read_text(encoding="utf-8")
    assert str(out / "session.wav") in _printed(console)


def test_out_keeps_a_session_that_ctrl_c_has_ended(
    card: FakeCard, console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(GreetingSession):
        def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
            if self._blocks == 3:
                raise KeyboardInterrupt
            return super().process(block)

    monkeypatch.setattr(live, "open_session", lambda _, observers, **__: Interrupted(observers))
    with pytest.raises(KeyboardInterrupt):
        train_live(Settings(), console, tmp_path / "out", card)
    assert _played(tmp_path / "out") == 3 * VOICE_BLOCK_SAMPLES
    for name in ("transcript.txt", "session.html"):
        assert "Hallo!" in (tmp_path / "out" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("role", Role)
def test_without_a_device_the_demonstration_is_played(
    card: FakeCard,
    console: Console,
    demonstrations: list[Path | None],
    role: Role,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    card.listed = [device for device in card.listed if not device.channels(role)]
    train_live(Settings(), console, None, card)
    assert demonstrations == [Path("out")]
    assert _printed(console).startswith(f"{NO_DEVICES}\nZum Anhören und Mitlesen: out")


def test_the_demonstration_is_played_where_it_cannot_be_kept(
    card: FakeCard,
    console: Console,
    demonstrations: list[Path | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").write_text("a file in place of the folder", encoding="utf-8")
    card.listed = []
    train_live(Settings(), console, None, card)
    assert demonstrations == [None]
    assert _printed(console) == f"{NO_DEVICES}\n{NOT_KEPT}\n"


def test_a_device_that_cannot_be_opened_counts_as_none(
    card: FakeCard,
    console: Console,
    demonstrations: list[Path | None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def busy(_: object) -> None:
        raise AudioError("The microphone “Mic” cannot be opened: Device unavailable.")

    monkeypatch.setattr(card, "open_microphone", busy)
    train_live(Settings(), console, tmp_path / "out", card)
    assert demonstrations == [tmp_path / "out"]


def test_a_device_asked_for_by_name_must_be_there(
    card: FakeCard, console: Console, demonstrations: list[Path | None]
) -> None:
    with pytest.raises(AudioError, match=r"„Jabra“.*„Mic“"):
        train_live(Settings(microphone="Jabra"), console, None, card)
    assert demonstrations == []


def test_a_trainer_that_stays_waits_for_its_devices_instead_of_playing_the_demonstration(
    card: FakeCard,
    console: Console,
    demonstrations: list[Path | None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    later, card.listed = card.listed, []
    refresh = card.refresh

    def plug_in_at_the_third_look() -> None:
        refresh()
        card.listed = later if card.refreshed >= 3 else []

    card.refresh = plug_in_at_the_third_look  # type: ignore[method-assign]
    train_live(Settings(stays=True), console, None, card)
    missing = LOST[frozenset(Role)]
    assert _printed(console) == f"{missing}\n{BACK}\n00:00.2  Coach  Hallo!\n"
    assert "Ich finde kein Mikrofon" in caplog.text
    assert demonstrations == []


def test_a_trainer_that_stays_does_not_record_the_room_for_days(
    card: FakeCard, console: Console, tmp_path: Path
) -> None:
    with pytest.raises(SkillError, match=r"Tag und Nacht.*--no-stay"):
        train_live(Settings(stays=True), console, tmp_path / "out", card)
    assert not (tmp_path / "out").exists()


def test_a_recording_that_cannot_be_written_is_no_missing_microphone(
    card: FakeCard, console: Console, tmp_path: Path, demonstrations: list[Path | None]
) -> None:
    (tmp_path / "out").write_text("a file in place of the folder")
    with pytest.raises(AudioError, match="kann ich nicht schreiben"):
        train_live(Settings(), console, tmp_path / "out", card)
    assert demonstrations == []


class FakePanel:
    """Presses its button as soon as it is there, and keeps what its light shows."""

    def __init__(self, press: Callable[[str], None], button: str) -> None:
        press(button)
        self.shown: list[Colour] = []
        self.is_closed = False

    def show(self, colour: Colour) -> None:
        self.shown.append(colour)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def panels(monkeypatch: pytest.MonkeyPatch) -> list[FakePanel]:
    """The panels that were opened; each has a button pressed that closes the microphone."""
    opened: list[FakePanel] = []

    def on_pins(_: object, press: Callable[[str], None]) -> FakePanel:
        opened.append(FakePanel(press, "mute"))
        return opened[-1]

    monkeypatch.setattr(panel, "_on_pins", on_pins)
    return opened


def test_the_light_follows_the_session_and_goes_out_with_it(
    card: FakeCard, console: Console, panels: list[FakePanel]
) -> None:
    train_live(Settings(button_pin=3), console, None, card)
    [opened] = panels
    speaking = Light.SPEAKING.at(0.2)
    assert [colour == speaking for colour in opened.shown] == [False, True, True, True, False]
    assert opened.is_closed


def test_without_pins_no_panel_is_opened(
    card: FakeCard, console: Console, panels: list[FakePanel]
) -> None:
    train_live(Settings(), console, None, card)
    assert panels == []


def test_what_is_said_to_a_closed_microphone_is_not_recorded_either(
    card: FakeCard, console: Console, panels: list[FakePanel], tmp_path: Path
) -> None:
    for settings in (Settings(), Settings(mute_pin=4)):
        train_live(settings, console, tmp_path / "out", card)
        with wave.open(str(tmp_path / "out" / "session.wav"), "rb") as recording:
            frames = np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2")
        assert frames[0::2].any() == (settings.mute_pin is None)


def test_a_new_machine_is_greeted_until_it_has_met_somebody(
    card: FakeCard, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Meeting(GreetingSession):
        def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
            self._observers.tell(StateEntered(0.1, states[-1]))
            return super().process(block)

    def opened(_: Settings, observers: Observers, first_time: bool, **__: object) -> Meeting:
        greeted.append(first_time)
        return Meeting(observers)

    greeted: list[bool] = []
    states = ["hello.hear"]
    monkeypatch.setattr(live, "open_session", opened)
    train_live(Settings(), console, None, card)
    states.append("hello.done")
    for _ in range(2):
        train_live(Settings(), console, None, card)
    assert greeted == [True, True, False]


class MumblingSession(GreetingSession):
    """Does not understand something in its third block."""

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        if self._blocks == 2:
            self._observers.tell(StateEntered(0.2, "exercise.repeat"))
            self._observers.tell(SpeechRejected(0.2, 0.5, 0.5, "pack mas", "unknown words"))
        return super().process(block, played)


@pytest.mark.parametrize(("learns", "kept"), [(True, ["pack mas"]), (False, [])])
def test_what_is_not_understood_is_kept_only_if_wanted(
    card: FakeCard, monkeypatch: pytest.MonkeyPatch, learns: bool, kept: list[str]
) -> None:
    monkeypatch.setattr(live, "open_session", lambda _, observers, **__: MumblingSession(observers))
    train_live(Settings(learn_words=learns), Console(file=io.StringIO()), None, card)
    assert [one.text for one in read_rejected(not_understood_file())] == kept


def test_a_second_trainer_says_so(card: FakeCard, console: Console) -> None:
    with the_only_one(), pytest.raises(SkillError, match="läuft schon ein Trainer"):
        train_live(Settings(), console, None, card)
    train_live(Settings(), console, None, card)
    assert "Hallo!" in _printed(console)
