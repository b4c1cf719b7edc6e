"""Command line of the recipe: ``python -m models.training --help``."""

from __future__ import annotations

import os

# Threads that wait should sleep: spinning costs more than it gains when a core is shared.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
