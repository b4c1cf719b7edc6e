"""Every mistake in a person's own files at once, for somebody who is about to mend them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rueckgrat.exercises.unheard import lines_of
from skill.content.dialog_files import (
    FOLDERS,
    DialogFile,
    FolderRead,
    kind_of,
    read_files,
    read_folder,
)
from skill.content.exercise import Exercise
from skill.content.lint import LintFinding
from skill.content.own import is_one_of, own_content
from skill.content.own_lint import lines_too_long, unknown_words
from skill.content.schema import Content
from skill.content.sentence_lint import safety_sentences_spoken
from skill.content.whole import Whole
from skill.content.whole_lint import Rule, mistakes
from skill.errors import ContentError
from skill.files import is_folder, is_there, same_file
from skill.written.yaml_source import content_error

ExerciseRule = Callable[[Exercise], Iterable[LintFinding]]


def nothing_wrong(_: Exercise) -> Iterable[LintFinding]:
    """Find nothing: the rule where nobody has another one for single exercises."""
    return ()


@dataclass(frozen=True)
class Checked:
    """What was looked at, and all that is wrong with it, file by file.

    ``lines`` are those that only these files have; empty as long as there is a mistake.
    ``content`` is everything together.
    """

    files: tuple[DialogFile, ...]
    mistakes: tuple[ContentError, ...]
    content: Content
    lines: frozenset[str] = frozenset()


def check_path(
    path: Path,
    own_folders: Sequence[Path],
    knows: Callable[[str], bool] | None,
    further: Sequence[Rule] = (),
    of_exercise: ExerciseRule = nothing_wrong,
) -> Checked:
    """Check a file or a folder on top of the shipped dialogs and of whatever fits of one's own.

    ``knows`` tells whether the speech model knows a word; None: nobody can tell. ``further`` are
    rules of rooms above, which the shipped dialogs keep to, ``of_exercise`` is one for each
    exercise by itself. Raises ContentError where there is nothing at ``path``.
    """
    if not is_there(path):
        raise ContentError(
            f"{path} gibt es nicht.",
            "Nenn mir eine Datei oder einen Ordner, den es gibt.",
            code="missing",
            path=path,
        )
    read = _read(path)
    checked = [file.path for file in read.files]
    others = [folder for folder in own_folders if not same_file(folder, path)]
    return _check(read, own_content(others, without=checked).files, knows, further, of_exercise)


def check_folders(
    folders: Sequence[Path],
    knows: Callable[[str], bool] | None,
    further: Sequence[Rule] = (),
    of_exercise: ExerciseRule = nothing_wrong,
) -> Checked:
    """Check all of a person's own folders on top of the shipped dialogs, as ``check_path`` does."""
    reads = [read_folder(folder) for folder in folders]
    read = FolderRead(
        tuple(file for one in reads for file in one.files),
        tuple(error for one in reads for error in one.mistakes),
    )
    return _check(read, own_content(()).files, knows, further, of_exercise)


def _read(path: Path) -> FolderRead:
    if is_folder(path):
        if path.name not in FOLDERS:
            return read_folder(path)
        whole = read_folder(path.parent)
        return FolderRead(
            tuple(file for file in whole.files if file.path.parent == path),
            tuple(error for error in whole.mistakes if error.path and error.path.parent == path),
        )
    if path.suffix != ".yaml":
        ending = content_error(path, None, "Dateien enden hier auf .yaml", "Benenn sie um.")
        return FolderRead((), (ending,))
    try:
        return read_files([(kind_of(path), path)])
    except ContentError as error:
        return FolderRead((), error.mistakes)


def _check(
    read: FolderRead,
    base: Sequence[DialogFile],
    knows: Callable[[str], bool] | None,
    further: Sequence[Rule],
    of_exercise: ExerciseRule,
) -> Checked:
    rules: list[Rule] = [lines_too_long, safety_sentences_spoken]
    rules += [unknown_words(knows)] if knows else []
    paths = {file.path for file in read.files}
    others = Whole([file for file in base if not is_one_of(file.path, paths)])
    awaited = {error.path.stem for error in read.mistakes if error.path}
    whole = Whole([*others.files, *read.files], paths)
    before = others.content.exercises

    def new_exercises_wrong(content: Content) -> Iterator[LintFinding]:
        for exercise in content.exercises:
            if exercise not in before:
                yield from of_exercise(exercise)

    across = mistakes(whole, paths, [*rules, *further, new_exercises_wrong], awaited)
    if any(error.path not in paths for error in across):
        known = {error.problem for error in mistakes(others, further_rules=rules)}
        across = [one for one in across if one.path in paths or one.problem not in known]
    found = sorted((*read.mistakes, *across), key=lambda one: (str(one.path), one.line or 0))
    new = frozenset() if found else lines_of(whole.content) - lines_of(others.content)
    return Checked(read.files, tuple(found), whole.content, new)
