"""``replay --bench``: the benchmark on one's own recordings."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from rueckgrat.calibration import own_bench
from rueckgrat.calibration.own_bench import OwnBench, bench_folder
from rueckgrat.cli.app import app
from rueckgrat.recordings.files import read_recording
from rueckgrat.recordings.wav import write_wav
from skill.settings import Settings

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings"

pytestmark = [pytest.mark.usefixtures("built_in_model"), pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six recordings of commands, one of them 44.1 kHz stereo, and one of none."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("weiter", "stopp", "pause", "acht"):
        shutil.copy(RECORDINGS / "anna" / f"{name}.ogg", folder / f"{name}_1.ogg")
    shutil.copy(RECORDINGS / "bernd" / "weiter.ogg", folder / "Weiter 2.ogg")
    stereo = read_recording(RECORDINGS / "bernd" / "zurueck.ogg", 44_100)
    write_wav(folder / "zurück_1.wav", 44_100, stereo, stereo)
    shutil.copy(
        RECORDINGS / "anna" / "heute-ist-das-wetter-wirklich-schoen.ogg", folder / "oov_1.ogg"
    )
    return folder


def bench(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["replay", "--bench", *arguments])


def test_files_named_after_their_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[OwnBench] = []

    def measure(folder: Path, settings: Settings) -> OwnBench:
        measured.append(bench_folder(folder, settings))
        return measured[0]

    monkeypatch.setattr(own_bench, "bench_folder", measure)
    answer = bench(str(folder), "--json")
    assert (answer.exit_code, answer.stderr) == (0, "")
    found = json.loads(answer.stdout)
    assert found["problems"] == []
    ear, plain = found["listeners"]["ear"], found["listeners"]["plain"]
    assert (ear["commands"], ear["right"]) == (6, 6)
    assert ear["by_command"]["next"] == {"right": 2, "said": 2}
    assert ear["by_command"]["number(8)"] == {"right": 1, "said": 1}
    assert (ear["other_recordings"], ear["false_accepts"]) == (1, [])
    assert 0 < ear["latency_ms"]["median"] < 500 < plain["latency_ms"]["median"]
    by_file = {one["file"]: one for one in ear["recordings"]}
    assert by_file["zurück_1.wav"]["heard"][0]["command"] == "back"
    monkeypatch.setattr(own_bench, "bench_folder", lambda *_: measured[0])
    answer = bench(str(folder))
    assert answer.exit_code == 0, answer.output
    for words in ("Vosk allein", "6 von 6", "2 von 2", "Fehlalarme", "0 in 1", "Median", "ms (6)"):
        assert words in answer.output, "the table has every figure beside the plain loop"


def test_what_a_manifest_mislabels_is_a_confusion_and_what_is_missing_is_said(
    folder: Path,
) -> None:
    (folder / "manifest.tsv").write_text(
        "file\ttranscript\n"
        "weiter_1.ogg\tweiter\n"
        "pause_1.ogg\tstopp\n"
        "stopp_1.ogg\tDas ist gar kein Befehl.\n"
        "nowhere.ogg\tweiter\n",
        encoding="utf-8",
    )
    answer = bench(str(folder))
    assert answer.exit_code == 0, answer.output
    assert "1 von 2 (50%)" in answer.output
    assert "stop als pause" in answer.output
    assert "als stop" in answer.output
    (left_out,) = [line for line in answer.output.splitlines() if line.startswith("Weggelassen: ")]
    assert "manifest.tsv, Zeile 5: Die Aufnahme" in left_out


@pytest.mark.parametrize(
    "arguments", [["replay"], ["replay", "x.wav", "--bench", "."], ["replay", "--json"]]
)
def test_what_to_play_must_be_clear(arguments: list[str]) -> None:
    answer = CliRunner().invoke(app, arguments)
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Fehler: Was soll ich abspielen?")


def test_a_folder_of_noise_only_has_no_recall(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 300, 48_000).astype(np.int16)
    write_wav(tmp_path / "oov_1.wav", 16_000, noise)
    answer = bench(str(tmp_path), "--json")
    assert answer.exit_code == 0, answer.output
    ear = json.loads(answer.stdout)["listeners"]["ear"]
    assert (ear["commands"], ear["latency_ms"]["median"]) == (0, None)
