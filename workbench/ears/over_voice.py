"""The coach's own voice in the microphone: what it sets off, and safety words said over it."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rueckgrat.calibration.peers import EAR
from rueckgrat.corpus import all_sentences
from skill.messages.blocks import BLOCK_SECONDS, VOICE_RATE_HZ, Pcm
from skill.messages.cues import Say
from skill.settings import Settings
from skill.trainer import voice_for
from skill.voice import Voice
from workbench import CHECKOUT
from workbench.ears import echo
from workbench.ears.contenders import BY_LEVEL, MAKERS, PHRASES, Contender, in_order
from workbench.ears.corpora import Part
from workbench.ears.figures import AT_LEAST, AT_MOST, Figure, Value, percentile, present, share
from workbench.ears.fingerprint import fingerprint
from workbench.ears.measuring import Bench, content, in_processes, model_of, workshop_of
from workbench.ears.scenes import spread
from workbench.ears.store import Store, key_of
from workbench.ears.voices import SyntheticPeople, every_way

OWN_GOAL = 0.0
SAFETY_GOAL = 95.0
SAFETY_GOAL_BY_LEVEL = 70.0
SAFETY_GOAL_LEVEL_DB = 0.0
"""An echo as loud as the person; with echo cancellation, and by the level alone."""

_PEERS_SHARE = 3
"""Peers hear a third of the lines: they have no guard against them, which soon shows."""

_LEAST_LINES = 8
_SAMPLE_ONE_IN = 40
_SOURCES = ("workbench/ears/echo.py", "rueckgrat/replay/room.py", "rueckgrat/replay/track.py")


@dataclass(frozen=True)
class Circumstance:
    """Who listened (the title), how loud the echo was, and whether words were said over it."""

    listener: str
    level_db: float
    said_over: bool
    canceller: bool = True


_LEAST_MS, _MOST_MS = (
    round(1000 * seconds) for seconds in (echo.DELAYS_SECONDS[0], echo.DELAYS_SECONDS[-1])
)
_GROUP = f"The coach's own voice in the microphone ({_LEAST_MS} to {_MOST_MS} ms late, in rooms)"

Outcomes: TypeAlias = Mapping[Circumstance, dict[str, Any]]
"""What came of each circumstance: the fields of ``echo.Outcome``, ``fired`` as text."""


def measure_over_voice(
    bench: Bench,
    who: Sequence[Contender],
    parts: Sequence[Part],
    *,
    one_in: int,
    jobs: int,
    report: Callable[[str], None],
) -> Outcomes:
    """Play the coach's lines to all, at every level, alone and with words over them.

    Who knows listed phrases only is not asked: safety words are among those. Words over the
    loudest echo are said to the ear without its canceller as well.
    """
    asked = [one for one in who if one.listener != PHRASES]
    alone = [(one, level_db, parts[0], False) for one in asked for level_db in echo.LEVELS_DB]
    without = [replace(one, listener=BY_LEVEL) for one in asked if one.listener == EAR]
    over = [
        (one, level_db, part, True)
        for level_db in echo.LEVELS_DB
        for one in (*asked, *(without if level_db == SAFETY_GOAL_LEVEL_DB else ()))
        for part in parts
    ]
    tasks = [(bench, *task, one_in) for task in (*alone, *over)]
    found: dict[Circumstance, dict[str, Any]] = defaultdict(dict)
    for task, outcome in in_processes(listen_over_voice, tasks, jobs):
        one, level_db, _, said_over = task[1:5]
        report(f"over the coach's voice, {level_db:g} dB, {one.title}")
        canceller = one.listener != BY_LEVEL
        _add(found[Circumstance(one.title, level_db, said_over, canceller)], outcome)
    return found


def over_voice_rows(found: Outcomes) -> Iterator[Figure]:
    """Yield own lines that fire and recall of safety words over them, by the level of the echo."""
    for level_db in echo.LEVELS_DB:
        alone, over, without = (
            {
                who: found[Circumstance(who, level_db, said_over, canceller)]
                for who in in_order(one.listener for one in found)
                if Circumstance(who, level_db, said_over, canceller) in found
            }
            for said_over, canceller in ((False, True), (True, True), (True, False))
        )
        yield from level_rows(level_db, alone, over)
        if without:
            recall = present(_recall(without))
            name = f"safety words said over it, echo {level_db:g} dB, without echo cancellation"
            yield Figure(_GROUP, name, recall, SAFETY_GOAL_BY_LEVEL, AT_LEAST)


def over_voice_details(found: Outcomes) -> list[dict[str, Any]]:
    """Return what the ear obeyed without being told, and what it missed, for JSON."""
    return [
        {**asdict(one), "fired": outcome["fired"], "missed": outcome["missed"]}
        for one, outcome in found.items()
        if one.listener == EAR
    ]


def level_rows(
    level_db: float, alone: dict[str, dict[str, Any]], over: dict[str, dict[str, Any]]
) -> Iterator[Figure]:
    """Yield the rows of one level: outcomes of the coach alone, and of words said over it."""
    group = _GROUP
    title = f"echo {level_db:g} dB"
    fired = {
        who: Value(
            len(one["fired"]), "fired", f"in {one['lines']} lines, {one['seconds'] / 60:.1f} min"
        )
        for who, one in alone.items()
        if one["lines"]
    }
    yield Figure(group, f"own lines that fire, {title}", fired, OWN_GOAL, AT_MOST)
    recall = present(_recall(over))
    goal = SAFETY_GOAL if level_db == SAFETY_GOAL_LEVEL_DB else None
    yield Figure(group, f"safety words said over it, {title}", recall, goal, AT_LEAST)
    delays = {
        who: percentile(one["latencies_seconds"], 50, f"{one['right']} of {one['words']}")
        for who, one in over.items()
    }
    yield Figure(group, f"… median delay, {title}", present(delays))
    others = {
        who: Value(len(one["fired"]), "fired", f"in {one['words']} lines spoken over")
        for who, one in over.items()
        if one["words"]
    }
    yield Figure(group, f"… other commands, {title}", others)


def _recall(over: dict[str, dict[str, Any]]) -> dict[str, Value | None]:
    return {who: share(one["right"], one["words"]) for who, one in over.items()}


def listen_over_voice(
    bench: Bench, who: Contender, level_db: float, part: Part, said_over: bool, one_in: int
) -> dict[str, Any]:
    """Return what came of the coach's lines through rooms, with safety words over them or not."""
    dialogs = content()
    if said_over:
        words, lines = _words(part, one_in), echo.long_enough(_lines(1), _voice())
    else:
        words, lines = [], _lines(one_in * _PEERS_SHARE if who.is_peer else one_in)
    dealt = echo.sittings(lines, echo.surroundings(_rooms(bench)), level_db, words)
    store = Store(bench.store, fresh=bench.fresh)
    key = key_of(fingerprint(who.listener, who.model), _code(), *map(_essence, dealt))
    kept: dict[str, Any] | None = store.get(key)
    if kept is None:
        outcome = echo.listen(
            lambda: MAKERS[who.listener](model_of(who.model), dialogs, who.model),
            _voice,
            dealt,
            frozenset(dialogs.commands),  # stricter than any state
        )
        fired = [
            f"{one.command}: {one.text!r} at {one.decided_seconds:.1f} s ({one.reason})"
            for one in outcome.fired
        ]
        kept = {**vars(outcome), "fired": fired}
        store.put(key, kept)
    return kept


