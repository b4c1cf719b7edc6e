from pathlib import Path

import pytest

from skill.errors import ModelError
from skill.models import BUILT_IN, choose_model, fetched_dir, find_models
from skill.models import catalogue as catalogue_module
from tests.fetching.publisher import write_model


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing but a built-in model; returns the folder of shipped models."""
    shipped = tmp_path / "shipped"
    write_model(shipped / BUILT_IN)
    (shipped / "training").mkdir()
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(catalogue_module, "models_dir", lambda: shipped)
    return shipped


def test_the_built_in_model_is_there_from_the_start(machine: Path) -> None:
    assert choose_model() == machine / BUILT_IN
    assert [(model.name, model.origin) for model in find_models()] == [(BUILT_IN, "built in")]


def test_a_fetched_model_is_preferred(machine: Path) -> None:
    fetched = write_model(fetched_dir() / "vosk-model-small-de-0.15")
    assert choose_model() == fetched
    assert choose_model(BUILT_IN) == machine / BUILT_IN
    assert [model.origin for model in find_models()] == ["fetched", "built in"]


def test_what_is_being_unpacked_is_no_model(machine: Path) -> None:
    write_model(fetched_dir() / ".vosk-model-small-de-0.15.unpacking")
    (fetched_dir() / "stray.zip").write_bytes(b"")
    assert choose_model() == machine / BUILT_IN


def test_a_folder_of_ones_own_may_be_named(machine: Path, tmp_path: Path) -> None:
    own = write_model(tmp_path / "own")
    assert choose_model(str(own)) == own


def test_an_unknown_name_lists_what_there_is(machine: Path) -> None:
    with pytest.raises(ModelError, match=f"„parrot“ gibt es nicht.*{BUILT_IN}.*model fetch"):
        choose_model("parrot")


def test_no_model_at_all_is_said(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_module, "models_dir", lambda: tmp_path / "nothing")
    with pytest.raises(ModelError, match="kein Sprachmodell"):
        choose_model()
