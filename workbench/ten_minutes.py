"""Ten minutes of training by a recorded user, in a process of its own: its cost and its memory.

    python -m workbench.ten_minutes [--voice NAME]

prints one line of JSON: ``audio_seconds``, ``wall_seconds``, ``cpu_seconds``, ``peak_mib``. With
another voice than that of the settings its lines are rendered first, which does not count, and
then said as in a live session; ``said``, ``unready`` and ``slowest_block_seconds`` are told, too.
"""

import json
import resource
import time
from collections import deque
from typing import Annotated

import typer

from rueckgrat.observers.record import Record
from rueckgrat.replay.runner import play
from skill.audio.hiss import with_hiss
from skill.messages.blocks import EAR_BLOCK_SAMPLES, Pcm, silence
from skill.observers import Observers
from skill.session import Session
from skill.settings import load_settings
from skill.voice import Voice
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
        self._given_at = 0.0
        self.slowest_block_seconds = 0.0

    def next_block(self, record: Record, now_seconds: float) -> Pcm:
        """Return the next 1,600 samples at 16 kHz; take the time until the next are wanted."""
        if self._given_at:
            seconds = time.thread_time() - self._given_at
            self.slowest_block_seconds = max(self.slowest_block_seconds, seconds)
        if not self._saying:
            coach_is_quiet = now_seconds > record.quiet_from_seconds + 1.0
            answer = self._answers.get(self._session.state) if coach_is_quiet else None
            self._saying.extend(answer or self._waiting)
        self._given_at = time.thread_time()
        return self._saying.popleft()


def measure(studio: Studio, voice: Voice | None = None) -> dict[str, float]:
    """Run the session; CPU time is user and system time of the whole process meanwhile.

    What ``voice`` should have had ready and had not is counted.
    """
    spoken = {one.name: one.pcm for one in spoken_commands(studio.content)}
    recordings = {state: spoken[f"{SPEAKER}/{word}.ogg"] for state, word in ANSWERS.items()}
    record = Record()
    session = studio.session(studio.ear(), observers=Observers([record]), voice=voice)
    trainee = Trainee(session, recordings)
    wall, cpu = time.perf_counter(), time.process_time()
    take = play(session, record, trainee, limit_seconds=TEN_MINUTES_SECONDS)
    if not take.timed_out:
        raise RuntimeError(f"the session ended after {take.seconds:.0f} s, in {take.state}")
    return {
        "audio_seconds": take.seconds,
        "wall_seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "slowest_block_seconds": trainee.slowest_block_seconds,
        "said": voice.ahead.said if voice and voice.ahead else 0,
        "unready": voice.ahead.unready if voice and voice.ahead else 0,
    }


def prepared(studio: Studio) -> Voice:
    """Return a voice for a live session that has rendered what is said in the ten minutes.

    Other lines that might have been said are left out: with all of them nothing would be rendered
    in the session, either.
    """
    measure(studio)
    voice = studio.voice()
    voice.render_ahead((), ())
    voice.expect = lambda upcoming: None  # type: ignore[method-assign] # noqa: ARG005
    return voice


def main(
    voice: Annotated[str, typer.Option(help="Another voice than that of the settings.")] = "",
) -> None:
    """Measure the ten minutes."""
    settings = load_settings()
    if not voice:
        print(json.dumps(measure(Studio(settings))))
        return
    studio = Studio(settings.model_copy(update={"voice": voice}))
    print(json.dumps(measure(studio, prepared(studio))))


if __name__ == "__main__":
    typer.run(main)
