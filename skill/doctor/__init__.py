"""Will training work on this machine? One small module for each thing that is looked at."""

from skill.doctor.finding import Finding, Verdict, works
from skill.doctor.round import Doctor, Watcher

__all__ = ["Doctor", "Finding", "Verdict", "Watcher", "works"]
