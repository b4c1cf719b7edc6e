from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.fetching.speech_models import FETCHABLE
from skill.models import BUILT_IN, catalogue, choose_model, fetched_dir
from skill.settings import load_settings
from tests.fetching.publisher import NAME, Publisher, publish, write_model


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    with publish() as state:
        monkeypatch.setitem(FETCHABLE, NAME, state.model())
        yield state


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_model(tmp_path / "shipped" / BUILT_IN).parent
    monkeypatch.setattr(catalogue, "models_dir", lambda: folder)
    return folder


def _model(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["model", *arguments])


def _lines(answer: Result) -> list[list[str]]:
    return [line.split() for line in answer.stdout.splitlines()]


def test_list_marks_the_model_in_use_and_names_what_can_be_fetched() -> None:
    answer = _model("list")
    assert answer.exit_code == 0
    assert ["*", BUILT_IN, "mitgeliefert"] in _lines(answer)
    assert ["vosk-model-small-de-0.15", "zum", "Holen,", "46", "MB"] in _lines(answer)


def test_fetch_brings_a_model_and_it_is_used_from_then_on(publisher: Publisher) -> None:
    answer = _model("fetch", NAME)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert choose_model() == fetched_dir() / NAME
    assert ["*", NAME, "geholt"] in _lines(_model("list"))


def test_fetch_without_network_is_one_sentence(publisher: Publisher) -> None:
    publisher.server.cut_after_bytes = 10
    answer = _model("fetch", NAME)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Fehler: Ich habe keine Verbindung zu 127.0.0.1")


def test_fetch_of_an_unknown_model_names_those_there_are() -> None:
    answer = _model("fetch", "parrot")
    assert answer.exit_code == 2
    assert "vosk-model-small-de-0.15" in answer.stderr


def test_use_by_name_is_remembered(publisher: Publisher) -> None:
    _model("fetch", NAME)
    assert _model("use", BUILT_IN).exit_code == 0
    assert load_settings().model == BUILT_IN
    assert ["*", BUILT_IN, "mitgeliefert"] in _lines(_model("list"))


def test_use_of_a_folder_is_remembered_with_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write_model(tmp_path / "own")
    monkeypatch.chdir(tmp_path)
    assert _model("use", "own").exit_code == 0
    assert load_settings().model == str(own)
    assert ["*", str(own)] in _lines(_model("list"))


def test_use_refuses_a_folder_without_a_graph(tmp_path: Path) -> None:
    broken = write_model(tmp_path / "broken")
    (broken / "graph" / "HCLr.fst").unlink()
    answer = _model("use", str(broken))
    assert answer.exit_code == 2
    assert "HCLr.fst" in answer.stderr
    assert load_settings().model == ""


def test_list_says_when_the_chosen_model_is_gone(tmp_path: Path) -> None:
    own = write_model(tmp_path / "own")
    _model("use", str(own))
    own.rename(tmp_path / "elsewhere")
    answer = _model("list")
    assert answer.exit_code == 0
    assert f"Ein Sprachmodell „{own}“ gibt es nicht" in answer.stdout
