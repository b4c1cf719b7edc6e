"""Colours, and the typeface."""

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

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
