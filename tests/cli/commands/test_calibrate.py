"""``calibrate`` as a person uses it, with a synthetic voice in place of the sound card."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from rueckgrat.calibration import calibration
from rueckgrat.calibration.calibration import BROKEN_OFF
from rueckgrat.cli.app import app
from rueckgrat.cli.views.calibration import CalibrationScreen
from rueckgrat.cli.views.notices import NOTHING_DELETED
from rueckgrat.replay.reading import read_dialog
from skill.content.loader import load_content
from skill.errors import AudioError
from skill.messages.blocks import Pcm
from skill.messages.events import Event
from skill.models import BUILT_IN
from skill.models.fitted import network_file
from skill.paths import models_dir
from skill.session import Session
from tests.calibration.person import Person, spoken

pytestmark = [
    pytest.mark.usefixtures("built_in_model"),
    pytest.mark.slow,
    pytest.mark.timeout(400),
]

VOICE = cache(spoken)

SMALL = """
words:
  - takes: 3
    say: [stopp]
  - takes: 2
    say: [weiter, ja, brücke, pause, aua, beenden]
sentences:
  - Heute ist das Wetter wirklich schön.
  - Der Hund liegt schon wieder vor der Tür.
"""
TAKES = 1 + 3 + 6 * 2 + 2


@dataclass
class Room:
    """Plays a person to the session, block by block; ``said`` is what the speaker played last."""

    person: Person
    events: list[Event] = field(default_factory=list)
    said: list[Pcm] = field(default_factory=list)
    fail: Callable[[float], None] = lambda _: None

    def run_live(self, session: Session, *_: object, **__: object) -> None:
        while not session.finished:
            self.fail(session.now_seconds)
            block = self.person.next_block(self, session.now_seconds)  # type: ignore[arg-type]
            assert block is not None
            session.process(block)

    def play_blocks(self, _card: object, _speaker: object, blocks: object) -> None:
        self.said = list(blocks)  # type: ignore[call-overload]


@pytest.fixture
def own_dialogs(tmp_path: Path) -> Path:
    """A calibration that asks for a few words only."""
    shipped = (Path(__file__).parents[3] / "dialogs/calibration.yaml").read_text(encoding="utf-8")
    begin, end = shipped.index("\nwords:"), shipped.index("\nadvice:")
    folder = tmp_path / "own"
    folder.mkdir()
    text = shipped[:begin] + SMALL + shipped[end:]
    (folder / "calibration.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def calibrate(own_dialogs: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def run(room: Room | None, *arguments: str, typed: str = "") -> Result:
        if room:
            shown = CalibrationScreen.show

            def show(self: CalibrationScreen, event: Event) -> None:
                room.events.append(event)
                shown(self, event)

            monkeypatch.setattr(CalibrationScreen, "show", show)
            monkeypatch.setattr(calibration, "run_live", room.run_live)
            monkeypatch.setattr(calibration, "play_blocks", room.play_blocks)
        options = ["calibrate", "--dialogs", str(own_dialogs), *arguments]
        return CliRunner().invoke(app, options, input=typed)

    return run


def room(**changes: object) -> Room:
    return Room(Person(say=VOICE, **changes))  # type: ignore[arg-type]


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "recordings/manifest.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


@pytest.mark.long
def test_a_whole_calibration(
    calibrate: Callable[..., Result], own_home: Path, tmp_path: Path
) -> None:
    """One take is silent and one clipped at first; both are asked for again."""
    heard = room(gains_db={1: None, 4: 40.0})
    answer = calibrate(heard, "--name", "Anna")
    assert answer.exit_code == 0, answer.output
    folder = own_home / "data/voices/anna"

    rows = manifest(folder)
    assert len(rows) == TAKES
    assert {row["fault"] for row in rows} == {""}
    assert all((folder / "recordings" / row["file"]).stat().st_size > 10_000 for row in rows)
    assert "gesprochen" in (folder / "consent.txt").read_text(encoding="utf-8")

    assert "Deine Stimme\n" in (folder / "bericht.txt").read_text(encoding="utf-8")
    (thresholds,) = own_home.glob("data/ear/*.yaml")
    assert "voice of anna" in thresholds.read_text(encoding="utf-8")
    report = (folder / "bericht.txt").read_text(encoding="utf-8")
    assert "Zum Prüfen, mit den üblichen Schwellen: 7 von 7." in report
    assert "Zum Prüfen: 0-mal in 1 Aufnahmen" in report
    assert "übersteuert: 0 von 17" in report
    for name in ("sicherheit.svg", "pegel.svg"):
        assert (folder / name).read_text(encoding="utf-8").rstrip().endswith("</svg>")
    page = (folder / "bericht.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "Ich habe 7 von 7 Wörtern verstanden" in answer.output
    assert np.concatenate(heard.said).any()

    shown = calibrate(None, "--report", "--name", "anna")
    assert shown.exit_code == 0
    assert report in shown.output

    made = calibrate(None, "--dialog-test", str(tmp_path / "made"), "--name", "anna")
    assert made.exit_code == 0, made.output  # it has been run, and passed
    assert read_dialog(tmp_path / "made/anna.dialog.yaml").dialog.end.finished

    kept = calibrate(None, "--delete", "--name", "anna", typed="nein\n")
    assert (kept.exit_code, NOTHING_DELETED in kept.output) == (1, True)
    assert folder.exists()
    gone = calibrate(None, "--delete", "--name", "anna", typed="ja\n")
    assert gone.exit_code == 0
    assert f"Aufnahmen: {TAKES}." in gone.output
    assert not folder.exists()
    assert not list(own_home.glob("data/ear/*"))


def test_without_consent_nothing_is_written(
    calibrate: Callable[..., Result], own_home: Path
) -> None:
    for answer in ("nein", ""):
        result = calibrate(room(answer=answer))
        assert result.exit_code == 1
        assert not (own_home / "data").exists()


@pytest.mark.long
def test_an_interrupted_calibration_goes_on(
    calibrate: Callable[..., Result], own_home: Path
) -> None:
    def interrupt(now_seconds: float) -> None:
        if now_seconds > 45:
            raise KeyboardInterrupt

    broken = room()
    broken.fail = interrupt
    result = calibrate(broken, "--yes")
    assert result.exit_code == 130
    assert BROKEN_OFF in result.output
    folder = own_home / "data/voices/ich"
    before = {row["file"] for row in manifest(folder)}
    assert 3 < len(before) < TAKES
    # The power fails while a recording is written: half of a WAV, and half of its name.
    damaged = folder / "recordings" / "stopp_1.wav"
    damaged.write_bytes(damaged.read_bytes()[:5_000])
    (folder / "recordings" / ".weiter_3.wav.1.part").write_bytes(b"RIFF")

    rest = room()
    result = calibrate(rest)
    assert result.exit_code == 0, result.output
    assert "Schön, wir machen da weiter" in result.output
    assert len(rest.person.prompts) == TAKES - 1 - len(before - {"raum_1.wav", "stopp_1.wav"})
    assert len(manifest(folder)) == TAKES


def test_who_leaves_is_told_what_is_missing(
    calibrate: Callable[..., Result], own_home: Path
) -> None:
    result = calibrate(room(leaves_after=3), "--yes")
    assert result.exit_code == 1
    assert f"Es fehlen noch {TAKES - 4} Aufnahmen." in result.output
    assert not (own_home / "data/voices/ich/bericht.txt").exists()


def test_a_full_disk_is_one_sentence_and_loses_nothing(
    calibrate: Callable[..., Result], own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = 0
    replace = Path.replace

    def full_after_a_while(self: Path, target: Path) -> Path:
        nonlocal writes
        writes += "recordings" in str(self)
        if writes > 6:
            raise OSError(28, "der Speicher ist voll")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full_after_a_while)
    result = calibrate(room(), "--yes")
    assert result.exit_code == 2
    assert result.stderr.startswith("Fehler: Die Aufnahme ")
    assert "der Speicher ist voll" in result.stderr
    assert result.stderr.count("\n") == 1
    assert BROKEN_OFF in result.output
    assert len(manifest(own_home / "data/voices/ich")) == 3


def test_a_place_that_cannot_be_written(calibrate: Callable[..., Result], own_home: Path) -> None:
    (own_home / "data").write_text("a file in place of the folder", encoding="utf-8")
    result = calibrate(room())
    assert result.exit_code == 2
    assert "kann ich nicht schreiben" in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_a_microphone_there_is_one_sentence(
    calibrate: Callable[..., Result], own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_device(*_: object, **__: object) -> None:
        raise AudioError("No microphone was found.", "Plug one in.")

    monkeypatch.setattr(calibration, "run_live", no_device)
    result = calibrate(None)
    assert result.exit_code == 2
    assert result.stderr == "Fehler: No microphone was found. Plug one in.\n"
    assert not (own_home / "data").exists()


def test_redo_begins_anew(calibrate: Callable[..., Result], own_home: Path) -> None:
    calibrate(room(leaves_after=2), "--yes")
    folder = own_home / "data/voices/ich"
    kept = calibrate(room(), "--redo", typed="\n")
    assert kept.exit_code == 1
    assert len(manifest(folder)) == 3
    again = room(leaves_after=1)
    calibrate(again, "--redo", "--yes")
    assert len(manifest(folder)) == 2


@pytest.mark.parametrize("option", ["--delete", "--report", "--dialog-test=x"])
def test_somebody_unknown(calibrate: Callable[..., Result], option: str) -> None:
    result = calibrate(None, option, "--name", "niemand")
    assert result.exit_code == 2
    assert result.stderr.startswith("Fehler: Von „niemand“ habe ich nichts.")


def test_consent_alone_is_nothing_to_work_with(
    calibrate: Callable[..., Result], tmp_path: Path
) -> None:
    calibrate(room(leaves_after=0, gains_db={0: None}), "--yes")
    shutil.rmtree(tmp_path / "home/data/voices/ich/recordings")
    result = calibrate(None, "--dialog-test", str(tmp_path / "made"))
    assert result.stderr.startswith("Fehler: Von „ich“ ist noch nichts aufgenommen. Nimm erst")


def test_no_report_yet_and_no_dialog_without_the_words_it_needs(
    calibrate: Callable[..., Result], tmp_path: Path
) -> None:
    calibrate(room(leaves_after=2), "--yes")
    assert calibrate(None, "--report").stderr.startswith(
        "Fehler: Von „ich“ gibt es noch keinen Bericht."
    )
    result = calibrate(None, "--dialog-test", str(tmp_path / "made"))
    assert result.exit_code == 2
    assert "brücke" in result.stderr
    assert not list(tmp_path.glob("made/*.yaml"))


def test_the_shipped_words_are_understood_by_the_template() -> None:
    from rueckgrat.calibration.dialog_test import DialogTemplate
    from rueckgrat.calibration.script import load_script

    asked = {word for group in load_script(load_content().vocabulary).words for word in group.say}
    assert DialogTemplate().wanted <= asked


def test_what_was_learnt_is_taken_back_by_one_command(
    calibrate: Callable[..., Result], own_home: Path
) -> None:
    folder = own_home / "data/voices/anna"
    (folder / "recordings").mkdir(parents=True)
    (folder / "bericht.txt").write_text("Bericht über die Stimme von anna\n", encoding="utf-8")
    network = network_file(models_dir() / BUILT_IN, "anna")
    network.parent.mkdir(parents=True)
    network.write_bytes(b"fitted")
    thresholds = network.parent / f"{BUILT_IN}.yaml"
    thresholds.write_text("# Thresholds for the voice of anna.\nconfidence: {}\n")

    shown = calibrate(None, "--report", "--name", "anna")
    assert "ist auf deine Stimme eingestellt" in shown.output
    undone = calibrate(None, "--undo", "--name", "anna")
    assert (undone.exit_code, "gilt nicht mehr" in undone.output) == (0, True)
    assert not list(network.parent.iterdir())
    assert (folder / "recordings").is_dir()
    shown = calibrate(None, "--report", "--name", "anna")
    assert "zurzeit nicht eingestellt" in shown.output
    unknown = calibrate(None, "--undo", "--name", "ben")
    assert unknown.exit_code == 2
