"""A short visit to the broker: to see whether it can be reached, or to leave nothing there."""

import contextlib
import queue
import secrets
import time
from collections.abc import Iterator

from rueckgrat.home.key import read_key
from rueckgrat.home.opening import MISSING, trainer_id
from rueckgrat.home.topics import HouseholdTopics, TrainerTopics
from skill.errors import SkillError
from skill.settings import Settings
from skill.settings.home import Broker

PATIENCE_SECONDS = 15.0
_LOOKING_SECONDS = 1.5
"""How long what lies on a broker takes to come, at most."""


def reach(settings: Settings) -> Broker:
    """Return the broker if it lets this trainer in; SkillError, in German, says why not."""
    with _visiting(settings):
        assert settings.broker
        return settings.broker


def forget(settings: Settings) -> int:
    """Take everything of this trainer off the broker; return how many messages that were.

    Home Assistant then forgets the device. Notes that other trainers know stay theirs.
    """
    with _visiting(settings) as visitor:
        return visitor.forget()


@contextlib.contextmanager
def _visiting(settings: Settings) -> Iterator["_Visitor"]:
    if not settings.broker:
        raise SkillError(
            "Es ist kein Broker eingestellt.",
            'Schreib in settings.toml zum Beispiel: mqtt = "homeassistant.local:1883"',
            code="no-broker",
        )
    visitor = _Visitor(settings)
    try:
        visitor.go()
        yield visitor
    finally:
        visitor.link.close()


class _Visitor:
    """Somebody who does not stay: another name on the broker than the trainer's, and no will."""

    def __init__(self, settings: Settings) -> None:
        try:
            from rueckgrat.home.link import BrokerLink, login_of
            from rueckgrat.home.seal import Seal
        except ImportError as error:
            raise MISSING from error
        self._trainer, key = trainer_id(settings), read_key(settings)
        self._household = HouseholdTopics(Seal(key).house) if key else None
        self._news: queue.Queue[str] = queue.Queue()
        self._lying: set[str] = set()
        name = f"rueckgrat-{self._trainer}-{secrets.token_hex(2)}"
        self.link = BrokerLink(
            login_of(settings), name, None, lambda: self._news.put(""), self._see, self._news.put
        )

    def go(self) -> None:
        """Connect; SkillError says why that is impossible."""
        self.link.open()
        try:
            trouble = self._news.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            trouble = "Vom Broker kommt keine Antwort."
        if trouble:
            raise SkillError(
                trouble, "Prüf mqtt, mqtt_user und das Passwort.", code="broker-unreachable"
            )

    def forget(self) -> int:
        topics = TrainerTopics(self._trainer)
        wanted = [(topic, 1) for topic in topics.of_device]
        if self._household:
            wanted.append((self._household.month(self._trainer, "+"), 1))
        self.link.subscribe(wanted)
        time.sleep(_LOOKING_SECONDS)
        for topic in {*topics.of_device, *self._lying}:  # it may lie where nobody lets us look
            self.link.finish(topic, "")
        return len(self._lying)

    def _see(self, topic: str, payload: bytes, lay_there: bool) -> None:
        if lay_there and payload:
            self._lying.add(topic)
