"""What happens next: a pure state machine without audio, files or clock."""
