"""A made-up session of a minute and a half, with sound to find one's place by, and failures."""

from pathlib import Path

import numpy as np

from rueckgrat.replay.checks import Failure
from rueckgrat.replay.output import SESSION_HTML, write_take
from rueckgrat.replay.runner import Take
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, silence
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    ExerciseBegan,
    Problem,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)
from skill.messages.heard import ECHO, Command

SECONDS = 90.0
EVENTS: tuple[Event, ...] = (
    StateEntered(0.1, "welcome"),
    Said(0.1, 2.0, "Hallo & <b>willkommen</b>.", "welcome.hello"),
    CommandHeard(5.0, 5.6, 5.8, "weiter", Command.parsed("next")),
    StateEntered(6.0, "exercise.introduce"),
    ExerciseBegan(6.0, "bruecke", "Die Brücke", 8, (), "normal", 60.0, 1, 2),
    Said(6.1, 9.0, "Wir machen die Brücke.", "bruecke.introduction"),
    ExerciseBegan(6.0, "bruecke", "Die Brücke", 5, (), "normal", 40.0, 1, 2),
    BreathSounded(10.0, 14.0, "in"),
    BreathSounded(14.0, 18.0, "out"),
    SpeechRejected(20.0, 21.0, 21.5, "</script>das wetter", "unknown words"),
    ToneSounded(21.5, 21.7, "rejected"),
    SpeechDropped(25.0, 25.5, 25.6, "heben", ECHO),
    Problem(27.0, "Das konnte ich mir nicht merken."),
    *(Said(30.0 + 2 * n, 31.5 + 2 * n, f"Wiederholung {n + 1}.", "count") for n in range(29)),
    Said(88.0, 90.5, "Bis zum nächsten Mal.", "goodbye.quit", is_cut=True),
)
FAILURES = (
    Failure(("steps", 0, "expect", 0), "Das ist nicht passiert.", 40.0, "heard: <stop>"),
    Failure(("never", 0), "Das darf nicht passieren, kam aber.", 60.0, "state: paused"),
)


def take() -> Take:
    """Return the session: a tone from 5 s on of the person, from 30 s on of the coach."""
    heard, played = silence(round(SECONDS * EAR_RATE_HZ)), silence(round(SECONDS * VOICE_RATE_HZ))
    for pcm, rate_hz, begins in ((heard, EAR_RATE_HZ, 5), (played, VOICE_RATE_HZ, 30)):
        times = np.arange(rate_hz) / rate_hz
        pcm[begins * rate_hz : (begins + 1) * rate_hz] = 9_000 * np.sin(2 * np.pi * 440 * times)
    return Take(EVENTS, heard, played, SECONDS, "goodbye", True, False)


def written(folder: Path, *failures: Failure) -> Path:
    """Write the session's files into a folder; return the page."""
    write_take(folder, take(), "Ein „Versuch“ & mehr", failures)
    return folder / SESSION_HTML
