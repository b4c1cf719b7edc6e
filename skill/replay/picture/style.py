"""Colours and measures of the picture, all lengths in px."""

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
TITLE_PX = 20.0
LABEL_PX = 11.0
LINE_PX = 10.0

INK = "#22303c"
FAINT = "#8a97a3"
GRID = "#e3e8ec"
HAIR = "#c9d2da"
USER = "#0b7a75"
USER_SOFT = "#d3eeec"
REJECTED = "#c05a00"
REJECTED_SOFT = "#fbe3cd"
COACH = "#3d5a98"
COACH_SOFT = "#e1e8f6"
CUT = "#c8102e"
BREATH_IN = "#8fc1e3"
BREATH_OUT = "#c3a6d8"

STATE_COLOURS = {
    "standby": "#dfe3e6",
    "welcome": "#f9e4a8",
    "safety": "#f6c7a1",
    "menu": "#cfe3f4",
    "exercise": "#c9e6c3",
    "paused": "#e0d4ee",
    "pain": "#f4b5b5",
    "summary": "#f7dfe9",
}
OTHER_STATE = "#eeeeee"

# Lanes of a row: where each begins, from the row's top.
AXIS = 12.0
WORDS_TIER = 13.0
MOST_WORDS = 3
WORDS_WIDTH = 240.0
USER_WAVE = 58.0
COACH_WAVE = 90.0
WAVE_HEIGHT = 28.0
LINES = 121.0
MOST_LINES = 5
BREATH = 184.0
STATE = 202.0
LANE_HEIGHT = 15.0
ROW_HEIGHT = 238.0

MARGIN = 20.0
HEADER = 84.0
FAILURE_HEIGHT = 18.0
