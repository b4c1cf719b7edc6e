"""What was trained, how it felt, and what follows for the next time. Pure: no files, no clock."""
