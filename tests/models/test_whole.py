import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from skill.errors import ModelError
from skill.models.whole import check_model_dir
from skill.paths import models_dir

BUILT_IN = models_dir() / "rueckgrat-small-de"
pytestmark = pytest.mark.skipif(not BUILT_IN.is_dir(), reason="the built-in model is not there")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, tmp_path / "model"))


def test_the_built_in_model_is_whole() -> None:
    check_model_dir(BUILT_IN)


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"/nothing ist kein Sprachmodell") as caught:
        check_model_dir(tmp_path / "nothing")
    assert "model fetch" in caught.value.mend


@pytest.mark.parametrize(
    "name", ["am/final.mdl", "conf/model.conf", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst"]
)
def test_a_missing_or_empty_file_is_named(model: Path, name: str) -> None:
    (model / name).write_bytes(b"")
    with pytest.raises(ModelError, match=f"{name} ist leer"):
        check_model_dir(model)
    (model / name).unlink()
    with pytest.raises(ModelError, match=f"fehlt {name}"):
        check_model_dir(model)


@pytest.mark.parametrize("name", ["graph/HCLr.fst", "graph/Gr.fst"])
def test_a_graph_cut_short_is_found(model: Path, name: str) -> None:
    content = (model / name).read_bytes()
    for length in (30, len(content) // 3):
        (model / name).write_bytes(content[:length])
        with pytest.raises(ModelError, match="ist zu kurz"):
            check_model_dir(model)


@pytest.mark.parametrize("name", ["graph/HCLr.fst", "am/final.mdl"])
def test_a_file_of_another_kind_is_found(model: Path, name: str) -> None:
    (model / name).write_bytes(b"<html>404</html>")
    with pytest.raises(ModelError, match="ist kein "):
        check_model_dir(model)


def test_a_fixed_graph_takes_no_grammar(model: Path) -> None:
    (model / "graph/HCLG.fst").write_bytes(b"x")
    with pytest.raises(ModelError, match="keine Befehle vorgeben"):
        check_model_dir(model)


def test_an_acoustic_model_cut_short_is_one_sentence_and_nothing_on_stderr(model: Path) -> None:
    acoustic = model / "am/final.mdl"
    acoustic.write_bytes(acoustic.read_bytes()[:100_000])
    program = (
        "import sys; from pathlib import Path; from skill.ear.vosk_recogniser import SpeechModel\n"
        "from skill.errors import ModelError\n"
        "try: SpeechModel(Path(sys.argv[1]))\n"
        "except ModelError as error: print(error.problem)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(model)], capture_output=True, text=True, check=True
    )
    assert "kann ich nicht lesen" in run.stdout
    assert run.stderr == ""
