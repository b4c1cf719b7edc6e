"""Measures of the picture, all lengths in px."""

TITLE_PX = 20.0
LABEL_PX = 11.0
LINE_PX = 10.0

# Lanes of a row: where each begins, from the row's top.
AXIS = 12.0
WORDS_TIER = 13.0
MOST_WORDS = 3
WORDS_WIDTHS = (420.0, 240.0, 120.0, 0.0)
USER_WAVE = 58.0
COACH_WAVE = 90.0
WAVE_HEIGHT = 28.0
LINES = 121.0
MOST_LINES = 6
BREATH = 196.0
STATE = 214.0
LANE_HEIGHT = 15.0
ROW_HEIGHT = 250.0

MARGIN = 20.0
HEADER = 84.0
FAILURE_HEIGHT = 18.0
