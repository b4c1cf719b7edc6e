"""Recordings: sound files of every kind in, 16-bit WAV files out."""
