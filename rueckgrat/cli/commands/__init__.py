"""The commands and their options: each parses, calls, and ends with an exit code."""
