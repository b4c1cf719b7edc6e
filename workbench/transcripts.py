"""Transcripts of all dialog tests, before and after a change that nobody should hear.

    python -m workbench.transcripts write FOLDER     one file for each dialog test
    python -m workbench.transcripts compare A B      tell which lines differ; the status is 1 if any

espeak-ng renders a line a little differently each time. Let both runs share one
``RUECKGRAT_HOME``: rendered lines are kept there, so that the second run hears the same sound.
"""

import argparse
import difflib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rueckgrat.observers.transcript import transcript
from rueckgrat.replay.run import run_dialog
from rueckgrat.replay.sessions import session_maker
from skill.settings import load_settings

DIALOGS = Path("tests/dialogs")


def write(folder: Path, processes: int) -> None:
    """Run every dialog test of the checkout, and write its transcript to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = sorted(DIALOGS.rglob("*.dialog.yaml"))
    with ProcessPoolExecutor(processes) as pool:
        for path, text in zip(paths, pool.map(_transcript, paths), strict=True):
            name = path.relative_to(DIALOGS).as_posix().replace("/", "-")
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield the lines that differ between two folders of transcripts."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.txt")})
    for name in names:
        old, new = (_lines(folder / name) for folder in (before, after))
        yield from difflib.unified_diff(
            old, new, f"{before.name}/{name}", f"{after.name}/{name}", n=1, lineterm=""
        )


def _transcript(path: Path) -> str:
    result = run_dialog(path, session_maker(load_settings()))
    return transcript(result.take.events)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main() -> int:
    """Write or compare, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--processes", type=int, default=2)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        write(options.folder, options.processes)
        return 0
    found = list(differences(options.before, options.after))
    count = len(list(options.before.glob("*.txt")))
    print(*found, f"{count} transcripts, {len(found)} lines of difference.", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
