"""Recordings, resampling and sound devices: everything that brings blocks in and takes them out."""
