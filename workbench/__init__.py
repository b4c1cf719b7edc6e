"""What measures and tries the trainer, and never ships with it."""
