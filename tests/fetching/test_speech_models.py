import re
from dataclasses import replace
from pathlib import Path

import pytest

from rueckgrat.fetching.speech_models import fetch_model
from skill.errors import ModelError
from skill.models.whole import check_model_dir
from tests.fetching.publisher import NAME, Publisher, write_model, zipped


def _visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_model_is_brought_whole_and_leaves_nothing_else(
    publisher: Publisher, tmp_path: Path
) -> None:
    progress: list[tuple[int, int]] = []
    path = fetch_model(publisher.model(), tmp_path / "new", lambda *step: progress.append(step))
    check_model_dir(path)
    assert path == tmp_path / "new" / NAME
    assert [entry.name for entry in path.parent.iterdir()] == [NAME]
    size = len(publisher.archive)
    assert progress[0] == (0, size)
    assert progress[-1] == (size, size)
    assert len(progress) > 3


def test_a_model_that_is_there_is_not_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    fetch_model(publisher.model(), tmp_path)
    fetch_model(publisher.model(), tmp_path)
    assert len(publisher.ranges) == 1


def test_a_broken_model_is_replaced(publisher: Publisher, tmp_path: Path) -> None:
    write_model(tmp_path / NAME)
    (tmp_path / NAME / "graph" / "Gr.fst").unlink()
    check_model_dir(fetch_model(publisher.model(), tmp_path))


def test_a_download_goes_on_where_it_was_cut_off(publisher: Publisher, tmp_path: Path) -> None:
    publisher.server.cut_after_bytes = 100_000
    with pytest.raises(ModelError, match=r"abgerissen.*geht da weiter"):
        fetch_model(publisher.model(), tmp_path)
    assert _visible(tmp_path) == []
    publisher.server.cut_after_bytes = None
    check_model_dir(fetch_model(publisher.model(), tmp_path))
    first, second = publisher.ranges
    assert first is None
    assert second is not None
    assert 80_000 < int(second.removeprefix("bytes=").rstrip("-")) <= 100_000


def test_a_server_that_cannot_resume_sends_everything_again(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.server.cut_after_bytes = 100_000
    with pytest.raises(ModelError):
        fetch_model(publisher.model(), tmp_path)
    publisher.server.cut_after_bytes, publisher.server.resumes = None, False
    check_model_dir(fetch_model(publisher.model(), tmp_path))


def test_a_wrong_checksum_is_said_and_the_next_try_starts_afresh(
    publisher: Publisher, tmp_path: Path
) -> None:
    model = publisher.model()
    right = publisher.archive
    publisher.archive = right.replace(b"m", b"n")
    with pytest.raises(ModelError, match="sha256 ist anders"):
        fetch_model(model, tmp_path)
    assert list(tmp_path.iterdir()) == []
    publisher.archive = right
    check_model_dir(fetch_model(model, tmp_path))


def test_an_overlong_leftover_is_thrown_away(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.zip.part").write_bytes(b"x" * (len(publisher.archive) + 1))
    check_model_dir(fetch_model(publisher.model(), tmp_path))


def test_without_network_one_sentence_says_so(tmp_path: Path, publisher: Publisher) -> None:
    nobody_there = replace(publisher.model(), url="http://127.0.0.1:9/model.zip")
    with pytest.raises(ModelError, match=r"keine Verbindung zu 127\.0\.0\.1"):
        fetch_model(nobody_there, tmp_path)


def test_a_server_without_the_file_is_quoted(publisher: Publisher, tmp_path: Path) -> None:
    publisher.server.status = 404
    with pytest.raises(ModelError, match="404"):
        fetch_model(publisher.model(), tmp_path)


@pytest.mark.parametrize("name", ["../outside", "/outside", f"{NAME}/../../outside", "a\\..\\b"])
def test_an_archive_that_would_write_elsewhere_is_refused(
    publisher: Publisher, tmp_path: Path, name: str
) -> None:
    publisher.archive = zipped({name: b"x"})
    with pytest.raises(ModelError, match=re.escape(repr(name))):
        fetch_model(publisher.model(), tmp_path / "models")
    assert [path.name for path in tmp_path.iterdir()] == ["models"]
    assert _visible(tmp_path / "models") == []


def test_an_archive_without_a_graph_never_becomes_a_model(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.archive = zipped({f"{NAME}/am/final.mdl": b"\0Bm"})
    with pytest.raises(ModelError, match="fehlt"):
        fetch_model(publisher.model(), tmp_path)
    assert _visible(tmp_path) == []


def test_a_file_that_is_no_archive_is_thrown_away(publisher: Publisher, tmp_path: Path) -> None:
    publisher.archive = b"<html>not a model</html>"
    with pytest.raises(ModelError, match="kein Zip-Archiv"):
        fetch_model(publisher.model(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_unpacking_left_is_cleared(
    publisher: Publisher, tmp_path: Path
) -> None:
    leftover = tmp_path / f".{NAME}.unpacking" / NAME / "am"
    leftover.mkdir(parents=True)
    fetch_model(publisher.model(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_folder_that_cannot_be_written_is_named(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file in its place")
    with pytest.raises(ModelError, match=r"in .*models schreiben"):
        fetch_model(publisher.model(), tmp_path / "models")
