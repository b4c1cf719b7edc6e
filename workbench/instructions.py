"""How many instructions a second of audio takes, and what that means for smaller computers.

    python -m workbench.instructions [--seconds 4]

Runs each piece of work twice under ``valgrind --tool=callgrind``, on ``--seconds`` of audio and on
twice as much: the difference is the work alone, without imports and loading. Counts are repeatable
and no matter of how busy the machine is. docs/performance.md holds the figures and the arithmetic.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from skill.errors import SkillError
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence

_TOTAL = re.compile(r"^(?:summary|totals): (\d+)", re.MULTILINE)

VECTOR_PENALTY = 2.0
"""ARM's vectors of 128 bits hold half of what x86-64's 256 bits do: at most twice as many
instructions, if all of them were vector instructions. What is scalar costs about the same."""


@dataclass(frozen=True)
class Computer:
    """A computer to be reckoned with: clock in GHz, instructions a cycle of one core.

    The instructions a cycle are cautious guesses from the cores' published widths (two, three and
    four instructions a cycle at best), for code that waits for memory half of its time.
    """

    name: str
    clock_ghz: float
    instructions_per_cycle: float

    def share_of_a_core(self, instructions_per_second: float) -> float:
        """Return the load by so many (x86-64) instructions for each second of audio."""
        return instructions_per_second * VECTOR_PENALTY / self.capacity

    @property
    def capacity(self) -> float:
        """Instructions a second of one core."""
        return self.clock_ghz * 1e9 * self.instructions_per_cycle


COMPUTERS = (
    Computer("Pi Zero 2 W (Cortex-A53)", 1.0, 0.7),
    Computer("Pi 3 B+ (Cortex-A53)", 1.4, 0.7),
    Computer("Pi 4 (Cortex-A72)", 1.5, 1.2),
    Computer("Pi 5 (Cortex-A76)", 2.4, 1.8),
)


_LEAD_SECONDS = 6.0
"""Heard before, in both runs: by then the voice gate has closed over silence."""

_LINES_SECONDS = 15.0
"""Lines are long; so many times as much speech is rendered as was asked for."""


def _listen(seconds: float, sound: Pcm) -> None:
    """Let the ear hear so much of a sound, in a loop, while the coach says nothing."""
    from skill.messages.heard import Listening
    from skill.settings import Settings
    from workbench.studio import Studio

    studio = Studio(Settings())
    ear, listening = studio.ear(), Listening(studio.content.live_commands("menu.ask"))
    blocks = sound[: len(sound) // EAR_BLOCK_SAMPLES * EAR_BLOCK_SAMPLES]
    parts = np.split(blocks, len(blocks) // EAR_BLOCK_SAMPLES)
    for block in islice(cycle(parts), round((_LEAD_SECONDS + seconds) / BLOCK_SECONDS)):
        ear.process(block, listening)


def _speech() -> Pcm:
    from rueckgrat.recordings.files import read_recording
    from skill.paths import dialogs_dir

    recordings = sorted((dialogs_dir() / "demonstration" / "recordings").glob("*.ogg"))
    return np.concatenate([read_recording(one) for one in recordings])


def _speak(seconds: float) -> None:
    """Render `_LINES_SECONDS` times so many seconds of speech, none of which is kept."""
    from skill.settings import Settings
    from workbench.studio import Studio

    with tempfile.TemporaryDirectory():
        voice, said = Studio(Settings()).voice(), 0.0
        while said < seconds * _LINES_SECONDS:
            said += voice.speech_seconds(
                f"Wir heben das Becken, Wirbel für Wirbel, {said:.2f} mal."
            )


_SPEAKING = "rendering speech"

WORK: dict[str, Callable[[float], None]] = {
    "listening to speech": lambda seconds: _listen(seconds, _speech()),
    "listening to silence": lambda seconds: _listen(seconds, silence(EAR_RATE_HZ)),
    _SPEAKING: _speak,
}


def instructions(work: str, seconds: float) -> float:
    """Return the instructions that a second of audio takes; SkillError without valgrind."""
    audio_seconds = seconds * (_LINES_SECONDS if work == _SPEAKING else 1.0)
    return (_count(work, 2 * seconds) - _count(work, seconds)) / audio_seconds


def _count(work: str, seconds: float) -> int:
    if not shutil.which("valgrind"):
        raise SkillError("valgrind is missing.", "Type: sudo apt-get install valgrind")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind.out"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", sys.executable]
        command += ["-m", __spec__.name, "--work", work, "--seconds", str(seconds)]
        environment = {**os.environ, "RUECKGRAT_HOME": folder}  # nothing is rendered beforehand
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        found = _TOTAL.search(out.read_text(encoding="utf-8")) if out.exists() else None
    if done.returncode or not found:
        raise SkillError(f"valgrind failed: {done.stderr.strip()[-500:]}", "Try it by hand.")
    return int(found[1])


def table(counts: dict[str, float]) -> Iterator[str]:
    """Yield the lines of the table: millions of instructions, and the share of one core each."""
    yield "| work | million instructions per second of audio |" + "".join(
        f" {one.name} |" for one in COMPUTERS
    )
    yield "|---|---|" + "---|" * len(COMPUTERS)
    for work, count in counts.items():
        shares = "".join(f" {one.share_of_a_core(count):.1%} |" for one in COMPUTERS)
        yield f"| {work} | {count / 1e6:.0f} |{shares}"


def main() -> None:
    """Count, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--work", choices=WORK, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        WORK[options.work](options.seconds)
        return
    print("\n".join(table({work: instructions(work, options.seconds) for work in WORK})))


if __name__ == "__main__":
    main()
