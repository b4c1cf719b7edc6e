"""Buttons and a light on the pins of a Raspberry Pi: life without a screen."""
