"""What listening costs: CPU time by what there is to hear, and memory, each in a process alone."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from rueckgrat.calibration.peers import EAR, PLAIN
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.messages.heard import Listening
from skill.parts import EarLike
from workbench.ears.contenders import MAKERS, Contender
from workbench.ears.corpora import readable
from workbench.ears.figures import AT_MOST, Figure, Value
from workbench.ears.measuring import Bench, content, model_of, workshop_of
from workbench.ears.scenes import TRAINING_STATE
from workbench.ears.sounds import breathing, hiss, silence_sound
from workbench.ears.voices import SyntheticPeople, every_way, variants

SECONDS = 120
LEAST_SECONDS = 30
_SETTLE_SECONDS = 5
"""Heard before the clock starts: an hour has one beginning, half a minute must not be all of it."""

SILENCE_GOAL_SHARE = 1 / 5
_SILENCES = ("digital silence", "a quiet room (hiss at -65 dBFS)")
_MEMORY = "memory"
_SEED = 20261123


def cost_rows(
    bench: Bench, asked: Sequence[Contender], *, one_in: int, report: Callable[[str], None]
) -> Iterator[Figure]:
    """Yield CPU seconds by the hour of listening, and peak memory, of everybody."""
    seconds = max(SECONDS // one_in, LEAST_SECONDS)
    costs = {}
    for one in asked:
        costs[one.title] = _in_new_process(bench, one, seconds)
        report(f"cost of {one.title}")
    of = f"{seconds} s heard"
    for name in (*_SILENCES, "noise", "speech"):
        values = {who: Value(cost[name], "s/h", of) for who, cost in costs.items()}
        goal = values[PLAIN].number * SILENCE_GOAL_SHARE if name in _SILENCES else None
        yield Figure("CPU time by the hour of listening", name, values, goal, AT_MOST)
        ratio = Value(costs[EAR][name] / max(costs[PLAIN][name], 1e-9), "x", of)
        goal = SILENCE_GOAL_SHARE if name in _SILENCES else None
        title = f"{name}, ear / plain loop"
        yield Figure("CPU time by the hour of listening", title, {EAR: ratio}, goal, AT_MOST)
    memory = {who: Value(cost[_MEMORY], "MiB", "whole process") for who, cost in costs.items()}
    yield Figure("Memory", "peak", memory)


def measure_cost(bench: Bench, who: Contender, seconds: int) -> dict[str, float]:
    """Return CPU seconds by the hour of each sound, and the peak of memory in MiB."""
    sounds = _sounds(bench, seconds)
    ear = MAKERS[who.listener](model_of(who.model), content(), who.model)
    listening = Listening(content().live_commands(TRAINING_STATE))
    costs = {}
    for name, pcm in sounds.items():
        _hear(ear, pcm[: _SETTLE_SECONDS * EAR_RATE_HZ], listening)
        began = time.process_time()
        _hear(ear, pcm, listening)
        costs[name] = (time.process_time() - began) / (len(pcm) / EAR_RATE_HZ) * 3600
    costs[_MEMORY] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return costs


def _hear(ear: EarLike, pcm: Pcm, listening: Listening) -> None:
    for first in range(0, len(pcm) - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES):
        ear.process(pcm[first : first + EAR_BLOCK_SAMPLES], listening)


def _sounds(bench: Bench, seconds: int) -> dict[str, Pcm]:
    """Return what is listened to; made here where there are no recordings."""
    noises = [pcm for _, pcm in workshop_of(bench).surroundings("test").noises]
    return {
        _SILENCES[0]: silence_sound(seconds, _SEED),
        _SILENCES[1]: hiss(seconds, _SEED),
        "noise": _long(noises or [breathing(seconds, _SEED)], seconds),
        "speech": _long(_speech(bench), seconds),
    }


def _speech(bench: Bench) -> list[Pcm]:
    sentences = [one for one in workshop_of(bench).read("kerstin") if not one.heard][:40]
    if sentences:
        return [pcm for _, pcm in readable(sentences)]
    people = SyntheticPeople(content())
    spoken = every_way(content().vocabulary, "test")[:: len(variants("test")) + 1]
    return [np.pad(people.say(*one), (0, EAR_RATE_HZ // 2)) for one in spoken]


def _long(sounds: list[Pcm], seconds: int) -> Pcm:
    return np.resize(np.concatenate(sounds), seconds * EAR_RATE_HZ)


def _in_new_process(bench: Bench, who: Contender, seconds: int) -> dict[str, float]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(measure_cost, bench, who, seconds).result()
