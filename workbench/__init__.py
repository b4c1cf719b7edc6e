"""Measures and endures the trainer; no part of what is installed. ``make bench``, ``make soak``."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
