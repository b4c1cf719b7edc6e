"""A session one can play: one page with its sound, its timeline and its words in step."""

from rueckgrat.replay.playback.page import write_playback

__all__ = ["write_playback"]
