"""The home around a trainer: Home Assistant and the household's other trainers, over MQTT.

Nothing of it runs unless the settings name a broker, and only then the packages of the extra
``mqtt`` are imported (`opening`). `docs/home-assistant.md` describes every topic.
"""

from rueckgrat.home.opening import open_home

__all__ = ["open_home"]
