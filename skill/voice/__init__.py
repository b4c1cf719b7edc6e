"""Cues to blocks of audio: synthesis, cache, mixer."""
