"""Files that appear whole or not at all."""

import contextlib

from skill.files import appearing_whole, write_whole


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
