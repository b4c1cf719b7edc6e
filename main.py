"""Start Rückgrat from a checkout: ``python main.py`` does the same as the installed command."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"Fehler: Python {sys.version.split()[0]} ist zu alt, es muss 3.11 oder neuer sein.")

from rueckgrat.cli import main

if __name__ == "__main__":
    main()
