"""The real engine on the built-in model: speech from espeak-ng, rendered here."""

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from skill.audio.resample import resample
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.ear import Ear, open_ear, words_unknown
from skill.ear.vosk_recogniser import SpeechModel
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Listening
from skill.paths import models_dir

BUILT_IN = models_dir() / "rueckgrat-small-de"
pytestmark = [
    pytest.mark.skipif(not BUILT_IN.is_dir(), reason="the built-in model is not there"),
    pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed"),
]


def spoken(text: str, silence_seconds: float = 0.6) -> Pcm:
    """Say it at 16 kHz, with a little noise and silence around it."""
    wav = subprocess.run(
        ["espeak-ng", "-v", "de+f3", "-s", "150", "--stdout", text], capture_output=True, check=True
    ).stdout
    samples, rate_hz = soundfile.read(io.BytesIO(wav), dtype="int16")
    speech = resample(samples, rate_hz, EAR_RATE_HZ)
    padded = np.pad(speech, round(silence_seconds * EAR_RATE_HZ))
    return padded + np.random.default_rng(0).integers(-3, 3, len(padded), dtype=np.int16)


def blocks(pcm: Pcm) -> list[Pcm]:
    return [
        pcm[start : start + EAR_BLOCK_SAMPLES]
        for start in range(0, len(pcm) - EAR_BLOCK_SAMPLES, EAR_BLOCK_SAMPLES)
    ]


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return SpeechModel(BUILT_IN)


@pytest.fixture(scope="module")
def ear(model: SpeechModel) -> Ear:
    """One for several tests, as it hears many sentences of a session."""
    return open_ear(model, load_content())


def test_finish_says_what_was_said_and_when(model: SpeechModel) -> None:
    recogniser = model.open_recogniser(["weiter", "pause"])
    for block in blocks(spoken("Pause")):
        hypothesis = recogniser.accept(block)
        if hypothesis.text == "pause":
            break
    final = recogniser.finish()
    assert final.text == "pause"
    assert final.words[0].start_seconds == pytest.approx(0.6, abs=0.15)
    assert 0 < final.words[0].confidence <= 1


def test_the_clock_of_words_goes_on_when_renewed(model: SpeechModel) -> None:
    recogniser = model.open_recogniser(["weiter", "pause"])
    recogniser.accept(np.zeros(2 * EAR_RATE_HZ, dtype=np.int16))
    recogniser.renew()
    recogniser.accept(spoken("Pause", 0.3))
    assert recogniser.finish().words[0].start_seconds == pytest.approx(2.3, abs=0.15)


def test_knows_words_as_they_are_written(model: SpeechModel) -> None:
    assert model.knows("dreißig")
    assert not model.knows("dreissig")


def test_no_command_has_a_word_unknown_to_the_built_in_model(model: SpeechModel) -> None:
    assert words_unknown(model, load_content()) == {}


@pytest.mark.parametrize(
    ("text", "command"), [("Pause", Command("pause")), ("Stopp", Command("stop"))]
)
def test_the_ear_hears_a_command_and_nothing_else(
    model: SpeechModel, text: str, command: Command
) -> None:
    content = load_content()
    ear = open_ear(model, content)
    listening = Listening(frozenset(content.commands))
    heard = [h for block in blocks(spoken(text)) for h in ear.process(block, listening)]
    assert [h.command for h in heard] == [command]
    assert heard[0].start_seconds == pytest.approx(0.6, abs=0.2)


def test_a_sentence_is_no_command(ear: Ear) -> None:
    listening = Listening(frozenset(load_content().commands))
    speech = spoken("Gestern haben wir im Garten zusammen Kaffee getrunken.")
    heard = [h for block in blocks(speech) for h in ear.process(block, listening)]
    assert heard
    assert not any(h.command for h in heard)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in model under a name that stands for one without a usable ``[unk]``."""
    folder = tmp_path_factory.mktemp("models") / "vosk-model-small-de-0.15"
    folder.mkdir()
    for part in BUILT_IN.iterdir():
        (folder / part.name).symlink_to(part)
    return folder


def test_published_models_do_not_reject(model: SpeechModel, published: Path) -> None:
    assert model.rejects
    assert not SpeechModel(published).rejects


@pytest.mark.parametrize(
    ("text", "command"), [("Weiter", Command("next")), ("Stopp", Command("stop"))]
)
def test_without_unknown_words_free_decoding_is_asked(
    published: Path, text: str, command: Command
) -> None:
    content = load_content()
    ear = open_ear(SpeechModel(published), content)
    listening = Listening(frozenset(content.commands))
    heard = [h for block in blocks(spoken(text)) for h in ear.process(block, listening)]
    assert [h.command for h in heard] == [command]


def test_without_unknown_words_free_decoding_rejects(published: Path) -> None:
    # The grammar alone makes "sechzehn" of it.
    content = load_content()
    ear = open_ear(SpeechModel(published), content)
    listening = Listening(frozenset(content.commands))
    heard = [h for block in blocks(spoken("Ärztin")) for h in ear.process(block, listening)]
    assert not any(h.command for h in heard)


@pytest.mark.parametrize("text", ["Stopp", "Halt", "Aua", "Schmerzen", "Fünf", "Aufhören"])
@pytest.mark.parametrize("gain_db", [0, -30])
def test_the_gate_loses_no_word_after_a_long_silence(ear: Ear, text: str, gain_db: float) -> None:
    # Silence long enough for the gate to close; soft beginnings ("f", "h") lie in the pre-roll.
    content = load_content()
    speech = (spoken(text, 5.0) * 10 ** (gain_db / 20)).astype(np.int16)
    listening = Listening(content.live_commands("menu.count"))
    heard = [one for block in blocks(speech) for one in ear.process(block, listening)]
    assert [one.command for one in heard] == [content.vocabulary[text.lower()]]


@pytest.fixture(scope="module")
def household() -> Content:
    return load_content(people=["Anna", "Bernd"], wake=["guten morgen"])


@pytest.mark.parametrize(
    ("said", "state", "command"),
    [
        ("Anna", "who", Command("person", "anna")),
        ("Ich bin Bernd", "who", Command("person", "bernd")),
        ("Hier ist Anna", "who", Command("person", "anna")),
        ("Guten Morgen", "standby", Command("wake")),
    ],
)
def test_it_hears_who_somebody_is_and_how_it_is_woken(
    model: SpeechModel, household: Content, said: str, state: str, command: Command
) -> None:
    ear, listening = open_ear(model, household), Listening(household.live_commands(state))
    heard = [one for block in blocks(spoken(said, 1.5)) for one in ear.process(block, listening)]
    assert [one.command for one in heard] == [command]
