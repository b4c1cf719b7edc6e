"""Will training work on this machine? One small module for each thing that is looked at."""

from rueckgrat.doctor.finding import Finding, Verdict, works
from rueckgrat.doctor.round import Doctor, Watcher

__all__ = ["Doctor", "Finding", "Verdict", "Watcher", "works"]
