"""Ten minutes of training by a recorded user, in a process of its own: its cost and its memory.

    python -m workbench.ten_minutes

prints one line of JSON: ``audio_seconds``, ``wall_seconds``, ``cpu_seconds``, ``peak_mib``.
"""

import json
import resource
import time
from collections import deque

from rueckgrat.observers.record import Record
from rueckgrat.replay.runner import play
from skill.audio.hiss import with_hiss
from skill.messages.blocks import EAR_BLOCK_SAMPLES, Pcm, silence
from skill.observers import Observers
from skill.session import Session
from skill.settings import load_settings
from workbench.recordings import spoken_commands
from workbench.studio import Studio

TEN_MINUTES_SECONDS = 600.0

SPEAKER = "anna"
ANSWERS = {
    "safety.ask": "ja",
    "menu.ask": "alle-drei",
    "menu.count": "zwoelf",
    "exercise.position": "weiter",
    "exercise.rest": "weiter",
}
"""Which recording answers in which state, once the coach has been quiet for a second."""


class Trainee:
    """A user who answers every question and otherwise lets a quiet room be heard."""

    def __init__(self, session: Session, recordings: dict[str, Pcm]) -> None:
        self._session = session
        self._waiting = list(with_hiss(silence(0), 1))
        self._answers = {
            state: list(with_hiss(pcm, len(pcm) // EAR_BLOCK_SAMPLES + 10))
            for state, pcm in recordings.items()
        }
        self._saying: deque[Pcm] = deque()

    def next_block(self, record: Record, now_seconds: float) -> Pcm:
        """Return the next 1,600 samples at 16 kHz."""
        if not self._saying:
            coach_is_quiet = now_seconds > record.quiet_from_seconds + 1.0
            answer = self._answers.get(self._session.state) if coach_is_quiet else None
            self._saying.extend(answer or self._waiting)
        return self._saying.popleft()


def measure(studio: Studio) -> dict[str, float]:
    """Run the session; CPU time is user and system time of the whole process meanwhile."""
    spoken = {one.name: one.pcm for one in spoken_commands(studio.content)}
    recordings = {state: spoken[f"{SPEAKER}/{word}.ogg"] for state, word in ANSWERS.items()}
    record = Record()
    session = studio.session(studio.ear(), observers=Observers([record]))
    wall, cpu = time.perf_counter(), time.process_time()
    take = play(session, record, Trainee(session, recordings), limit_seconds=TEN_MINUTES_SECONDS)
    if not take.timed_out:
        raise RuntimeError(f"the session ended after {take.seconds:.0f} s, in {take.state}")
    return {
        "audio_seconds": take.seconds,
        "wall_seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Studio(load_settings()))))
