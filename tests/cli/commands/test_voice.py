"""The command ``voice``, with tiny published voices and one that is real."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.recordings.files import read_recording
from rueckgrat.voices import here
from rueckgrat.voices.catalogue import PUBLISHED
from rueckgrat.voices.fetch import fetch_voice
from rueckgrat.voices.prepare import kept_dir, the_only_preparation
from skill import extras
from skill.settings import load_settings
from tests.programs import CHECKOUT
from tests.voice.naturals import JOE, lay
from tests.voices.published import Publisher, publishing


@pytest.fixture(autouse=True)
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    with publishing(monkeypatch) as it:
        yield it


@pytest.fixture
def without_piper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)


def _voice(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["voice", *arguments], env={"COLUMNS": "200"})


def _rows(answer: Result) -> dict[str, str]:
    """Return each row of the list by the name in it, with its mark."""
    assert answer.exit_code == 0, answer.output
    rows = [line for line in answer.stdout.splitlines() if line[:2] in ("  ", "* ")]
    return {row[2:].split()[0]: row for row in rows}


def _refused(*arguments: str) -> str:
    answer = _voice(*arguments)
    assert answer.exit_code == 2, answer.output
    assert answer.stderr.startswith("Fehler: ")
    return answer.stderr


# --- list ------------------------------------------------------------------------------------


def test_list_shows_what_is_here_and_what_can_be_had() -> None:
    answer = _voice("list")
    rows = _rows(answer)
    assert rows["gmw/de"].startswith("* ")
    assert "männlich, eingebaut" in rows["gmw/de"]
    assert "weiblich, 0 MB, CC0" in rows["kerstin"], "the size of the tiny voice"
    assert "nicht gewerblich" in rows["pavoque"]
    assert "MODEL_CARD" in rows["ramona"]
    assert set(PUBLISHED) <= set(rows)
    assert "GPL-3.0-or-later" in answer.stdout
    assert "pip install" not in answer.stdout, "Piper is here"


@pytest.mark.usefixtures("without_piper")
def test_list_says_with_which_command_piper_comes() -> None:
    said = _voice("list").stdout.splitlines()[-1]
    assert said == f"Hier fehlt es noch. Installier es: {extras.NATURAL.command}"
    assert re.search(r"-m pip install -r /.*/requirements-natural.lock$", said)


def test_piper_comes_as_the_trainer_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "complete").touch()
    monkeypatch.setattr(extras, "_APP", tmp_path / "app")
    assert extras.NATURAL.command.endswith("deploy/install.sh --voice thorsten")
    (tmp_path / "complete").unlink()
    assert extras.NATURAL.command.endswith("pip install 'piper-tts>=1.8'"), "from a wheel"


def test_a_fetched_voice_is_listed_once_and_marked_when_chosen() -> None:
    fetch_voice(PUBLISHED["kerstin"])
    assert "  kerstin" in _rows(_voice("list"))["kerstin"]
    assert _voice("use", "kerstin").exit_code == 0
    answer = _voice("list")
    assert _rows(answer)["kerstin"].startswith("* kerstin")
    assert answer.stdout.count("kerstin") == 1
    assert _rows(answer)["gmw/de"].startswith("  ")


def test_a_broken_voice_is_listed_with_what_is_wrong(own_home: Path) -> None:
    lay(own_home / "data/natural-voices/de_DE-anna-low.onnx", content=b"\x08\x08\x3a")
    assert "abgeschnitten" in _rows(_voice("list"))["anna"]


def test_a_chosen_voice_that_is_gone_is_listed_too(own_home: Path) -> None:
    path = lay(own_home / "own.onnx")
    assert _voice("use", str(path)).exit_code == 0
    path.unlink()
    assert f"* {path}" in _voice("list").stdout


def test_mbrola_voices_are_listed_where_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "mb/mb-de5" not in _rows(_voice("list"))
    (tmp_path / "de5").write_bytes(b"MBROLA")
    monkeypatch.setattr(here, "_MBROLA_PLACES", (f"{tmp_path}/{{0}}",))
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    rows = _rows(_voice("list"))
    assert "weiblich" in rows["mb/mb-de5"]
    assert "mb/mb-de6" not in rows


# --- fetch -----------------------------------------------------------------------------------


def test_fetch_says_the_licence_and_how_to_go_on() -> None:
    answer = _voice("fetch", "kerstin")
    assert (answer.exit_code, answer.stderr) == (0, "")
    first, *_, last = answer.stdout.splitlines()
    assert first == "de_DE-kerstin-low, Lizenz: CC0 (gemeinfrei)"
    assert "voice try kerstin" in last
    assert "voice use kerstin" in last


def test_fetch_of_a_voice_without_a_known_licence_shows_what_its_card_says() -> None:
    assert "License: See URL" in _voice("fetch", "ramona").stdout


def test_fetch_without_a_name_takes_thorsten(own_home: Path) -> None:
    assert _voice("fetch").exit_code == 0
    assert list((own_home / "data/natural-voices").rglob("de_DE-thorsten-medium.onnx"))


def test_fetch_without_network_is_one_sentence(publisher: Publisher) -> None:
    publisher.server.cut_after_bytes = 10
    assert "Ich habe keine Verbindung zu 127.0.0.1" in _refused("fetch", "kerstin")


def test_fetch_of_an_unknown_voice_says_which_was_meant() -> None:
    assert "Meinst du „kerstin“?" in _refused("fetch", "kersten")


@pytest.mark.usefixtures("without_piper")
def test_fetch_says_that_piper_is_missing() -> None:
    assert "Noch fehlt Piper." in _voice("fetch", "kerstin").stdout


# --- use -------------------------------------------------------------------------------------


def test_use_writes_the_setting_and_offers_to_prepare() -> None:
    fetch_voice(PUBLISHED["thorsten"])
    answer = _voice("use", "thorsten")
    assert answer.exit_code == 0, answer.output
    assert load_settings().voice == "thorsten"
    assert "Von jetzt an spreche ich mit thorsten" in answer.stdout
    assert "rueckgrat voice prepare" in answer.stdout


def test_the_built_in_voice_needs_no_preparing() -> None:
    answer = _voice("use", "gmw/de")
    assert answer.exit_code == 0, answer.output
    assert load_settings().voice == "gmw/de"
    assert "prepare" not in answer.stdout


def test_a_voice_of_another_language_must_be_forced(own_home: Path) -> None:
    assert "spricht kein Deutsch" in _refused("use", str(JOE))
    assert load_settings().voice == "gmw/de"
    assert _voice("use", str(JOE), "--force").exit_code == 0
    assert load_settings().voice == f"{JOE}!"


def test_a_file_is_remembered_with_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path / "own.onnx")
    monkeypatch.chdir(tmp_path)
    assert _voice("use", "own.onnx").exit_code == 0
    assert load_settings().voice == str(tmp_path / "own.onnx")


def test_one_of_several_speakers(tmp_path: Path) -> None:
    from tests.voice.naturals import description

    many = lay(tmp_path / "many.onnx", description(num_speakers=4))
    assert _voice("use", f"{many}#3").exit_code == 0
    assert load_settings().voice == f"{many}#3"
    assert "#0 bis #3" in _refused("use", f"{many}#4")


def test_a_voice_for_one_person_only(own_home: Path) -> None:
    assert "unter people steht niemand" in _refused("use", "gmw/de", "--for", "Anna")
    (own_home / "config").mkdir(exist_ok=True)
    (own_home / "config/settings.toml").write_text('people = ["Anna", "Ben"]\n', encoding="utf-8")
    fetch_voice(PUBLISHED["kerstin"])
    answer = _voice("use", "kerstin", "--for", "anna")
    assert "Von jetzt an spreche ich zu anna mit kerstin" in answer.stdout
    assert _voice("use", "kerstin", "--for", "ANNA").exit_code == 0
    assert load_settings().own_voices == {"Anna": "kerstin"}
    assert load_settings().voice == "gmw/de"
    rows = _rows(_voice("list"))
    assert rows["gmw/de"].startswith("* ")
    assert rows["kerstin"].startswith("* ")
    assert rows["kerstin"].endswith("für Anna")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kerstin", "noch nicht hier. Hol sie mit „rueckgrat voice fetch kerstin“"),
        ("de_DE-kerstin-low", "Hol sie mit „rueckgrat voice fetch kerstin“"),
        ("kersten", "Meinst du „kerstin“?"),
        ("thorsten#1", "Hol sie mit „rueckgrat voice fetch thorsten“"),
        ("gmw/dee", "Meinst du „gmw/de“?"),
        ("klingonisch", "„rueckgrat voice list“"),
        ("/nowhere/own.onnx", "/nowhere/own.onnx"),
    ],
)
def test_a_voice_that_is_not_here_is_refused_with_a_mend(name: str, said: str) -> None:
    assert said in _refused("use", name)
    assert load_settings().voice == "gmw/de"


@pytest.mark.usefixtures("without_piper")
def test_use_of_a_natural_voice_without_piper_names_the_command() -> None:
    fetch_voice(PUBLISHED["kerstin"])
    assert "Installier es: " in _refused("use", "kerstin")


# --- try -------------------------------------------------------------------------------------


def test_try_writes_speech_of_a_real_neural_voice(tmp_path: Path) -> None:
    out = tmp_path / "joe.wav"
    answer = _voice("try", str(JOE), "Guten Tag.", "--force", "--out", str(out))
    assert answer.exit_code == 0, answer.output
    _is_speech(out, 0.4, 3.0)
    assert load_settings().voice == "gmw/de", "it is not chosen by that"


def test_try_speaks_a_few_sentences_with_the_chosen_voice(tmp_path: Path) -> None:
    out = tmp_path / "sample.wav"
    assert _voice("try", "--out", str(out)).exit_code == 0
    _is_speech(out, 6.0, 25.0)


def test_try_of_a_voice_that_is_not_here() -> None:
    assert "voice fetch kerstin" in _refused("try", "kerstin", "--out", "x.wav")
    assert "nichts zu sagen" in _refused("try", "gmw/de", "…", "--out", "x.wav")


def _is_speech(path: Path, least_seconds: float, most_seconds: float) -> None:
    pcm = read_recording(path)
    assert least_seconds < pcm.size / 16_000 < most_seconds
    loud = abs(pcm.astype(float)).reshape(-1)[: pcm.size // 160 * 160].reshape(-1, 160).max(axis=1)
    assert 0.2 < (loud > 1_000).mean() < 0.98, "sound, and pauses in it"


# --- prepare ---------------------------------------------------------------------------------


@pytest.fixture
def few_lines(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three lines are all there are, and none of them is kept from an earlier run."""
    kept = own_home / "cache" / "voice"
    kept.unlink()
    kept.mkdir()
    texts = ["Stopp.", "Gut so.", "Atme ein."]
    monkeypatch.setattr("rueckgrat.voices.prepare.all_lines", lambda *_: texts)
    return texts


