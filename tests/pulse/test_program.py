"""The program as a person starts it, with a voice at its microphone and ears at its speaker."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from skill.audio.resample import resample
from skill.content.loader import load_content
from skill.ear.vosk_recogniser import SpeechModel
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.models import BUILT_IN
from skill.paths import models_dir
from tests.homes import furnish
from tests.programs import end_with_the_parent
from tests.pulse.virtual_room import RATE_HZ, VirtualRoom

pytestmark = [pytest.mark.pulse, pytest.mark.slow]

CHECKOUT = Path(__file__).resolve().parents[2]
RECORDINGS = CHECKOUT / "tests/recordings"
PHRASES = load_content().phrases

WAIT_SECONDS = 60
ANSWER_SECONDS = 5
TRIES = 4
"""People say it again when they are not understood. How well that goes is measured elsewhere."""


def _lived_in(folder: Path) -> Path:
    """Return the home of a trainer that has been met before: it doesn't introduce itself again."""
    home = folder / "home"
    furnish(home)
    (home / "data").mkdir()
    (home / "data" / "met.txt").touch()
    return home


class Trainer:
    """``python main.py train`` and the lines of its transcript as they come: (who, what)."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "main.py"), "train"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONUTF8": "1", "RUECKGRAT_HOME": str(_lived_in(folder))},
            preexec_fn=end_with_the_parent,
        )
        self.transcript: list[tuple[str, str]] = []
        self.rest: list[str] = []
        self._turn = 0
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def turn(self) -> None:
        """Begin a new turn of the conversation: what follows counts."""
        self._turn = len(self.transcript)

    def hears(self, words: str) -> bool:
        """Wait a moment until the trainer has heard these words in this turn."""
        return self._in_this_turn(lambda line: line == ("Du", words), ANSWER_SECONDS)

    def coach_says(self, line_id: str = "") -> bool:
        """Wait until the coach says a sentence of such a line of the dialogs, in this turn."""
        variants = [
            text for name, texts in PHRASES.items() if name.startswith(line_id) for text in texts
        ]
        return self._in_this_turn(
            lambda line: line[0] == "Coach" and any(line[1] in text for text in variants),
            WAIT_SECONDS,
        )

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and what was printed to stderr."""
        code = self.process.wait(WAIT_SECONDS)
        self._reader.join()
        assert self.process.stderr
        return code, self.process.stderr.read()

    def _in_this_turn(self, matches: Callable[[tuple[str, str]], bool], seconds: float) -> bool:
        with self._news:
            return self._news.wait_for(
                lambda: any(map(matches, self.transcript[self._turn :])), seconds
            )

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            entry = re.match(r"\d+:\d\d\.\d +(Coach|Du) +(.*)", line)
            with self._news:
                if entry:
                    self.transcript.append((entry[1], entry[2].strip()))
                else:
                    self.rest.append(line)
                self._news.notify_all()


@pytest.fixture
def model() -> SpeechModel:
    folder = models_dir() / BUILT_IN
    if not folder.is_dir():
        pytest.skip("the built-in speech model is not there yet")
    return SpeechModel(folder)


@pytest.fixture
def trainer(room: VirtualRoom, tmp_path: Path) -> Iterator[Trainer]:
    trainer = Trainer(tmp_path)
    yield trainer
    trainer.process.kill()
    trainer.process.wait()


def say(room: VirtualRoom, trainer: Trainer, who: str, word: str) -> None:
    """Say a recorded command until the trainer has heard it."""
    for _ in range(TRIES):
        trainer.turn()
        room.say_into_microphone(RECORDINGS / who / f"{word}.ogg")
        if trainer.hears(word):
            return
    pytest.fail(f"“{word}” was not heard; the transcript: {trainer.transcript}")


def recognised(model: SpeechModel, pcm: Pcm) -> set[str]:
    """Return the words that were understood in speech at 16 kHz.

    The recogniser knows every sentence that a coach might say, and finds those that it does say.
    """
    sentences = [" ".join(words(text, model)) for texts in PHRASES.values() for text in texts]
    recogniser = model.open_recogniser(["[unk]", *filter(None, sentences)])
    blocks = range(0, pcm.size, EAR_BLOCK_SAMPLES)
    hypotheses = [recogniser.accept(pcm[start : start + EAR_BLOCK_SAMPLES]) for start in blocks]
    finals = [hypothesis for hypothesis in hypotheses if hypothesis.final]
    return set(" ".join(final.text for final in [*finals, recogniser.finish()]).split())


def words(text: str, model: SpeechModel) -> list[str]:
    """Return the words of a written text that the speech model knows."""
    return [word for word in re.findall(r"\w+", text.lower()) if model.knows(word)]


def test_a_session_by_voice(room: VirtualRoom, trainer: Trainer, model: SpeechModel) -> None:
    with room.recording() as recorder:
        assert trainer.coach_says("welcome."), trainer.end()
        say(room, trainer, "clara", "weiter")
        assert trainer.coach_says("safety.ask")
        say(room, trainer, "clara", "ja")
        assert trainer.coach_says("menu.cleared")
        say(room, trainer, "bernd", "beenden")
        assert trainer.coach_says("goodbye."), trainer.transcript
        code, errors = trainer.end()
        played = recorder.frames()
    assert code == 0
    assert errors == ""
    assert trainer.rest == []

    left = np.ascontiguousarray(played[:, 0])
    heard = recognised(model, resample(left, RATE_HZ, EAR_RATE_HZ)) - {"[unk]"}
    said = set(words(" ".join(what for who, what in trainer.transcript if who == "Coach"), model))
    # Not all: a line that is cut stands in the transcript as a whole.
    assert len(said & heard) > 0.3 * len(said), f"said: {said}; heard: {heard}"
    assert len(said & heard) > 0.4 * len(heard), f"said: {said}; heard: {heard}"


def test_ctrl_c_ends_with_a_goodbye(room: VirtualRoom, trainer: Trainer) -> None:
    assert trainer.coach_says("welcome.")
    trainer.process.send_signal(signal.SIGINT)
    code, errors = trainer.end()
    assert code in (0, 130)
    assert "Traceback" not in errors
    assert trainer.rest, "no word of goodbye"
