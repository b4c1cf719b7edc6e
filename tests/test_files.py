"""Files that appear whole or not at all."""

import contextlib
import subprocess
import sys
from pathlib import Path

from skill.files import appearing_whole, as_it_lies, held, slug, write_whole


def test_text_and_bytes_are_written_and_nothing_else_remains(tmp_path):
    write_whole(tmp_path / "new" / "text", "Grüße\r\n")
    write_whole(tmp_path / "new" / "bytes", b"\x00\xff")
    assert (tmp_path / "new" / "text").read_bytes() == "Grüße\r\n".encode()
    assert (tmp_path / "new" / "bytes").read_bytes() == b"\x00\xff"
    assert len(list((tmp_path / "new").iterdir())) == 2


def test_after_an_error_the_older_file_is_all_there_is(tmp_path):
    path = tmp_path / "kept"
    write_whole(path, "old")
    with contextlib.suppress(ZeroDivisionError), appearing_whole(path) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]
    assert path.read_text() == "old"


HOLD = """
import sys
from pathlib import Path
from skill.files import held
with held(Path(sys.argv[1])) as alone:
    print(alone, flush=True)
    sys.stdin.read()
"""


def test_a_lock_is_held_by_one_process_and_let_go_of_when_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "data" / "trainer.lock"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout
    assert other.stdout.readline() == "True\n"
    with held(path) as alone:
        assert not alone
    other.kill()
    other.communicate()
    with held(path) as alone:
        assert alone


def test_where_no_lock_can_be_made_nobody_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with held(tmp_path / "data" / "trainer.lock") as alone:
        assert alone


def test_a_path_is_found_however_its_umlauts_are_spelt(tmp_path: Path) -> None:
    apart, whole = "Bru\u0308cke.wav", "Br\u00fccke.wav"
    (tmp_path / apart).touch()
    assert as_it_lies(tmp_path / whole) == tmp_path / apart
    assert as_it_lies(tmp_path / apart) == tmp_path / apart
    assert as_it_lies(tmp_path / "nothing") == tmp_path / "nothing"


def test_a_slug_is_the_same_however_umlauts_are_spelt() -> None:
    assert slug("Ju\u0308rgen") == slug("J\u00fcrgen") == "juergen"
