"""What `home` says: whether the home can be reached, and what was made or taken away."""

from rich.console import Console

from rueckgrat.cli.views.notices import notice
from rueckgrat.home.entities import device_name
from rueckgrat.home.key import key_file, make_key, read_key
from rueckgrat.home.opening import trainer_id
from rueckgrat.home.visit import forget, reach
from skill.errors import SkillError
from skill.settings import Settings
from skill.trainer import the_only_one

NOT_SHARED = (
    "Den Verlauf teile ich mit niemandem: Dafür fehlt der Haushaltsschlüssel („rueckgrat home"
    " key“)."
)
FORGOTTEN = "Auf dem Broker liegt nichts mehr von mir, und Home Assistant vergisst mich."
NOTHING = "Auf dem Broker lag nichts von mir."
STILL_SHARED = (
    "Die anderen Trainer im Haus haben ihre Kopie noch, und bringen sie wieder mit. Lösch sie dort"
    " auch, und davor auf jedem mit „rueckgrat home forget“, was auf dem Broker liegt."
)


def show_home(console: Console, settings: Settings) -> None:
    """Say whether the broker can be reached, and how the trainer is called there."""
    broker = reach(settings)
    how = "verschlüsselt" if broker.is_encrypted else "unverschlüsselt"
    notice(console, f"Der Broker {broker.host}:{broker.port} lässt mich herein, {how}.")
    name, trainer = device_name(settings.mqtt_id), trainer_id(settings)
    notice(console, f"In Home Assistant heiße ich „{name}“, auf dem Broker {trainer}.")
    if settings.mqtt_names:
        notice(console, "Dort steht auch, wer gerade trainiert (mqtt_names).")
    if read_key(settings):
        notice(console, f"Den Verlauf teile ich im Haushalt, mit {key_file(settings)}.")
    else:
        notice(console, NOT_SHARED)


def make_household_key(console: Console, settings: Settings) -> None:
    """Make the household's key, and say what to do with it."""
    path = key_file(settings)
    make_key(path)
    notice(
        console,
        f"Der Haushaltsschlüssel liegt in {path}. Kopier diese Datei auf jeden anderen Trainer, an"
        " dieselbe Stelle. Wer sie hat, kann den Verlauf lesen: Schick sie nicht durchs Netz.",
    )


def forget_home(console: Console, settings: Settings) -> None:
    """Take the trainer off the broker. One that is running would be back at once: SkillError."""
    with the_only_one():
        count = forget(settings)
    notice(console, FORGOTTEN if count else NOTHING)


def is_shared(settings: Settings) -> bool:
    """Return whether other trainers have a copy of the history."""
    try:
        return settings.broker is not None and read_key(settings) is not None
    except SkillError:
        return False
