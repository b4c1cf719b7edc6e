"""Learning a person's voice: asking for takes, keeping them, measuring the ear with them."""
