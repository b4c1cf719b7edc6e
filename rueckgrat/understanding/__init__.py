"""What a sentence means and why, in words for a person."""
