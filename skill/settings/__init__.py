"""What a person may choose, and where it is written."""

from skill.settings.layers import (
    Settings,
    load_in_spite_of_the_file,
    load_settings,
    save_setting,
    settings_file,
)

__all__ = [
    "Settings",
    "load_in_spite_of_the_file",
    "load_settings",
    "save_setting",
    "settings_file",
]
