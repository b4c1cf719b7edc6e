from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rueckgrat.doctor import Doctor, Finding, Verdict, round, works
from rueckgrat.doctor.finding import ok
from rueckgrat.doctor.hearing import Sample
from rueckgrat.doctor.load import MachineLoad, Memory
from rueckgrat.doctor.loop import Loop
from skill.audio.devices import SoundCard
from skill.errors import AudioError
from tests.audio.fake_card import FakeCard, running_card
from tests.doctor.looped_card import LoopedCard

HEARD = Loop(0.17, -24.0, -40.0, -65.0, 0, silent=False)
SOUND = ["microphone", "speaker", "level", "loop", "echo"]


class Notes:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.levels: list[float] = []

    def tell(self, sentence: str) -> None:
        self.told.append(sentence)

    def level(self, dbfs: float) -> None:
        self.levels.append(dbfs)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own; what takes long, and is tested elsewhere, is made up."""
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    memory = Memory(100.0, 1_000.0, 2_000.0)
    monkeypatch.setattr(
        round, "measure_load", lambda trainer, said: MachineLoad(0.1, 0.1, 0.1, 4, memory)
    )
    monkeypatch.setattr(round, "check_model", lambda trainer: ok("model", "Gut."))
    return tmp_path


def examined(
    card: SoundCard | None, options: Mapping[str, Any] | None = None, notes: Notes | None = None
) -> dict[str, Finding]:
    doctor = Doctor(options or {}, notes or Notes(), card, listen_seconds=1.0)
    findings = list(doctor.examine())
    assert len({one.name for one in findings}) == len(findings)
    return {one.name: one for one in findings}


def test_without_sound_nothing_is_asked_of_the_card() -> None:
    notes = Notes()
    found = examined(None, notes=notes)
    assert not set(SOUND[:-1]) & found.keys()
    assert works(found.values())
    assert not [one for one in notes.told if "höre" in one]


def test_without_a_sound_card_everything_else_is_looked_at() -> None:
    card = FakeCard()
    card.listed = []
    found = examined(card)
    assert found.keys() == examined(None).keys() | {"microphone", "speaker"}
    failed = [one.name for one in found.values() if one.verdict is Verdict.FAILURE]
    assert failed == ["microphone", "speaker"]


def test_a_card_that_hears_itself() -> None:
    notes = Notes()
    card = LoopedCard()
    with running_card(card):
        found = examined(card, notes=notes)
    assert list(found)[-5:] == SOUND
    assert works(found.values())
    assert found["loop"].figures["heard_itself"] is True
    assert notes.levels
    assert all(stream.closed for stream in card.everything_opened)


def test_a_dead_microphone_is_a_failure_and_the_speaker_is_none() -> None:
    card = LoopedCard(gain=0.0, noise=0.0)
    with running_card(card):
        found = examined(card)
    assert found["level"].verdict is Verdict.FAILURE
    assert found["loop"].verdict is Verdict.FAILURE
    assert found["speaker"].verdict is Verdict.OK


def test_a_microphone_that_is_silent_until_something_is_played_lives() -> None:
    card = LoopedCard(noise=0.0)
    with running_card(card):
        found = examined(card)
    assert found["level"].verdict is Verdict.WARNING
    assert works(found.values())


def test_without_a_speaker_the_microphone_is_listened_to() -> None:
    card = LoopedCard()
    card.listed = card.listed[:1]
    with running_card(card):
        found = examined(card)
    assert found["speaker"].verdict is Verdict.FAILURE
    assert found["level"].verdict is Verdict.UNMEASURED
    assert "loop" not in found


def test_a_microphone_that_delivers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.audio.one_way._SILENT_SECONDS", 0.2)
    card = LoopedCard()
    card.working.clear()
    with running_card(card):
        found = examined(card)
    assert found["level"].verdict is Verdict.FAILURE
    assert "liefert nichts mehr" in found["level"].measured
    assert found["level"].mend


def test_a_sound_system_that_hangs_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round, "_PATIENCE_SECONDS", 0.2)
    card = FakeCard()
    card.can_close.clear()
    found = examined(card)
    card.can_close.set()
    assert card.abandoned
    assert found["microphone"].verdict is Verdict.FAILURE
    assert "hängt" in found["microphone"].measured
    assert "level" not in found


def test_a_wrong_settings_file_is_named_and_the_defaults_count(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('voice = "gmw/de"\nwords_per_minute = "fast"\n')
    found = examined(None)
    assert found["settings"].verdict is Verdict.WARNING
    assert "Zeile 2" in found["settings"].measured
    assert found["settings"].mend
    assert works(found.values())


def test_a_wrong_variable_is_what_training_does_not_start_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RUECKGRAT_WORDS_PER_MINUTE", "fast")
    assert examined(None)["settings"].verdict is Verdict.FAILURE


def test_a_voice_that_is_not_there_does_not_keep_it_from_playing_something() -> None:
    card = LoopedCard()
    with running_card(card):
        found = examined(card, {"voice": "klingon"})
    assert found["voice"].verdict is Verdict.FAILURE
    assert found["loop"].figures["heard_itself"] is True


def test_an_own_file_that_is_wrong_is_left_out(home: Path) -> None:
    (home / "data" / "dialogs" / "exercises").mkdir(parents=True)
    (home / "data" / "dialogs" / "exercises" / "kobra.yaml").write_text("titel: Kobra\n")
    assert "kobra.yaml" in examined(None)["dialogs"].measured


def test_dialogs_that_are_not_there_are_a_failure() -> None:
    assert examined(None, {"dialogs": "/nowhere"})["dialogs"].verdict is Verdict.FAILURE


def _crash(*_: object) -> None:
    raise RuntimeError("boom")


@pytest.mark.parametrize(
    ("check", "name"),
    [
        ("check_python", "python"),
        ("check_clock", "clock"),
        ("load_in_spite_of_the_file", "settings"),
        ("content_for", "dialogs"),
        ("check_storage", "storage_data"),
        ("check_history", "history"),
        ("sound_files", "permissions"),
        ("render", "voice"),
        ("check_model", "model"),
        ("measure_load", "load"),
        ("check_memory", "memory"),
        ("check_device", "microphone"),
        ("listen", "level"),
        ("check_level", "level"),
        ("run_loop", "loop"),
        ("check_loop", "loop"),
        ("has_canceller", "echo"),
    ],
)
def test_a_check_that_crashes_is_a_failure_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, check: str, name: str
) -> None:
    heard = Sample(np.arange(16_000, dtype=np.int16))
    monkeypatch.setattr(round, "listen", lambda *_: heard)
    monkeypatch.setattr(round, "run_loop", lambda *_: HEARD)
    monkeypatch.setattr(round, check, _crash)
    found = examined(FakeCard())
    assert found[name].verdict is Verdict.FAILURE
    assert "boom" in found[name].measured
    assert {"python", "voice", "microphone", "echo"} <= found.keys()


def test_a_device_that_is_taken_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise AudioError("It cannot be opened.")

    monkeypatch.setattr(round, "listen", taken)
    card = LoopedCard()
    with running_card(card):
        assert "It cannot be opened." in examined(card)["level"].measured
