"""A real neural voice speaks, in a process of its own and in this one."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ
from skill.voice.piper import PiperSynthesiser, _load
from skill.voice.voice_files import read_voice_file
from tests.voice.naturals import JOE, description, lay, model

CHECKOUT = Path(__file__).parents[2]


def joe(words_per_minute: int = 130) -> PiperSynthesiser:
    return PiperSynthesiser(read_voice_file(JOE), "", words_per_minute)


def test_a_line_is_spoken() -> None:
    pcm = joe().render("Gut gemacht.")
    assert pcm.dtype == np.int16
    assert 0.6 < len(pcm) / VOICE_RATE_HZ < 2.5
    assert np.abs(pcm.astype(int)).max() > 3_000


def test_umlauts_of_two_signs_are_those_of_one() -> None:
    spoken: list[str] = []

    class Noting(PiperSynthesiser):
        def _sentences(self, text: str) -> list[np.ndarray]:
            spoken.append(text)
            return [np.ones(9, np.int16)]

    Noting(read_voice_file(JOE), "", 130).render("u\u0308ben")
    assert spoken == ["\u00fcben"]


@pytest.mark.parametrize("text", ["Noch 3 Mal, z. B. mit 12 kg.", "ca. 1,5 Min.", "日本", "!?"])
def test_numbers_abbreviations_and_what_is_foreign_are_spoken(text: str) -> None:
    assert joe().render(text).any()


def test_nothing_is_rendered_for_nothing() -> None:
    assert joe().render(" \n").size == 0


def test_a_text_without_a_sound_is_told() -> None:
    with pytest.raises(VoiceError, match="nichts zu sprechen") as told:
        joe().render("...")
    assert told.value.mend


def test_words_a_minute_change_the_pace() -> None:
    text = "Langsam senken und wieder heben."
    normal, slow, fast = (len(joe(speed).render(text)) for speed in (130, 100, 180))
    assert slow == pytest.approx(normal * 1.3, rel=0.12)
    assert fast == pytest.approx(normal * 0.72, rel=0.12)


def test_two_sentences_have_a_pause_between_them() -> None:
    pcm = np.abs(joe().render("Gut. Gut.").astype(int))
    loud = np.flatnonzero(pcm > 0.05 * pcm.max())
    assert 0.3 < np.diff(loud).max() / VOICE_RATE_HZ < 0.8


def test_the_first_line_after_loading_is_always_the_same() -> None:
    rendered = []
    for _ in range(2):
        _load.cache_clear()
        rendered.append(joe().render("Gut."))
    assert np.array_equal(*rendered)


def test_everything_but_the_text_is_in_the_identity(tmp_path: Path) -> None:
    several = lay(tmp_path / "x.onnx", description(num_speakers=3))
    voice = read_voice_file(several)
    one = {PiperSynthesiser(voice, speaker, 130).identity for speaker in ("", "0", "2")}
    assert len(one | {joe().identity, joe(120).identity}) == 4


def test_a_voice_of_16_kilohertz_speaks_at_ours(tmp_path: Path) -> None:
    low = read_voice_file(lay(tmp_path / "x.onnx", description(audio={"sample_rate": 16_000})))

    class Humming(PiperSynthesiser):
        def _sentences(self, text: str) -> list[np.ndarray]:
            return [np.round(9_000 * np.sin(np.arange(16_000) * 0.2)).astype(np.int16)]

    pcm = Humming(low, "", 130).render("Gut gemacht.")
    assert len(pcm) == round(1.2 * VOICE_RATE_HZ), "a second, and the pause after it"
    hertz = np.abs(np.fft.rfft(pcm[:VOICE_RATE_HZ])).argmax()
    assert hertz == pytest.approx(0.2 * 16_000 / (2 * np.pi), abs=2)


def test_a_model_that_only_looks_like_one_is_told(tmp_path: Path) -> None:
    voice = read_voice_file(lay(tmp_path / "x.onnx", content=model()))
    with pytest.raises(VoiceError, match="konnte die Stimme x nicht sprechen") as told:
        PiperSynthesiser(voice, "", 130).render("Hallo.")
    assert "Hol sie noch einmal" in told.value.mend
    assert told.value.fields["detail"]


@pytest.mark.parametrize(
    ("machine", "said"), [("aarch64", "requirements-natural.lock"), ("armv7l", "64 Bit")]
)
def test_without_piper_it_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, machine: str, said: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("platform.machine", lambda: machine)
    with pytest.raises(VoiceError) as told:
        joe()
    assert said in told.value.mend


SCRIPT = """
import sys
from skill.voice import open_synthesiser
from skill.voice.choice import read_choice
voice = open_synthesiser(read_choice(sys.argv[1]), 130)
pcm = voice.render("Gut gemacht.")
print(pcm.size > 9_999)
print(*sorted({"piper", "onnxruntime", "skill.voice.piper"} & sys.modules.keys()))
"""


@pytest.mark.parametrize(("voice", "loaded"), [("gmw/de", ""), (f"{JOE}!", "skill.voice.piper")])
def test_nothing_of_piper_is_loaded_by_the_session(voice: str, loaded: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, voice],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"True\n{loaded}\n"
