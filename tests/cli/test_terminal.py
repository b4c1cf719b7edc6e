"""Nothing but our own lines reaches the terminal."""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator

import pytest

from skill.exit_codes import INTERRUPTED
from tests.programs import CHECKOUT

_CHATTER = """
import ctypes, logging, os, sys
from rueckgrat.cli.terminal import Terminal

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
    answer = _run_any(code)
    answer.check_returncode()
    return answer


def _run_any(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )


def test_while_a_console_is_open_libraries_are_not_heard() -> None:
    answer = _run(_CHATTER.replace("VERBOSE", "False"))
    assert answer.stdout == "eins\nzwei\ndrei\n"
    assert answer.stderr == "Achtung: warning of the trainer\nvier\n"


def test_verbose_lets_everything_through() -> None:
    answer = _run(_CHATTER.replace("VERBOSE", "True"))
    assert answer.stdout.count("of a library") == 3
    assert answer.stderr.count("of a library") == 2


def test_after_an_exception_the_terminal_is_back() -> None:
    answer = _run(
        "from rueckgrat.cli.terminal import Terminal\n"
        "try:\n"
        "    with Terminal().console(): 1 / 0\n"
        "except ZeroDivisionError:\n"
        "    print('back')\n"
    )
    assert answer.stdout == "back\n"


def test_a_terminal_of_no_width_is_written_to_all_the_same() -> None:
    answer = subprocess.run(
        [sys.executable, str(CHECKOUT / "main.py"), "model", "list"],
        env=os.environ | {"COLUMNS": "0"},
        capture_output=True,
        check=False,
    )
    assert b"vosk-model-small-de" in answer.stdout


def test_ctrl_c_while_the_program_is_still_loading_is_no_error() -> None:
    answer = _run_any(
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from rueckgrat.cli import main\n"
        "main()\n"
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (INTERRUPTED, "", "")


def test_closed_streams_are_no_trouble() -> None:
    answer = subprocess.run(
        [sys.executable, str(CHECKOUT / "main.py"), "model", "list"],
        capture_output=True,
        check=False,
        preexec_fn=_close_stderr,
    )
    assert answer.returncode == 0
    assert b"vosk-model-small-de" in answer.stdout


def _close_stderr() -> None:
    os.close(2)


@pytest.mark.parametrize(
    ("environment", "columns"), [({"TERM": "dumb"}, 60), ({"TERM": "xterm", "NO_COLOR": "1"}, 80)]
)
def test_a_real_terminal_is_filled_and_no_further(
    environment: dict[str, str], columns: int
) -> None:
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    # COLUMNS, where it is set, goes before the terminal's own width.
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    program = subprocess.Popen(
        [sys.executable, str(CHECKOUT / "main.py"), "exercises"],
        env=inherited | environment,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    )
    os.close(terminal)
    shown = b"".join(_read_all(main)).decode()
    assert program.wait() == 0
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", shown), "no colours"
    widths = [len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()]
    assert columns - 15 < max(widths) <= columns


def _read_all(descriptor: int) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # how a terminal ends
        while read := os.read(descriptor, 65_536):
            yield read
    os.close(descriptor)
