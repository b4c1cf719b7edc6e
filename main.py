"""Start Rückgrat from a checkout: ``python main.py`` does the same as the installed command."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"Error: Python {sys.version.split()[0]} is too old. Install Python 3.11 or newer.")

from skill.cli import main

if __name__ == "__main__":
    main()
