"""Whether this trainer has met anybody yet: the very first session begins otherwise."""

import logging
from pathlib import Path

from skill.content.states import STATES
from skill.errors import reason
from skill.messages.events import Event, StateEntered
from skill.observers.observer import Observer
from skill.paths import user_dir

_log = logging.getLogger(__name__)

_TEXT = "Der Trainer hat sich vorgestellt. Ohne diese Datei tut er es noch einmal.\n"


class FirstTime(Observer):
    """A marker in the user's data folder. (A history tells of earlier meetings as well.)"""

    title = "Das Gedächtnis für die erste Begegnung"

    def __init__(self) -> None:
        self._folder = user_dir("data")

    @property
    def marker(self) -> Path:
        """The file that is there from the first meeting on."""
        return self._folder / "met.txt"

    @property
    def is_now(self) -> bool:
        """Whether nobody has been met yet. A folder that cannot be read tells nothing: no."""
        try:
            return not self.marker.exists()
        except OSError as error:
            _log.warning("Den Datenordner kann ich nicht lesen (%s).", reason(error))
            return False

    def add(self, event: Event) -> None:
        """Leave the marker when the meeting is over."""
        if not isinstance(event, StateEntered) or not STATES[event.state].is_met:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.marker.write_text(_TEXT, encoding="utf-8")
        except OSError as error:
            _log.warning("Unser Kennenlernen kann ich mir nicht merken (%s).", reason(error))
