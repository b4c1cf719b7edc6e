"""Is this machine fast enough, and has it enough memory? Measured, not looked up."""

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rueckgrat.doctor.finding import Figures, Finding, decimal, failure, ok, warning
from skill.audio.hiss import with_hiss
from skill.audio.resample import resample
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from skill.messages.heard import Listening
from skill.parts import EarLike
from skill.session import Session
from skill.trainer import Trainer

SESSION_SECONDS = 12.0
"""Long enough for the coach's welcome, with somebody speaking into it."""

_MOST_SHARE = 0.9
_MUCH_SHARE = 0.6
"""Of one core: what is needed at most, on average. The rest of the system needs some, too."""

_LEAST_FREE_MIB = 64.0
_SEED = 7


@dataclass(frozen=True)
class Memory:
    """``used_mib`` by this program (resident), ``free_mib`` of ``total_mib`` of the machine."""

    used_mib: float
    free_mib: float
    total_mib: float


@dataclass(frozen=True)
class MachineLoad:
    """Shares of one core (CPU seconds per second of sound), and memory during a session.

    ``worst_block_seconds`` is the longest that a block of 0.1 s took; the queues bear 2 s.
    """

    ear_share: float
    session_share: float
    worst_block_seconds: float
    cores: int
    memory: Memory


def measure_load(trainer: Trainer, said: Pcm) -> MachineLoad:
    """Let the ear hear ``said`` (22,050 Hz), then a whole session in which it is said twice.

    CPU time counts, so that other programs don't. SkillError when no session can be opened,
    OSError or ValueError where the kernel does not tell about memory.
    """
    speech = resample(said, VOICE_RATE_HZ, EAR_RATE_HZ)
    ear, voice = trainer.ear(), trainer.voice()
    ear_share = _ear_share(ear, frozenset(trainer.content.commands), speech)
    session = Session(ear, trainer.coach(voice, seed=_SEED), voice)
    session_share, slowest_seconds = _session_share(session, speech)
    return MachineLoad(
        ear_share, session_share, slowest_seconds, os.cpu_count() or 1, read_memory()
    )


def _ear_share(ear: EarLike, live: frozenset[str], speech: Pcm) -> float:
    """Return what listening to a person costs."""
    listening = Listening(live)
    blocks = with_hiss(speech, 5 + speech.size // EAR_BLOCK_SAMPLES)
    began = time.process_time()
    for block in blocks:
        ear.process(block, listening)
    return (time.process_time() - began) / (len(blocks) * BLOCK_SECONDS)


def _session_share(session: Session, speech: Pcm) -> tuple[float, float]:
    """Return the share of a core that a session takes, and how long the slowest block took."""
    pause = silence(2 * EAR_RATE_HZ)
    said = np.concatenate([pause, speech, pause, speech])
    blocks = with_hiss(said, round(SESSION_SECONDS / BLOCK_SECONDS))
    slowest_seconds = 0.0
    began = time.process_time()
    for block in blocks:
        block_began = time.perf_counter()
        session.process(block)
        slowest_seconds = max(slowest_seconds, time.perf_counter() - block_began)
    share = (time.process_time() - began) / (len(blocks) * BLOCK_SECONDS)
    return share, slowest_seconds


def read_memory(proc: Path = Path("/proc")) -> Memory:
    """Return what the kernel says now; OSError or ValueError where it says nothing."""
    machine = (proc / "meminfo").read_text()
    own = (proc / "self/status").read_text()
    return Memory(_mib("VmRSS", own), _mib("MemAvailable", machine), _mib("MemTotal", machine))


def _mib(name: str, text: str) -> float:
    line = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    if line is None:
        raise ValueError(f"no {name}")
    return int(line[1]) / 1024


def check_load(load: MachineLoad) -> Finding:
    """Judge how busy training would keep this machine."""
    share = max(load.ear_share, load.session_share)
    figures: Figures = {
        "ear_realtime_factor": round(load.ear_share, 4),
        "session_share_of_core": round(load.session_share, 4),
        "worst_block_ms": round(1_000 * load.worst_block_seconds, 1),
        "cores": load.cores,
    }
    measured = (
        f"Zuhören kostet {decimal(100 * load.ear_share, 1)} % eines Prozessorkerns, ein ganzes"
        f" Training {decimal(100 * load.session_share, 1)} %; es gibt {load.cores}."
    )
    if share >= _MOST_SHARE:
        return failure(
            "load",
            f"Dieser Rechner kommt nicht mit. {measured}",
            "Nimm das eingebaute Sprachmodell („rueckgrat model use rueckgrat-small-de“), oder"
            " einen schnelleren Rechner.",
            **figures,
        )
    if share >= _MUCH_SHARE:
        return warning(
            "load",
            f"Das wird knapp. {measured}",
            "Lass nebenher nichts anderes laufen, und nimm das eingebaute Sprachmodell.",
            **figures,
        )
    return ok("load", measured, **figures)


def check_memory(memory: Memory) -> Finding:
    """Judge what is left of the machine's memory while a session is in it."""
    figures: Figures = {
        "used_mib": round(memory.used_mib),
        "free_mib": round(memory.free_mib),
        "total_mib": round(memory.total_mib),
    }
    measured = (
        f"Ich brauche {decimal(memory.used_mib)} MB Arbeitsspeicher, frei sind noch"
        f" {decimal(memory.free_mib)} von {decimal(memory.total_mib)} MB."
    )
    if memory.free_mib < _LEAST_FREE_MIB:
        mend = "Beende andere Programme, oder nimm das kleine, eingebaute Sprachmodell."
        return warning("memory", measured, mend, **figures)
    return ok("memory", measured, **figures)
