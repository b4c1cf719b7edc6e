"""Plays what is said to the ear and to a plain loop; what they answered is kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from rueckgrat.calibration.measuring import hear_all
from rueckgrat.calibration.peers import EAR, LISTENERS, PLAIN
from rueckgrat.understanding.table import NO_COMMAND, TableRow, judge
from skill.content.schema import Content
from skill.messages.blocks import EAR_RATE_HZ, silence
from skill.messages.heard import Command, Heard, Listening
from skill.parts import EarLike
from skill.understanding import Understanding
from workbench.ears.clips import Clip
from workbench.ears.conditions import CLEAN
from workbench.ears.fingerprint import fingerprint
from workbench.ears.measuring import Bench, content, model_of, workshop_of
from workbench.ears.scenes import NUMBER_STATE
from workbench.ears.store import Store, key_of
from workbench.understanding import clips
from workbench.understanding.clips import TEXT, Said, Scene

ASKED: Final = (EAR, PLAIN)
"""Who is asked: the ear as used live, and the loop of every tutorial with the same model."""

UTTERANCES: Final = "utterances"
DIGITS: Final = "digits"
SOUNDS: Final = "sounds"

_FORMAT = "1"
"""Raise it whenever kept answers would mean something else."""


@dataclass(frozen=True)
class Tried:
    """One utterance, and what came of it.

    ``fired`` are the commands that counted, ``heard`` is everything that was decided, in words;
    ``maybe`` what was asked back. ``delay_seconds`` is the first decision that fired minus the end
    of the sound, None where nothing fired or there was no sound.
    """

    row: TableRow
    voice: str
    fired: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    delay_seconds: float | None = None
    sound_seconds: float = 0.0

    @property
    def right(self) -> bool:
        """Whether what the row asks for fired, and nothing else."""
        return not self.false_commands and (bool(self.fired) or self.row.accepts(None))

    @property
    def false_commands(self) -> int:
        """How many commands fired that the row does not ask for."""
        return sum(not self.row.accepts(_command(one)) for one in self.fired)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Tried":
        """Return what ``asdict`` made a dictionary of."""
        row = TableRow(**{**kept["row"], "commands": tuple(kept["row"]["commands"])})
        lists = {name: tuple(kept[name]) for name in ("fired", "maybe", "heard")}
        return cls(**{**kept, **lists, "row": row})


@dataclass(frozen=True)
class Found:
    """What one listener made of one kind of input in one condition."""

    listener: str
    source: str
    condition: str
    tried: tuple[Tried, ...]


def read_as_text(rows: Sequence[TableRow], dialogs: Content) -> list[Found]:
    """Return what is understood of written utterances; the plain loop looks its phrases up."""
    understanding = Understanding(dialogs)
    return [
        Found(EAR, UTTERANCES, TEXT, tuple(_read(one, understanding, dialogs) for one in rows)),
        Found(PLAIN, UTTERANCES, TEXT, tuple(_looked_up(one, dialogs) for one in rows)),
    ]


def _read(row: TableRow, understanding: Understanding, dialogs: Content) -> Tried:
    judged = judge(understanding, dialogs, row)
    meaning = judged.meaning
    fired = (str(judged.obeyed),) if judged.obeyed else ()
    maybe = (str(meaning.maybe),) if meaning.maybe else ()
    return Tried(row, "", fired, maybe, (f"{meaning.command or meaning.reason}: {row.utterance}",))


def _looked_up(row: TableRow, dialogs: Content) -> Tried:
    command = dialogs.vocabulary.get(row.utterance)
    counts = command is not None and command.name in dialogs.live_commands(row.state)
    return Tried(row, "", (str(command),) if counts else ())


def try_scene(bench: Bench, model_dir: Path, scene: Scene) -> list[Found]:
    """Play a scene to all who are asked, in this process; what is kept is not played again."""
    said = clips.spoken(workshop_of(bench), scene)
    return _all(bench, model_dir, UTTERANCES, scene.condition, said, str(scene.voice))


def try_digits(bench: Bench, model_dir: Path, condition: str, one_in: int) -> list[Found]:
    """Play numbers said by people where a number is asked for."""
    said = clips.digits(workshop_of(bench), condition, one_in)
    return _all(bench, model_dir, DIGITS, condition, said, "people")


def try_sounds(bench: Bench, model_dir: Path, one_in: int) -> list[Found]:
    """Play music, breathing and water where a number is asked for."""
    return [
        found
        for name, clip in clips.sounds(one_in).items()
        for found in _all(
            bench,
            model_dir,
            SOUNDS,
            CLEAN,
            [(TableRow(0, NUMBER_STATE, (NO_COMMAND,), name), clip)],
            "",
        )
    ]


def listen(ear: EarLike, said: Sequence[Said], voice: str, dialogs: Content) -> list[Tried]:
    """Play utterances to an ear, each in its own state; return what came of each.

    Those of the same state follow each other, as in a session.
    """
    in_order = sorted(said, key=lambda one: one[0].state)
    moments = [Listening(dialogs.live_commands(one.state)) for one, _ in in_order]
    heard = hear_all(
        ear, ((clip.pcm, moment) for (_, clip), moment in zip(in_order, moments, strict=True))
    )
    return [
        _tried(one, clip, voice, decided, moment.live)
        for (one, clip), moment, decided in zip(in_order, moments, heard, strict=True)
    ]


def _tried(
    row: TableRow, clip: Clip, voice: str, decided: Sequence[Heard], live: frozenset[str]
) -> Tried:
    fired = [one for one in decided if one.command and one.command.name in live]
    delay = round(fired[0].decided_seconds - clip.end_seconds, 3) if fired else None
    return Tried(
        row,
        voice,
        tuple(str(one.command) for one in fired),
        tuple(str(one.maybe) for one in decided if one.maybe and not one.command),
        tuple(f"{one.command or one.reason}: {one.text}" for one in decided),
        delay,
        round(len(clip.pcm) / EAR_RATE_HZ, 3),
    )


def _command(text: str) -> Command:
    """Return a command from how ``str`` writes it: "number(8)"."""
    name, _, slot = text.partition("(")
    return Command(name, slot.removesuffix(")"))


def _all(
    bench: Bench, model_dir: Path, source: str, condition: str, said: Sequence[Said], voice: str
) -> list[Found]:
    if not said:
        return []
    return [
        Found(
            listener,
            source,
            condition,
            tuple(_kept(bench, model_dir, listener, said, voice)),
        )
        for listener in ASKED
    ]


def _kept(
    bench: Bench, model_dir: Path, listener: str, said: Sequence[Said], voice: str
) -> list[Tried]:
    store = Store(bench.store, fresh=bench.fresh)
    key = key_of("understanding", _FORMAT, fingerprint(listener, model_dir), *_essence(said))
    kept = store.get(key)
    if kept is None:
        dialogs = content()
        ear = LISTENERS[listener](model_of(model_dir), dialogs, model_dir)
        tried = listen(ear, said, voice, dialogs)
        kept = [asdict(one) for one in tried]
        store.put(key, kept)
    return list(map(Tried.from_dict, kept))


def _essence(said: Iterable[Said]) -> Iterator[str]:
    """Yield what tells these utterances from others: all that is known of them, and the samples."""
    for one, clip in said:
        samples = hashlib.sha256(clip.pcm.tobytes()).hexdigest()
        yield f"{one} {samples} {replace(clip, pcm=silence(0))}"
