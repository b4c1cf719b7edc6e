"""Buttons and a light on the pins of a Raspberry Pi: training without a screen."""
