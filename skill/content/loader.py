"""Reads ``dialogs/`` as a whole: the files (``dialog_files``) put together (``whole``).

Further folders of the same build come on top: a row, line, topic or exercise with a known id
replaces the one below it, decoys and everything new are added.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from skill.content.dialog_files import DialogFile, read_folder
from skill.content.garbage import uncollected
from skill.content.personal import personal
from skill.content.schema import Content
from skill.content.whole import Whole
from skill.content.whole_lint import mistakes
from skill.paths import dialogs_dir
from skill.written.yaml_source import first_of


@uncollected()
def load_content(
    folder: Path | None = None,
    extra: Sequence[Path] = (),
    *,
    people: Sequence[str] = (),
    wake: Sequence[str] = (),
) -> Content:
    """Return everything that is said or understood, checked as a whole.

    ``folder`` is the shipped ``dialogs/`` unless given; each of ``extra`` comes on top of it.
    ``people`` and ``wake`` are the household's own names and phrases, see ``personal``.
    Raises ``ContentError`` for the first mistake, with file, line, field and mend. For a person,
    whose own files may be wrong, see ``own.content_for``.
    """
    files = [file for one in (folder or dialogs_dir(), *extra) for file in right_files(one)]
    return personal(_content_of(tuple(files)), people, wake)


@lru_cache(4)
def _content_of(files: tuple[DialogFile, ...]) -> Content:
    whole = Whole(files)
    if found := mistakes(whole):
        raise first_of(found)
    return whole.content


def right_files(folder: Path) -> tuple[DialogFile, ...]:
    """Return all files of a folder; ContentError for the first mistake in one of them."""
    read = read_folder(folder)
    if read.mistakes:
        raise first_of(read.mistakes)
    return read.files
