"""A session at a glance: the timeline picture."""

from rueckgrat.replay.picture.drawing import draw

__all__ = ["draw"]
