"""A person's voice, learnt by the first layers of the speech model's network, in numpy."""
