"""Plays scenes to listeners in several processes; each answer is kept as soon as it is there."""

import hashlib
import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from rueckgrat.fetching.speech_models import FETCHABLE
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.content.states import STATES
from skill.ear import SpeechModel
from skill.errors import SkillError
from skill.messages.blocks import silence
from skill.messages.heard import Command
from workbench.ears.answers import Answer, as_dicts, ask
from workbench.ears.clips import Clip
from workbench.ears.contenders import MAKERS, Contender
from workbench.ears.fingerprint import fingerprint
from workbench.ears.scenes import COMMAND_STATES, Scene
from workbench.ears.store import Store, default_folder, key_of
from workbench.ears.workshop import Workshop

ANY_STATE: Final = "any"
"""The state of a peer's answers to speech: plain loops don't know states."""

_FORMAT = "2"
"""Raise it whenever kept answers would mean something else."""


@dataclass(frozen=True)
class Bench:
    """Where a run finds and keeps things; what a worker process is given."""

    recordings: Path
    store: Path = field(default_factory=default_folder)
    fresh: bool = False


@dataclass(frozen=True)
class Measured:
    """What somebody answered to one scene, and what that cost; ``listener`` is their title."""

    scene: Scene
    model: str
    listener: str
    answers: tuple[Answer, ...]
    audio_seconds: float
    cpu_seconds: float


@dataclass
class Progress:
    """How far a run is."""

    total: int
    done: int = 0
    report: Callable[[str], None] = field(default=lambda _: None)

    def step(self, name: str) -> None:
        """Report one piece of work done."""
        self.done += 1
        self.report(f"[{self.done}/{self.total}] {name}")


def measure_all(
    bench: Bench,
    wanted: Sequence[Scene],
    who: Sequence[Contender],
    jobs: int,
    report: Callable[[str], None],
) -> Iterator[Measured]:
    """Yield what everybody who is asked answered to every scene, in any order."""
    Store(bench.store).forget_old()
    tasks = [(bench, scene, one) for scene in wanted for one in who if _hears(one, scene)]
    progress = Progress(len(tasks), report=report)
    for (_, scene, one), found in in_processes(measure, tasks, jobs):
        progress.step(f"{scene.name} ({one.title})")
        yield from found


def _hears(who: Contender, scene: Scene) -> bool:
    return scene.peers or not who.is_peer


def in_processes(
    work: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], jobs: int
) -> Generator[tuple[tuple[Any, ...], Any], None, None]:
    """Yield each task with its result as it is done; ``spawn``, since espeak-ng survives no fork.

    When the caller stops, or a task fails, the processes are stopped at once.
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_become_worker)
    try:
        pending: dict[Future[Any], tuple[Any, ...]] = {
            pool.submit(work, *task): task for task in tasks
        }
        while pending:
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield pending.pop(future), future.result()
    except BrokenProcessPool as error:
        raise SkillError(
            "A process of the benchmark died, perhaps for want of memory.",
            "Run it again with fewer --jobs: it goes on from here.",
        ) from error
    finally:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        # The pool's own thread reaps them. Whoever joins them here as well races with it for the
        # exit status, and the loser leaves a dead process among the active ones.
        pool.shutdown(cancel_futures=True)


def measure(bench: Bench, scene: Scene, who: Contender) -> list[Measured]:
    """Play a scene to one who is asked, in this process; what is kept is not played again."""
    clips = workshop_of(bench).clips(scene)
    if not clips:
        return []
    if who.model.name in FETCHABLE:  # nobody here knows whom it has learnt from
        clips = [replace(clip, known=False) for clip in clips]
    anywhere = scene.states and (ANY_STATE,)
    states = (anywhere if who.is_peer else scene.states) or ("",)
    return [_measured(bench, scene, clips, who, state) for state in states]


def _measured(
    bench: Bench, scene: Scene, clips: list[Clip], who: Contender, state: str
) -> Measured:
    store = Store(bench.store, fresh=bench.fresh)
    key = key_of(_FORMAT, fingerprint(who.listener, who.model), state, *_essence(clips))
    kept = store.get(key)
    if kept is None:
        kept = _listen(clips, who, state)
        store.put(key, kept)
    answers = tuple(Answer.from_dict(one) for one in kept["answers"])
    return Measured(
        scene, who.model.name, who.title, answers, kept["audio_seconds"], kept["cpu_seconds"]
    )


def _listen(clips: list[Clip], who: Contender, state: str) -> dict[str, Any]:
    dialogs = content()
    ear = MAKERS[who.listener](model_of(who.model), dialogs, who.model)
    began = time.process_time()
    answers = ask(
        ear,
        clips,
        lambda clip: state or state_for(clip.command, dialogs),
        lambda name: frozenset() if name == ANY_STATE else dialogs.live_commands(name),
    )
    return {
        "answers": as_dicts(answers),
        "audio_seconds": sum(len(clip.pcm) for clip in clips) / 16_000,
        "cpu_seconds": time.process_time() - began,
    }


def state_for(command: Command | None, dialogs: Content) -> str:
    """Return the state in which a command is measured: the first in which it counts."""
    for state in (*COMMAND_STATES, *STATES):
        if command and command.name in dialogs.live_commands(state):
            return state
    return ANY_STATE


def _essence(clips: Iterable[Clip]) -> Iterator[str]:
    """Yield what tells these clips from others: their samples, and all that is known of them."""
    for clip in clips:
        samples = hashlib.sha256(clip.pcm.tobytes()).hexdigest()
        yield f"{samples} {replace(clip, pcm=silence(0))}"


@cache
def content() -> Content:
    """Return this process's dialogs."""
    return load_content()


@cache
def model_of(model_dir: Path) -> SpeechModel:
    """Return this process's model."""
    return SpeechModel(model_dir)


@cache
def workshop_of(bench: Bench) -> Workshop:
    """Return this process's workshop."""
    return Workshop(content(), bench.recordings, Store(bench.store))


def _become_worker() -> None:
    """Leave Ctrl-C and warnings, which would come from every process, to the main process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for package in ("rueckgrat", "skill"):
        logging.getLogger(package).setLevel(logging.ERROR)
