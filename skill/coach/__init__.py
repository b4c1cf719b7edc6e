"""What happens next: a pure state machine without audio, files or clock."""

from skill.coach.coach import Coach

__all__ = ["Coach"]
