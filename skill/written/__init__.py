"""Files that people write: how they are read, what may stand in them, how mistakes are told."""
