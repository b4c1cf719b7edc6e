"""How a calibration looks on the terminal, and what is answered there."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from rueckgrat.calibration.report import PAGE
from rueckgrat.cli.lines import print_line
from rueckgrat.cli.views.notices import NOTHING_DELETED, YES, agrees, notice
from rueckgrat.cli.views.transcript import Transcript
from rueckgrat.replay.report import report
from rueckgrat.replay.run import Result

_NO = frozenset({"n", "nein", "no"})

TYPED = "Du kannst mir auch am Bildschirm antworten: ja oder nein."


class CalibrationScreen(Transcript):
    """Satisfies ``calibration.Screen``; with ``yes`` every question is answered with yes."""

    def __init__(self, console: Console, yes: bool) -> None:
        super().__init__(console)
        self._yes = yes

    def tell(self, sentence: str) -> None:
        """Print a sentence."""
        notice(self._console, sentence)

    def agrees(self, question: str) -> bool:
        """Ask whether something may be deleted."""
        if self._yes or agrees(self._console, question):
            return True
        self.tell(NOTHING_DELETED)
        return False

    def read_answer(self, put: Callable[[str], None]) -> None:
        """Wait for a typed answer in a thread of its own, which ends with the program.

        It reads the descriptor: a thread that waits in ``sys.stdin`` would hold its lock, without
        which Python cannot end.
        """
        if not sys.stdin.isatty():
            return
        self.tell(TYPED)

        def read() -> None:
            while line := os.read(sys.stdin.fileno(), 1_000).decode(errors="replace"):
                answer = line.strip().lower()
                if answer in YES | _NO:
                    put("yes" if answer in YES else "no")
                    return

        threading.Thread(target=read, daemon=True).start()

    def show_report(self, text: str, folder: Path) -> None:
        """Print the report of a calibration that lies in ``folder``."""
        print_line(self._console, text)
        self.tell(f"Mit Bildern: {folder / PAGE}")

    def show_dialog_test(self, path: Path, result: Result) -> None:
        """Print where the dialog test lies, and before that what has failed in it."""
        if not result.passed:
            print_line(self._console, f"\n{report(result)}", "red")
        self.tell(f"Der Dialogtest: {path}")
