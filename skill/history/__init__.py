"""What was trained, kept on disk: every note of every person, written the moment it is made."""

from skill.history.files import history_file
from skill.history.history import History, open_history
from skill.history.people import entries_by_person

__all__ = ["History", "entries_by_person", "history_file", "open_history"]
