"""Exercises of one's own: their first draft, and the check of what a person has written."""
