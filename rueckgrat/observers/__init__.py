"""Who follows a session: what is recorded, shown, signalled or told of it (`skill.observers`)."""
