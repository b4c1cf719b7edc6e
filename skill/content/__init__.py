"""Everything that is said or understood, read from ``dialogs/`` into typed, checked objects."""