@pytest.mark.long
def test_prepare_renders_with_the_real_neural_voice_and_reports(few_lines: list[str]) -> None:
    _voice("use", str(JOE), "--force")
    before = len(list(kept_dir().iterdir()))
    answer = _voice("prepare")
    assert answer.exit_code == 0, answer.output
    assert "3 Sätze sind bereit, 3 davon neu" in answer.stdout
    assert "MB" in answer.stdout
    assert ", mit 110 Wörtern in der Minute: 3 Sätze sind bereit" in answer.stdout
    assert len(list(kept_dir().iterdir())) == before + 6
    assert "Alle 3 Sätze waren schon bereit." in _voice("prepare").stdout


def test_two_prepares_at_once_are_refused(few_lines: list[str]) -> None:
    with the_only_preparation():
        assert "gerade schon vorbereitet" in _refused("prepare")


def test_ctrl_c_says_how_it_goes_on(own_home: Path) -> None:
    """All lines with the built-in voice take ten seconds and more."""
    (own_home / "cache/voice").unlink()
    program = subprocess.Popen(
        [sys.executable, str(CHECKOUT / "main.py"), "voice", "prepare"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    deadline = time.monotonic() + 60
    while len(list(kept_dir().glob("*"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (130, "")
    assert "Weiter geht es mit „rueckgrat voice prepare“." in out
