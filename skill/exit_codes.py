"""What the program exits with, where it is not 0."""

NOT_AS_EXPECTED = 1
ERROR = 2
"""Something that a person can mend."""
INTERRUPTED = 130
"""Ctrl-C has ended it: 128 + SIGINT."""
