"""Renders lines ahead and keeps them, so that a slow voice never keeps anybody waiting."""

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from rueckgrat.corpus import PEOPLE, all_sentences
from rueckgrat.voices.order import most_important_first
from skill.content.schema import Content, Manner, Programme
from skill.errors import SkillError, VoiceError
from skill.files import held, listed
from skill.messages.blocks import VOICE_RATE_HZ
from skill.paths import user_dir
from skill.settings import Settings
from skill.trainer import respellings_for
from skill.voice import open_synthesiser
from skill.voice.apart import Apart
from skill.voice.cache import LineCache
from skill.voice.choice import read_choice
from skill.voice.manners import words_per_minute
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Synthesiser
from skill.written.text import read_text

_WORKER_BYTES = 400_000_000
"""A natural voice takes 250 MB, and others want to live, too."""

_MEMORY = Path("/proc/meminfo")

_GIVEN_UP_AFTER = 5
"""So many lines in a row that can't be spoken are no accident any more."""

_GO_ON = "Dann geht es mit „rueckgrat voice prepare“ da weiter, wo es aufgehört hat."


class Worker:
    """Renders lines and keeps them on disk only, as a training will ask for them."""

    def __init__(self, synthesiser: Synthesiser, respell: Respeller) -> None:
        self._cache = LineCache(kept_dir())
        self._lines = Renderings(synthesiser, respell, self._cache, max_memory_bytes=0)

    def is_kept(self, text: str) -> bool:
        """Return whether the line needs not be rendered any more."""
        return self._lines.is_kept(text)

    def keep(self, text: str) -> float:
        """Render the line if need be, and return its seconds; VoiceError if it can't be spoken.

        SkillError if it can't be kept: going on would be in vain.
        """
        seconds = len(self._lines.pcm(text)) / VOICE_RATE_HZ
        if problem := self._cache.problem:
            raise SkillError(problem.problem, f"{problem.mend} {_GO_ON}", code=problem.code)
        return seconds


@dataclass
class Prepared:
    """How far it has come."""

    lines: int
    kept_before: int
    rendered: int = 0
    speech_seconds: float = 0.0
    """Of what was rendered now."""
    seconds: float = 0.0
    unspoken: list[str] = field(default_factory=list)
    """Lines that the voice cannot speak."""
    seconds_left: float | None = None
    """None until something has been rendered."""

    @property
    def done(self) -> int:
        """Lines that need nothing more."""
        return self.kept_before + self.rendered + len(self.unspoken)


def prepare(
    workers: Sequence[Worker], texts: Sequence[str], clock: Callable[[], float] = time.monotonic
) -> Iterator[Prepared]:
    """Render all that is not kept yet, in this order; yield how far it is, first and after each.

    As many lines at once as there are ``workers``. Ending it, at any moment, loses what is being
    rendered at most: whoever begins anew goes on from there. SkillError once nothing can be kept
    any more, and VoiceError once the voice fails at everything.
    """
    missing = [text for text in texts if not workers[0].is_kept(text)]
    state = Prepared(len(texts), len(texts) - len(missing))
    begin = clock()
    signs, signs_left = 0, sum(map(len, missing))
    yield state
    failures = 0
    for text, result in _rendered(workers, missing):
        if isinstance(result, VoiceError):
            state.unspoken.append(text)
            failures += 1
            if failures == _GIVEN_UP_AFTER:
                raise result
        else:
            state.rendered += 1
            state.speech_seconds += result
            failures = 0
        signs, signs_left = signs + len(text), signs_left - len(text)
        state.seconds = clock() - begin
        state.seconds_left = state.seconds / signs * signs_left if signs else None
        yield state


def _rendered(
    workers: Sequence[Worker], texts: Iterable[str]
) -> Iterator[tuple[str, float | VoiceError]]:
    """Render the lines; yield each with its seconds of speech, or why it can't be spoken."""
    free: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def render(text: str) -> tuple[str, float | VoiceError]:
        worker = free.get()
        try:
            return text, worker.keep(text)
        except VoiceError as error:
            return text, error
        finally:
            free.put(worker)

    with ThreadPoolExecutor(len(workers), "prepare") as pool:
        running: set[Future[tuple[str, float | VoiceError]]] = set()
        for text in texts:
            running.add(pool.submit(render, text))
            if len(running) == len(workers):
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        yield from (one.result() for one in running)


@contextlib.contextmanager
def the_only_preparation() -> Iterator[bool]:
    """Yield whether nobody else on this machine renders ahead meanwhile."""
    with held(user_dir("cache") / "preparing.lock") as alone:
        yield alone


def kept_dir() -> Path:
    """Return the folder of the lines that are kept."""
    return user_dir("cache") / "voice"


def kept_bytes() -> int:
    """Return how much all lines that are kept take, of all voices."""
    total = 0
    for path in listed(kept_dir()):
        with contextlib.suppress(OSError):  # given up in the moment
            total += path.stat().st_size
    return total


@dataclass(frozen=True)
class Batch:
    """Lines that one voice says in one manner."""

    voice: str
    manner: Manner
    texts: list[str]

    @property
    def title(self) -> str:
        """What somebody is told who waits for it."""
        calm = self.manner != Manner()
        return f"{self.voice}, mit {self.manner.rate} Wörtern in der Minute" if calm else self.voice


def batches(settings: Settings, content: Content) -> list[Batch]:
    """Return all that may be said in this household, by all voices in use: the usual manner first.

    In the manner of a programme there are its own lines and what is said everywhere, but no
    answers to questions about backs and training.
    """
    usual = all_lines(settings, content)
    mannered = [
        (one.voice, all_lines(settings, _only(content, one)))
        for one in content.programmes
        if one.voice != Manner()
    ]
    return [
        Batch(voice, manner, texts)
        for manner, texts in [(Manner(), usual), *mannered]
        for voice in settings.voices_in_use
    ]


def _only(content: Content, programme: Programme) -> Content:
    ids = dict.fromkeys((*programme.exercises, *programme.instead.values()))
    exercises = tuple(content.exercise(one) for one in ids)
    left = {"exercises": exercises, "programmes": (programme,), "topics": {}}
    return content.model_copy(update=left)


def workers_for(batch: Batch, settings: Settings, content: Content, count: int = 1) -> list[Worker]:
    """Return what renders such lines; VoiceError if the voice can't be used.

    A natural voice gets ``count`` processes of its own, one of espeak-ng a single one: it is fast.
    """
    choice = read_choice(batch.voice)
    respeller = Respeller(respellings_for(settings, content, choice))
    speed = words_per_minute(settings.words_per_minute, batch.manner.rate)
    synthesiser = open_synthesiser(choice, speed, batch.manner.pitch)
    if isinstance(synthesiser, Apart):
        return [Worker(synthesiser.elsewhere(), respeller) for _ in range(count)]
    return [Worker(synthesiser, respeller)]


def useful_workers() -> int:
    """Return how many processes of a natural voice this machine has processors and memory for.

    It may be none: then one would push others out of memory.
    """
    free = re.search(r"^MemAvailable: *(\d+) kB", read_text(_MEMORY), re.MULTILINE)
    fit = int(free[1]) * 1_024 // _WORKER_BYTES if free else 1
    return min(len(os.sched_getaffinity(0)), fit)


def all_lines(settings: Settings, content: Content) -> list[str]:
    """Return all that may be said in this household, the most important first."""
    return most_important_first(content, all_sentences(content, settings.people or PEOPLE))
