"""Who follows a session: each reads what happens in it (`skill.messages.events`), none steers it.

A new observer is an `Observer` of its own; `docs/following-a-session.md` says what it is told.
"""

from skill.observers.observer import Observer, Observers, Told

__all__ = ["Observer", "Observers", "Told"]
