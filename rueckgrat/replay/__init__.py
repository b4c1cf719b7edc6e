"""Recorded dialogs: scripts, transcripts, pictures and the pytest plugin."""
