"""What was trained, kept on disk: every note of every person, written the moment it is made."""

from rueckgrat.history.files import history_file
from rueckgrat.history.history import History, open_history
from rueckgrat.history.people import entries_by_person

__all__ = ["History", "entries_by_person", "history_file", "open_history"]
