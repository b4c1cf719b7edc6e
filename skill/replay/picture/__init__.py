"""A session at a glance: the timeline picture."""

from skill.replay.picture.drawing import draw

__all__ = ["draw"]
