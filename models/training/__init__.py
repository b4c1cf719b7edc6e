"""Recipe of the built-in German speech model: from recordings to a Vosk directory.

Run it with ``python -m models.training``; see ``README.md`` beside this file.
"""
