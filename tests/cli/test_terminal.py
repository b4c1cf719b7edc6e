"""Nothing but our own lines reaches the terminal."""

import subprocess
import sys

from tests.cli.conftest import CHECKOUT

_CHATTER = """
import ctypes, logging, os, sys
from skill.cli.terminal import Terminal

def chatter():
    print("print of a library")
    os.write(1, b"fd 1 of a library\\n")
    os.write(2, b"fd 2 of a library\\n")
    libc = ctypes.CDLL(None)
    libc.printf(b"stdio of a library\\n")
    libc.fflush(None)
    logging.getLogger("library").warning("log of a library")
    logging.getLogger("skill.somewhere").warning("warning of the trainer")

terminal = Terminal(verbose=VERBOSE)
terminal.prepare()
with terminal.console() as console:
    console.print("eins")
    chatter()
    console.print("zwei")
print("drei")
print("vier", file=sys.stderr)
"""


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )


def test_while_a_console_is_open_libraries_are_not_heard() -> None:
    answer = _run(_CHATTER.replace("VERBOSE", "False"))
    assert answer.stdout == "eins\nzwei\ndrei\n"
    assert answer.stderr == "Warning: warning of the trainer\nvier\n"


def test_verbose_lets_everything_through() -> None:
    answer = _run(_CHATTER.replace("VERBOSE", "True"))
    assert answer.stdout.count("of a library") == 3
    assert answer.stderr.count("of a library") == 2


def test_after_an_exception_the_terminal_is_back() -> None:
    answer = _run(
        "from skill.cli.terminal import Terminal\n"
        "try:\n"
        "    with Terminal().console(): 1 / 0\n"
        "except ZeroDivisionError:\n"
        "    print('back')\n"
    )
    assert answer.stdout == "back\n"


def test_closed_streams_are_no_trouble() -> None:
    answer = subprocess.run(
        [sys.executable, str(CHECKOUT / "main.py"), "exercises"],
        capture_output=True,
        check=False,
        preexec_fn=_close_stderr,
    )
    assert answer.returncode == 0
    assert b"Roll Up" in answer.stdout


def _close_stderr() -> None:
    import os

    os.close(2)
