"""What a home costs a trainer, and what a household says to itself, on a real broker.

python -m workbench.home [--json]
"""

import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rueckgrat.history import History, open_history
from rueckgrat.history.codec import encode
from rueckgrat.history.history import Row
from rueckgrat.home.entities import discovery
from rueckgrat.home.key import make_key
from rueckgrat.home.notes import packed
from rueckgrat.home.opening import made_home
from rueckgrat.home.seal import Seal
from rueckgrat.home.topics import HOUSEHOLD, TrainerTopics
from rueckgrat.home.trainer_at_home import TrainerAtHome
from rueckgrat.observers.record import Record
from rueckgrat.replay.runner import play
from skill.messages.blocks import Exchange
from skill.messages.events import Event, StateEntered
from skill.messages.notes import Load, Outcome, PlanAt, SessionBegan, SetDone
from skill.observers import Observer, Observers
from skill.settings import Settings, load_settings
from workbench.broker import PASSWORD, USER, Mosquitto, Watcher, until
from workbench.recordings import spoken_commands
from workbench.report import Row as Figure
from workbench.report import as_dicts, as_table
from workbench.studio import Studio
from workbench.ten_minutes import ANSWERS, SPEAKER, TEN_MINUTES_SECONDS, Trainee

ROOMS = ("wohnzimmer", "schlafzimmer", "bad")
NOTES = 1000
NOTES_A_MONTH = 400
"""A training a day: it began, twelve sets at most, and where the plan is."""

CHANGES = 50


class Timed(Observer):
    """Another observer, and how much of the session's thread it takes in each block."""

    def __init__(self, other: TrainerAtHome, titles: dict[str, str]) -> None:
        self._other = other
        self._titles = titles
        self._this_block = 0.0
        self._last = ""
        self.blocks: list[float] = []
        self.states: list[str] = []

    def add(self, event: Event) -> None:
        """Pass it on, and count what is shown of it."""
        begun = time.thread_time()
        self._other.add(event)
        self._this_block += time.thread_time() - begun
        shown = json.dumps(self._other._standing.shown(self._titles, False), ensure_ascii=False)
        if shown != self._last:
            self.states.append(shown)
            self._last = shown

    def after_block(self, block: Exchange) -> None:
        """Pass it on."""
        begun = time.thread_time()
        self._other.after_block(block)
        self.blocks.append(self._this_block + time.thread_time() - begun)
        self._this_block = 0.0


def figures(broker: Mosquitto, folder: Path) -> Iterator[Figure]:
    """Yield all figures, the quick ones first."""
    yield from _size_rows()
    yield from _delay_rows(broker, folder)
    yield from _household_rows(broker, folder)
    yield from _session_rows(broker, folder)


def rows_of_notes(count: int, seed: int = 13) -> list[Row]:
    """Return notes as a household makes them: trainings of eleven sets or so."""
    chance = random.Random(seed)
    at, found = datetime(2026, 1, 5, 18), list[Row]()
    for number in range(count):
        if number % 13 == 0:
            at += timedelta(days=1)
            note = encode(SessionBegan())
        elif number % 13 == 1:
            note = encode(PlanAt(("bruecke", "roll-up", "bein-anheben"), number % 3, "kurz"))
        else:
            load = Load(8)
            name = chance.choice(["bruecke", "roll-up", "bein-anheben"])
            note = encode(SetDone(name, (8, chance.randrange(9)), load, Outcome.COMPLETE))
        at += timedelta(seconds=chance.uniform(20, 90))
        found.append(("anna", at.isoformat(), *note, number + 1))
    return found


def _size_rows() -> Iterator[Figure]:
    message = json.dumps(discovery(TrainerTopics("wohnzimmer"), "Wohnzimmer", []))
    yield Figure("discovery message", len(message.encode()), "bytes", 8000, "one trainer")
    seal, topic = Seal(bytes(32)), "topic"
    one = seal.sealed(topic, packed(time.time_ns(), rows_of_notes(1)))
    yield Figure("a note, sealed", len(one), "bytes", 400, "one message")
    month = seal.sealed(topic, packed(time.time_ns(), rows_of_notes(NOTES_A_MONTH)))
    yield Figure("a month of notes, sealed", len(month), "bytes", 32_000, f"{NOTES_A_MONTH} notes")


