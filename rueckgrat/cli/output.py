"""Output that may get lost, on a full disk or in a closed pipe: the program goes on without it."""

import errno
import io
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, ClassVar

from skill.errors import reason


class PatientOutput(io.TextIOWrapper):
    """A text stream on a file descriptor that never raises: from the first failure on all is lost.

    ``on_lost`` gets a German sentence then; a closed pipe (``| head``) is no failure to tell of.
    """

    losses: ClassVar[list[OSError]] = []
    """What output was lost to in this process."""

    def __init__(
        self,
        raw: BinaryIO,
        encoding: str,
        on_lost: Callable[[str], None],
        errors: str = "replace",
    ) -> None:
        super().__init__(raw, encoding, errors, line_buffering=raw.isatty())
        self._on_lost = on_lost

    def write(self, text: str) -> int:
        """Write the text, if that is possible."""
        try:
            return super().write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        """Hand on what has been written, if that is possible."""
        try:
            super().flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        """Lead the descriptor nowhere, so that what is held back gets lost without a sound."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        super().flush()
        if error.errno != errno.EPIPE:
            self.losses.append(error)
            self._on_lost(f"Was ich schreibe, kommt nicht an: {reason(error)}.")


def make_streams_patient() -> None:
    """Let what is written to stdout and stderr get lost rather than end the program."""
    if type(sys.stderr) is io.TextIOWrapper:
        sys.stderr = PatientOutput(sys.stderr.buffer, sys.stderr.encoding, lambda _: None)
    if type(sys.stdout) is io.TextIOWrapper:
        sys.stdout = PatientOutput(sys.stdout.buffer, sys.stdout.encoding, tell_on_stderr)


def tell_on_stderr(sentence: str) -> None:
    """Print a sentence where it may still be seen."""
    print(f"Achtung: {sentence}", file=sys.stderr, flush=True)
