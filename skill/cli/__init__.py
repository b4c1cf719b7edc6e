"""The command line: commands and their options, nothing else.

Command modules import the engines inside their functions, so that ``--help`` answers at once.
"""

from skill.cli.app import main

__all__ = ["main"]
