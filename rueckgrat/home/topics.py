"""Where a trainer speaks and listens on the broker."""

from dataclasses import dataclass

BIRTH = "homeassistant/status"
"""Home Assistant says "online" here when it has started."""

HOUSEHOLD = "rueckgrat-household"


@dataclass(frozen=True)
class TrainerTopics:
    """The topics of one trainer; ``trainer`` is its id: a-z, 0-9 and hyphens."""

    trainer: str

    @property
    def device(self) -> str:
        """The trainer's id in Home Assistant, and how the ids of its entities begin."""
        return f"rueckgrat_{self.trainer.replace('-', '_')}"

    @property
    def discovery(self) -> str:
        """What makes Home Assistant know the trainer; retained."""
        return f"homeassistant/device/{self.device}/config"

    @property
    def availability(self) -> str:
        """``online`` or ``offline``, which is the trainer's last will; retained."""
        return f"rueckgrat/{self.trainer}/availability"

    @property
    def state(self) -> str:
        """Where the session is, as one JSON object; retained."""
        return f"rueckgrat/{self.trainer}/state"

    @property
    def event(self) -> str:
        """What has just happened, for automations."""
        return f"rueckgrat/{self.trainer}/event"

    def command(self, name: str) -> str:
        """Return where a command of this name is heard; ``+`` is all of them."""
        return f"rueckgrat/{self.trainer}/set/{name}"

    @property
    def of_device(self) -> tuple[str, ...]:
        """All that is retained for Home Assistant."""
        return self.discovery, self.state, self.availability


@dataclass(frozen=True)
class HouseholdTopics:
    """What the trainers of one household tell each other; ``house`` names it, and no person."""

    house: str

    def notes(self, trainer: str) -> str:
        """Return where a trainer tells its newest notes; ``+`` is all of them."""
        return f"{HOUSEHOLD}/{self.house}/notes/{trainer}"

    def month(self, trainer: str, month: str) -> str:
        """Return where a trainer keeps what it knows of a month (2026-11); retained."""
        return f"{HOUSEHOLD}/{self.house}/months/{trainer}/{month}"

    def month_of(self, topic: str, trainer: str) -> str:
        """Return the month of a topic that is this trainer's own; empty for any other."""
        before = self.month(trainer, "")
        return topic.removeprefix(before) if topic.startswith(before) else ""
