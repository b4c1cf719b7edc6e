"""The jointed figure of an exercise: where a pose takes it, how it moves, and how it is drawn."""
