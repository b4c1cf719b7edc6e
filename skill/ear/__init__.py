"""Blocks of audio to what was heard: recogniser, matching, guards."""
