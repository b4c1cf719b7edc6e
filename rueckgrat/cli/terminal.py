"""The person's terminal: kept free of what libraries print, and safe for every character set."""

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from rueckgrat.cli.lines import console_on, print_line
from rueckgrat.cli.output import PatientOutput
from rueckgrat.cli.streams import SPELT_OUT, make_streams_safe

OUR_PACKAGES = ("rueckgrat", "skill")
"""Whose warnings a person is to see."""


@dataclass(frozen=True)
class Terminal:
    """How to talk to the person who started the program; ``verbose`` shows everything."""

    verbose: bool = False

    @contextlib.contextmanager
    def console(self) -> Iterator[Console]:
        """Yield a console for stdout; what else is written to stdout or stderr is dropped.

        Sound libraries write to the file descriptors from threads of their own, at any moment
        and below Python. So the console gets a copy of stdout, and both descriptors lead to
        /dev/null meanwhile. Only our own warnings come through, on stderr. With ``verbose``
        everything is let through.
        """
        if self.verbose:
            yield console_on(sys.stdout)
            return
        with (
            _private_copy(sys.stderr, lambda _: None) as own_errors,
            _private_copy(sys.stdout, _warning_on(own_errors)) as own,
            _leading_nowhere(1, 2),
            _warnings_on(console_on(own_errors)),
        ):
            yield console_on(own)

    def explain(self, error: BaseException | str) -> None:
        """Print an error as one line on stderr; with ``verbose`` its traceback before it."""
        if self.verbose and isinstance(error, BaseException):
            import traceback

            traceback.print_exception(error)
        _print_line(console_on(sys.stderr), "Fehler: ", "bold red", str(error))

    def prepare(self) -> None:
        """Make both streams safe, and choose how much is logged."""
        make_streams_safe()
        logging.basicConfig(
            level=logging.DEBUG if self.verbose else logging.CRITICAL,
            format="%(relativeCreated)7.0f ms  %(name)s: %(message)s",
        )


class _Warnings(logging.Handler):
    """Prints each warning as one line."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.WARNING)
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        _print_line(self._console, "Achtung: ", "bold yellow", record.getMessage())


@contextlib.contextmanager
def _warnings_on(console: Console) -> Iterator[None]:
    """Show on ``console`` what the trainer (not a library) warns of: its modules' loggers."""
    loggers, handler = [logging.getLogger(name) for name in OUR_PACKAGES], _Warnings(console)
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
            logger.removeHandler(handler)


def _print_line(console: Console, label: str, style: str, text: str) -> None:
    line = " ".join(text.split())
    print_line(console, Text.assemble((label, style), line), hang=len(label))


@contextlib.contextmanager
def _private_copy(stream: TextIO, on_lost: Callable[[str], None]) -> Iterator[TextIO]:
    """Yield ``stream`` on a file descriptor of its own, or itself where it has none."""
    stream.flush()
    try:
        descriptor = os.dup(stream.fileno())
    except (OSError, ValueError):  # a test's StringIO, or closed
        yield stream
        return
    raw = os.fdopen(descriptor, "wb")
    with PatientOutput(raw, stream.encoding, on_lost, SPELT_OUT) as copy:
        yield copy


def _warning_on(stream: TextIO) -> Callable[[str], None]:
    return lambda text: _print_line(console_on(stream), "Achtung: ", "bold yellow", text)


@contextlib.contextmanager
def _leading_nowhere(*descriptors: int) -> Iterator[None]:
    with contextlib.ExitStack() as undo:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        undo.callback(os.close, nowhere)
        for descriptor in descriptors:
            try:
                saved = os.dup(descriptor)
            except OSError:  # closed, as under a service manager
                continue
            undo.callback(os.close, saved)
            undo.callback(os.dup2, saved, descriptor)
            os.dup2(nowhere, descriptor)
        # What Python still holds back belongs to the libraries: let it go before the way back.
        undo.callback(_flush)
        yield


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
