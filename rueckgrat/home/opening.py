"""Opens the way to the home where the settings name a broker, and imports nothing elsewhere."""

import contextlib
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from skill.errors import SkillError
from skill.extras import HOME
from skill.files import slug, write_whole
from skill.messages.events import Snapshot
from skill.messages.heard import Command
from skill.observers import Observer
from skill.paths import user_dir
from skill.settings import Settings
from skill.written.text import read_text

if TYPE_CHECKING:
    from rueckgrat.home.sharing import Notebook
    from rueckgrat.home.trainer_at_home import TrainerAtHome

_log = logging.getLogger(__name__)

MISSING = SkillError(
    "Für Home Assistant und den Haushalt fehlen zwei Pakete (paho-mqtt und cryptography).",
    f"Installier sie: {HOME.command}",
    code="no-mqtt",
)


class Steered(Protocol):
    """The session, as far as a home has to do with it."""

    def follow(self, observer: Observer) -> None:
        """Let one more observer follow from now on."""
        ...

    def command(self, command: Command) -> None:
        """Act on a command with the next block."""
        ...

    def snapshot(self) -> Snapshot:
        """Return where the session is."""
        ...


@contextlib.contextmanager
def open_home(
    settings: Settings,
    session: Steered,
    notebook: "Notebook",
    programmes: Callable[[], Mapping[str, str]],
    complain: Callable[[str], None],
) -> Iterator[None]:
    """Let a session be seen and steered from the home, until the context ends.

    ``programmes`` returns titles by id. Nobody needs a home to train: what is wrong with it is a
    sentence for ``complain``, from any thread.
    """
    home = None
    if settings.broker:
        try:
            home = made_home(settings, session.command, notebook, programmes(), complain)
        except SkillError as error:
            _log.info("No home", exc_info=True)
            complain(f"Die Verbindung nach Hause geht nicht, wir üben ohne sie. {error}")
    if home is None:
        yield
        return
    session.follow(home)
    home.begin(session.snapshot())
    home.open()
    try:
        yield
    finally:
        home.close()


def made_home(
    settings: Settings,
    command: Callable[[Command], None],
    notebook: "Notebook",
    titles: Mapping[str, str],
    complain: Callable[[str], None] = _log.warning,
) -> "TrainerAtHome":
    """Return a trainer's place in the home, yet to be opened; SkillError for what is missing."""
    try:
        from rueckgrat.home.link import BrokerLink, login_of
        from rueckgrat.home.seal import Seal
    except ImportError as error:
        raise MISSING from error
    from rueckgrat.home.entities import discovery
    from rueckgrat.home.key import read_key
    from rueckgrat.home.sharing import Sharing
    from rueckgrat.home.topics import TrainerTopics
    from rueckgrat.home.trainer_at_home import TrainerAtHome

    trainer = trainer_id(settings)
    topics, key = TrainerTopics(trainer), read_key(settings)
    announcement = discovery(topics, settings.mqtt_id, [*titles.values()])
    home = TrainerAtHome(
        topics, announcement, titles, command, notebook, with_names=settings.mqtt_names
    )
    will = topics.availability, "offline"
    name = f"rueckgrat-{trainer}"
    home.line = BrokerLink(login_of(settings), name, will, home.up, home.message, complain)
    if key:
        home.sharing = Sharing(trainer, Seal(key), notebook, home.line.publish, home.look_around)
    return home


def trainer_id(settings: Settings) -> str:
    """Return the trainer's id in topics: of the room it is named after, or once made at random."""
    if settings.mqtt_id:
        return slug(settings.mqtt_id)
    path = user_dir("data") / "trainer-id"
    with contextlib.suppress(OSError, ValueError):
        if known := slug(read_text(path)):
            return known
    made = secrets.token_hex(4)
    try:
        write_whole(path, f"{made}\n")
    except OSError as error:
        raise SkillError(
            "Ich kann mir nicht merken, welcher Trainer ich bin.",
            "Nenn mir mit mqtt_id den Raum, in dem ich stehe.",
            code="no-id",
        ) from error
    return made