def _lines(one_in: int) -> list[str]:
    """Return what the coach says. That belongs to no part: whoever listens, it is the same."""
    lines = all_sentences(content())
    return spread(lines, max(len(lines) // one_in, _LEAST_LINES), lambda _: "", str)


def _words(part: Part, one_in: int) -> list[echo.Word]:
    """Return each safety word by every voice of the part, as loud as the coach at full level."""
    people, vocabulary = SyntheticPeople(content()), content().vocabulary
    coach = _coach_sample()
    every = every_way(echo.SAFETY_WORDS, part)
    chosen = spread(
        every, max(len(every) // one_in, 6), lambda one: one[0], lambda one: f"{one[0]} {one[1]}"
    )
    return [
        echo.Word(
            vocabulary[word],
            f"{word} ({variant})",
            echo.as_loud_as(people.say(word, variant), coach, VOICE_RATE_HZ),
        )
        for word, variant in chosen
    ]


def _rooms(bench: Bench) -> dict[str, NDArray[np.float64]]:
    """Return all rooms; without recordings only the way from loudspeaker to microphone."""
    rooms = workshop_of(bench).surroundings("test").rooms
    responses = {name: pcm.astype(np.float64) for name, pcm in rooms}
    return responses or {"no room": np.ones(1)}


def _voice() -> Voice:
    return voice_for(Settings(), content())


@cache
def _coach_sample() -> Pcm:
    """Return how loud the coach is: a few of its lines, as it plays them (22,050 Hz)."""
    voice = _voice()
    for index, line in enumerate(_lines(_SAMPLE_ONE_IN)):
        _, end_seconds = voice.perform(Say(line, index))
    return np.concatenate([voice.next_block() for _ in range(round(end_seconds / BLOCK_SECONDS))])


def _essence(sitting: echo.Sitting) -> str:
    room = hashlib.sha256(sitting.surrounding.response.tobytes()).hexdigest()
    words = [hashlib.sha256(word.pcm.tobytes()).hexdigest() for word in sitting.words]
    delay_seconds = sitting.surrounding.delay_seconds
    return f"{sitting.lines} {sitting.level_db} {delay_seconds} {room} {words}"


@cache
def _code() -> bytes:
    """Return the code that makes the echo: what changes it changes the answers."""
    files = [CHECKOUT / name for name in _SOURCES]
    files += sorted((CHECKOUT / "skill" / "voice").glob("*.py"))
    return b"".join(file.read_bytes() for file in files)


def _add(total: dict[str, Any], outcome: dict[str, Any]) -> None:
    for name, value in outcome.items():
        total[name] = total[name] + value if name in total else value
