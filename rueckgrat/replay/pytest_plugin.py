"""A pytest plugin: every ``*.dialog.yaml`` that pytest comes across is one test.

An installed package registers it by itself (entry point ``pytest11``). The sessions are built as
the user's settings say; ``RUECKGRAT_MODEL=...`` chooses another speech model.

The trainer itself is imported by the first dialog test: every pytest run in an environment that
has the package installed loads this module.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skill.errors import SkillError

if TYPE_CHECKING:
    from rueckgrat.replay.run import Result

SUFFIX = ".dialog.yaml"


class DialogFailedError(Exception):
    """A dialog test did not come as expected; its take lies in ``folder``."""

    def __init__(self, result: "Result", folder: Path) -> None:
        from rueckgrat.replay.output import SESSION_HTML
        from rueckgrat.replay.report import report

        page = folder / SESSION_HTML
        super().__init__(f"{report(result)}\n\nZum Anhören und Mitlesen: {page}")


class DialogItem(pytest.Item):
    """One dialog test."""

    def runtest(self) -> None:
        """Run the dialog through a real session."""
        from rueckgrat.replay.output import write_take
        from rueckgrat.replay.run import run_dialog
        from rueckgrat.replay.sessions import session_maker
        from skill.settings import load_settings

        result = run_dialog(self.path, session_maker(load_settings()))
        if not result.passed:
            folder = self._folder()
            title, source = result.script.dialog.title, result.script.source
            write_take(folder, result.take, title, result.failures, source)
            raise DialogFailedError(result, folder)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:
        """Show what is of use to the dialog's author; a traceback only for other errors."""
        if isinstance(excinfo.value, DialogFailedError | SkillError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return file, line and name for pytest's headings."""
        return self.path, None, self.path.name

    def _folder(self) -> Path:
        """Return where the take of this dialog goes; the one of the last run is replaced."""
        cache = getattr(self.config, "cache", None)
        if cache is None:
            return Path(tempfile.mkdtemp(prefix="dialog-"))
        folder: Path = cache.mkdir("dialogs") / self.path.name.removesuffix(SUFFIX)
        return folder


class DialogTestFile(pytest.File):
    """A file that holds a dialog test."""

    def collect(self) -> Iterator[DialogItem]:
        """Yield the one test of the file."""
        yield DialogItem.from_parent(self, name="dialog")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DialogTestFile | None:
    """Collect dialog tests."""
    if not file_path.name.endswith(SUFFIX):
        return None
    collected: DialogTestFile = DialogTestFile.from_parent(parent, path=file_path)
    return collected
