"""Which clips the benchmark plays: every scene is a kind of speech, under one condition."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from workbench.ears import corpora
from workbench.ears.conditions import CLEAN, CONDITIONS
from workbench.ears.corpora import Part

_T = TypeVar("_T")

COMMANDS: Final = "commands"
DIGITS: Final = "digits"
WORDS: Final = "command words"
CUT: Final = "cut command words"
STRANGERS_STOP: Final = "stop of strangers"
SPEECH: Final = "speech"
EVERYBODY: Final = "everybody's speech"
NOISE: Final = "noise"
SOUND: Final = "sounds"

RECALL_KINDS = (COMMANDS, DIGITS, WORDS, CUT)
SPEECH_KINDS = (SPEECH, EVERYBODY)
QUIET_KINDS = (*SPEECH_KINDS, NOISE, SOUND)
"""Kinds in which a command is said, and in which none is."""

SYNTHETIC: Final = "espeak-ng"

TRAINING_STATE = "exercise.repeat"
"""The state in which a person trains and should be left alone: most of a session."""

NUMBER_STATE = "menu.count"
STANDBY_STATE = "standby"
ASKING_STATES = (NUMBER_STATE, STANDBY_STATE)
QUIET_STATES = (TRAINING_STATE, *ASKING_STATES)
"""States in which audio without a command is played."""

COMMAND_STATES = (TRAINING_STATE, NUMBER_STATE, "exercise.rest", "menu.ask")
"""A command is measured in the first of these in which it counts, else in the first at all."""

HEARD_SENTENCES: Final = "kerstin, sentences of the training"

_SPEECH_CLIPS = (
    ("arabic_words", 1920, 480),
    (HEARD_SENTENCES, 650, 200),
    ("kerstin", 100, 100),
    ("emodb", 400, 400),
    *((corpus, 800, 800) for corpus in corpora.WORDS),
    ("english_digits", 480, 240),
    (corpora.STRANGERS, 1800, 240),
    *((corpus, 800, 160) for corpus in corpora.CROWDS),
    *((corpus, 12, 12) for corpus in corpora.UNWRITTEN),
    (corpora.DIGITS, 950, 0),
)
"""Sources, with at most how many clips the ear hears in training, and how many of them everybody
hears where a number is asked for and in standby. (Numbers are innocent in training only.)"""

_PEERS_CONDITIONS = (CLEAN, "noise 10 dB")
_SOUND_SECONDS = {"music": 900, "breathing": 300}

QUICK = 12
"""``--quick`` plays one clip in twelve: about a quarter of an hour on two quiet cores."""

_LEAST = 6
_LEAST_SECONDS = 100

_CLIPS_PER_PIECE = 300
"""A piece of a scene takes a minute or so: what an interruption costs at most."""


@dataclass(frozen=True)
class Scene:
    """What is played: of which kind and source, under which condition, to which part.

    ``states`` are where it is heard, one after the other; none: every clip where its command
    counts. ``limit`` is the most clips, or for sounds made here the seconds. ``peers``
    tells whether plain loops hear it too.
    """

    kind: str
    source: str
    condition: str
    part: Part
    limit: int
    states: tuple[str, ...] = ()
    peers: bool = True
    piece: int = 0
    pieces: int = 1

    @property
    def name(self) -> str:
        """A name for a line of progress."""
        piece = f" {self.piece + 1}/{self.pieces}" if self.pieces > 1 else ""
        return f"{self.kind}, {self.source}, {self.condition}, {self.part}{piece}"


def scenes(parts: Sequence[Part], one_in: int = 1) -> list[Scene]:
    """Return all scenes, the long ones first, with one clip in ``one_in``."""
    found = []
    for part in parts:
        for scene in _all_scenes(part):
            whole = scene.kind in (NOISE, SOUND)
            limit = max(scene.limit // one_in, _LEAST_SECONDS if whole else _LEAST)
            pieces = 1 if whole else -(-limit // _CLIPS_PER_PIECE)
            found += [
                replace(scene, limit=limit, piece=piece, pieces=pieces) for piece in range(pieces)
            ]
    return found


def _all_scenes(part: Part) -> Iterator[Scene]:
    for source, every, sample in _SPEECH_CLIPS:
        yield Scene(EVERYBODY, source, CLEAN, part, every, (TRAINING_STATE,), peers=False)
        if sample:
            yield Scene(SPEECH, source, CLEAN, part, sample, ASKING_STATES)
    for condition in CONDITIONS:
        is_clean, peers = condition == CLEAN, condition in _PEERS_CONDITIONS
        commands, digits = (816, 300) if is_clean else (200, 150)
        yield Scene(COMMANDS, SYNTHETIC, condition, part, commands, peers=peers)
        yield Scene(DIGITS, corpora.DIGITS, condition, part, digits, peers=peers)
    for condition in (CLEAN, "noise 10 dB", "room"):
        for corpus in corpora.WORDS:
            yield Scene(WORDS, corpus, condition, part, 60)
    for corpus in corpora.SENTENCES:
        yield Scene(CUT, corpus, CLEAN, part, 200)
    yield Scene(STRANGERS_STOP, corpora.STRANGERS, CLEAN, part, 200)
    yield Scene(NOISE, "noise", CLEAN, part, 800, QUIET_STATES)
    for sound, seconds in _SOUND_SECONDS.items():
        yield Scene(SOUND, sound, CLEAN, part, seconds, QUIET_STATES)


def spread(
    items: Sequence[_T],
    limit: int,
    group: Callable[[_T], Hashable],
    name: Callable[[_T], str],
) -> list[_T]:
    """Return at most ``limit`` items, equally many of each group, the same ones every time.

    Which of a group are taken depends on their names only, so that an item more or less changes
    little else. They come in their old order.
    """
    groups: dict[Hashable, list[tuple[bytes, int]]] = defaultdict(list)
    for index, item in enumerate(items):
        digest = hashlib.sha256(name(item).encode()).digest()
        groups[group(item)].append((digest, index))
    rounds = [
        (place, digest, index)
        for members in groups.values()
        for place, (digest, index) in enumerate(sorted(members))
    ]
    return [items[index] for index in sorted(index for _, _, index in sorted(rounds)[:limit])]