def _delay_rows(broker: Mosquitto, folder: Path) -> Iterator[Figure]:
    topics, delays = TrainerTopics(ROOMS[0]), []
    with _room(broker, folder, ROOMS[0]) as (home, _), _watching(broker, topics.state) as watcher:
        until(lambda: watcher.heard, "a state")
        for number in range(CHANGES):
            seen, begun = len(watcher.heard), time.perf_counter()
            home.add(StateEntered(number, ("paused", "standby")[number % 2]))
            until(lambda seen=seen: len(watcher.heard) > seen, "the next", 0.0005)  # type: ignore[misc]
            delays.append(time.perf_counter() - begun)
    worst = sorted(delays)[round(CHANGES * 0.95)] * 1000
    of = f"{CHANGES} changes, TLS, this machine"
    yield Figure("state to a listener, median", statistics.median(delays) * 1000, "ms", 100, of)
    yield Figure("state to a listener, p95", worst, "ms", 250, of)


def _household_rows(broker: Mosquitto, folder: Path) -> Iterator[Figure]:
    notes = rows_of_notes(NOTES)
    for number, name in enumerate(ROOMS):
        _write_down(folder / f"{name}.db", notes[number::3])
    with _watching(broker, f"{HOUSEHOLD}/#") as watcher:
        rooms = [_room(broker, folder, name, folder / "household.key") for name in ROOMS]
        begun = time.perf_counter()
        opened = [room.__enter__() for room in rooms]
        histories = [history for _, history in opened]
        until(lambda: all(len(one.rows()) == NOTES for one in histories), "all notes", 0.05)
        took = time.perf_counter() - begun
        for room in rooms:
            room.__exit__(None, None, None)
        sent = [len(one.payload) for one in watcher.heard]
    of = f"{NOTES} notes in {len(ROOMS)} rooms, from the start"
    yield Figure("all rooms know everything", took, "s", 15, of)
    yield Figure("messages for it", len(sent), "", 60, of)
    yield Figure("bytes for it", sum(sent), "bytes", 1_000_000, of)
    with open_history(folder / "merged.db") as history:
        begun = time.perf_counter()
        history.merge(notes)
        took = time.perf_counter() - begun
    yield Figure("merging into an empty history", took * 1000, "ms", 500, f"{NOTES} notes")


def _session_rows(broker: Mosquitto, folder: Path) -> Iterator[Figure]:
    studio = Studio(load_settings())
    titles = {one.id: one.title for one in studio.content.programmes}
    spoken = {one.name: one.pcm for one in spoken_commands(studio.content)}
    recordings = {state: spoken[f"{SPEAKER}/{word}.ogg"] for state, word in ANSWERS.items()}
    with _room(broker, folder, "bench") as (home, _):
        timed, record = Timed(home, titles), Record()
        session = studio.session(studio.ear(), observers=Observers([record, timed]))
        play(session, record, Trainee(session, recordings), limit_seconds=TEN_MINUTES_SECONDS)
    minutes, of = len(timed.blocks) / 600, f"{len(timed.blocks)} blocks of training"
    typical = statistics.median(timed.blocks) * 1000
    yield Figure("a block's observer, median", typical, "ms", 0.1, of)
    worst = sorted(timed.blocks)[round(len(timed.blocks) * 0.999)] * 1000
    yield Figure("a block's observer, p99.9", worst, "ms", 10, of)
    share = sum(timed.blocks) / (len(timed.blocks) * 0.1)
    yield Figure("session's thread, share of a core", share, "", 0.01, of)
    yield Figure("states told in a minute", len(timed.states) / minutes, "", 60, of)
    size = sum(len(one.encode()) for one in timed.states) / minutes
    yield Figure("their bytes in a minute", size, "bytes", 20_000, of)


def _write_down(path: Path, rows: list[Row]) -> None:
    open_history(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        statement = "INSERT INTO entries (person, at, kind, fields) VALUES (?, ?, ?, ?)"
        database.executemany(statement, [row[:4] for row in rows])


@contextmanager
def _room(
    broker: Mosquitto, folder: Path, name: str, key: Path | None = None
) -> Iterator[tuple[TrainerAtHome, History]]:
    settings = Settings(
        mqtt=f"mqtts://{USER}@127.0.0.1:{broker.port}",
        mqtt_password=PASSWORD,
        mqtt_ca=str(broker.ca),
        mqtt_id=name,
        mqtt_key=str(key or ""),
    )
    with open_history(folder / f"{name}.db") as history:
        home = made_home(settings, lambda _: None, history, {})
        home.open()
        yield home, history
        home.close()


@contextmanager
def _watching(broker: Mosquitto, *topics: str) -> Iterator[Watcher]:
    watcher = Watcher(broker, *topics)
    yield watcher
    watcher.close()


def main(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Measure, and print one table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_key(folder / "household.key")
        broker = Mosquitto(folder)
        broker.start()
        try:
            found = list(figures(broker, folder))
        finally:
            broker.kill()
    if as_json:
        print(json.dumps(as_dicts(found), indent=2))
    else:
        Console().print(as_table(found))


if __name__ == "__main__":
    typer.run(main)
