"""A network fitted to a person's voice: found while it fits the model, left out afterwards."""

from pathlib import Path

import pytest

from skill.models.fitted import (
    fitted_network,
    network_file,
    networks_for,
    networks_of,
    with_network,
)
from tests.homes import move_into


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    move_into(tmp_path / "home", monkeypatch)
    return tmp_path / "home"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "a-model.v2"
    for name in ("am/final.mdl", "conf/mfcc.conf", "graph/Gr.fst"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def keep(model: Path, person: str) -> Path:
    path = network_file(model, person)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"fitted")
    return path


def test_it_lies_beside_the_thresholds_and_names_model_and_person(
    model: Path, own_home: Path
) -> None:
    assert fitted_network(model) is None
    path = keep(model, "anna-lena")
    assert path.parent == own_home / "data/ear"
    assert path.name.startswith("a-model.v2.anna-lena.")
    assert fitted_network(model) == path
    assert (networks_for(model), networks_of("anna-lena"), networks_of("anna")) == (
        [path],
        [path],
        [],
    )


def test_after_an_update_of_the_model_it_is_left_out_but_still_known(model: Path) -> None:
    path = keep(model, "anna")
    (model / "am/final.mdl").write_bytes(b"a better one")
    assert fitted_network(model) is None
    assert networks_for(model) == [path]
    again = keep(model, "anna")
    assert fitted_network(model) == again != path


def test_another_models_voice_is_none_of_this_one(model: Path, tmp_path: Path) -> None:
    keep(model, "anna")
    other = tmp_path / "a-model"
    (other / "am").mkdir(parents=True)
    (other / "am/final.mdl").write_bytes((model / "am/final.mdl").read_bytes())
    assert fitted_network(other) is None
    assert networks_for(other) == []
    assert fitted_network(tmp_path / "nowhere") is None


def test_a_model_without_its_network_has_no_voice(model: Path) -> None:
    keep(model, "anna")
    (model / "am/final.mdl").unlink()
    assert fitted_network(model) is None


def test_a_model_is_put_together_for_a_moment(model: Path) -> None:
    path = keep(model, "anna")
    with with_network(model, path) as folder:
        assert (folder / "am/final.mdl").read_bytes() == b"fitted"
        assert (folder / "graph/Gr.fst").read_bytes() == b"graph/Gr.fst"
        assert (folder / "conf/mfcc.conf").read_bytes() == b"conf/mfcc.conf"
    assert not folder.exists()
    assert (model / "graph/Gr.fst").exists()
    with with_network(model, None) as folder:
        assert folder == model.resolve()
