"""What a person has added: read on top of the shipped dialogs, and never a reason not to train.

A file of their own that is wrong is left out and reported; whatever it was to replace stays.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from skill.content.dialog_files import DialogFile, read_folder
from skill.content.garbage import uncollected
from skill.content.loader import right_files
from skill.content.own_lint import unknown_template_words
from skill.content.schema import Content
from skill.content.whole import Whole
from skill.content.whole_lint import mistakes, own_mistakes
from skill.errors import ContentError
from skill.files import same_file
from skill.paths import dialogs_dir
from skill.written.yaml_source import first_of

_log = logging.getLogger(__name__)

_KEPT = 4
"""So many sets of files are kept put together, for those who ask again."""

_CHECK = "Alle Fehler erklärt „rueckgrat exercise check“."


@dataclass(frozen=True)
class LeftOut:
    """A file that is left out, and the first of its mistakes."""

    path: Path
    error: ContentError

    @property
    def sentence(self) -> str:
        """What to tell the person, in German; the details are those of all content errors."""
        where = f", wegen Zeile {self.error.line}" if self.error.line else ""
        problem, mend = self.error.detail, self.error.mistakes[0].mend
        if self.error.path != self.path:
            where, problem = " (sie passt nicht zum Rest)", self.error.problem
        return f"Deine Datei {self.path} lasse ich weg{where}: {problem} {mend} {_CHECK}"


@dataclass(frozen=True)
class OwnContent:
    """The shipped files and those of a person's own that go with them."""

    files: tuple[DialogFile, ...]
    content: Content
    left_out: tuple[LeftOut, ...]


def content_for(
    folders: Sequence[Path],
    report: Callable[[str], None] = _log.warning,
    knows: Callable[[str], bool] | None = None,
) -> Content:
    """Return everything that is said or understood, with what the person has added.

    ``report`` gets a German sentence for each of their files that is left out. ``knows`` tells
    whether the speech model knows a word; sentences of theirs with another word are left out, file
    and all. Raises ContentError for a mistake in the shipped dialogs, and for one of the
    ``folders`` that is not there.
    """
    own = own_content(folders, knows=knows)
    for one in own.left_out:
        report(one.sentence)
    return own.content


@uncollected()
def own_content(
    folders: Sequence[Path],
    without: Collection[Path] = (),
    knows: Callable[[str], bool] | None = None,
) -> OwnContent:
    """Read the shipped dialogs, and on top of them whatever fits of a person's own folders.

    ``without`` are files to be passed over; ``knows`` tells whether the speech model knows a word
    (None: nobody can tell).
    """
    shipped = right_files(dialogs_dir())
    reads = [read_folder(folder) for folder in folders]
    own = [file for read in reads for file in read.files if not is_one_of(file.path, without)]
    wrong = [error for read in reads for error in read.mistakes]
    firsts = {error.path: error for error in reversed(wrong) if error.path}
    unread = [LeftOut(path, firsts[path]) for path in sorted(firsts)]

    if knows and own:
        own, unheard = _that_can_be_heard(shipped, own, knows)
        unread += unheard
    if _wrong(shipped, tuple(own)):
        if found := _wrong(shipped, ()):
            raise first_of(found)
        own, clashing = _fitting(shipped, own)
        unread += clashing
    content = _whole(shipped, tuple(own)).content
    return OwnContent((*shipped, *own), content, tuple(unread))


@lru_cache(_KEPT)
def _whole(shipped: tuple[DialogFile, ...], own: tuple[DialogFile, ...]) -> Whole:
    """Put files together, the same for the same files: their graph of sentences takes a while."""
    return Whole([*shipped, *own], [file.path for file in own])


@lru_cache(_KEPT)
def _wrong(
    shipped: tuple[DialogFile, ...], own: tuple[DialogFile, ...]
) -> tuple[ContentError, ...]:
    """Return why files don't go together; empty if they do."""
    return tuple(mistakes(_whole(shipped, own)))


def is_one_of(path: Path, paths: Collection[Path]) -> bool:
    """Return whether a file is among ``paths``, however they are named."""
    return any(path.name == one.name and same_file(path, one) for one in paths)


def _that_can_be_heard(
    shipped: Sequence[DialogFile], own: Sequence[DialogFile], knows: Callable[[str], bool]
) -> tuple[list[DialogFile], list[LeftOut]]:
    """Return the files without those sentences of which the speech model lacks a word."""
    whole = _whole(tuple(shipped), tuple(own))
    errors = {
        error.path: error
        for error in reversed(own_mistakes(whole, unknown_template_words(knows)))
        if error.path
    }
    fits = [file for file in own if file.path not in errors]
    return fits, [LeftOut(path, error) for path, error in errors.items()]


def _fitting(
    shipped: Sequence[DialogFile], own: Sequence[DialogFile]
) -> tuple[list[DialogFile], list[LeftOut]]:
    """Return as many files as go together, and why the others do not.

    Each is tried by itself on top of those that fit, again and again while any is added: a
    programme may name an exercise that comes after it.
    """
    fits: list[DialogFile] = []
    while True:
        errors: dict[Path, ContentError] = {}
        for one in own:
            if one in fits:
                continue
            tried = [file for file in own if file in fits or file is one]
            found = mistakes(_whole(tuple(shipped), tuple(tried)), {one.path})
            if not found:
                fits = tried
                break
            its_own = [error for error in found if error.path == one.path]
            errors[one.path] = (its_own or found)[0]
        else:
            return fits, [LeftOut(path, error) for path, error in errors.items()]
