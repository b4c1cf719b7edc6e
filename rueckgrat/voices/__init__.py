"""Voices to listen to: what is published, what is here, and lines rendered before they are said."""
