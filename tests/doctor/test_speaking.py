from pathlib import Path

import pytest

from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.speaking import SENTENCE, Rendered, check_own_voices, check_voice, render
from skill.content.loader import load_content
from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, silence
from skill.settings import Settings
from tests.voice.naturals import JOE, lay

SECOND = silence(VOICE_RATE_HZ)


def test_the_voice_speaks() -> None:
    rendered = render(Settings(), load_content())
    assert 3 < rendered.pcm.size / VOICE_RATE_HZ < 12
    found = check_voice(rendered, "gmw/de")
    assert found.verdict is Verdict.OK
    assert found.figures["realtime_factor"] == pytest.approx(rendered.share, abs=1e-4)


def test_the_sentence_holds_nothing_that_stops_anything() -> None:
    content = load_content()
    phrases = [one for name in content.safety_commands for one in content.commands[name].phrases]
    words = SENTENCE.lower().replace(".", "").replace(",", "")
    assert phrases
    assert not [one for one in phrases if f" {one} " in f" {words} "]


def test_a_voice_that_is_not_there() -> None:
    with pytest.raises(VoiceError) as caught:
        render(Settings(voice="klingon"), load_content())
    found = check_voice(caught.value, "klingon")
    assert found.verdict is Verdict.FAILURE
    assert "klingon" in found.measured
    assert "rueckgrat voice list" in found.mend


def test_a_voice_of_somebodys_own_that_is_not_there() -> None:
    settings = Settings(people=["Anna", "Ben"], voices={"anna": "gmw/de+f2", "ben": "klingon"})
    found = check_own_voices(settings)
    assert found
    assert found.verdict is Verdict.WARNING
    assert found.measured.startswith("Ben hört die übliche Stimme statt „klingon“: ")
    assert "rueckgrat voice list" in found.mend
    assert check_own_voices(Settings(people=["Anna"], voices={"anna": "gmw/de+f2"})) is None


def test_a_voice_without_a_sound() -> None:
    found = check_voice(Rendered(SECOND, -120.0, 0.01), "mb-de6")
    assert found.verdict is Verdict.FAILURE
    assert "keinen Ton" in found.measured


def test_a_voice_that_is_slow() -> None:
    found = check_voice(Rendered(SECOND, -20.0, 0.7), "mb-de6")
    assert found.verdict is Verdict.WARNING
    assert "70,0 %" in found.measured


@pytest.mark.slow
def test_a_natural_voice_speaks() -> None:
    rendered = render(Settings(voice=f"{JOE}!"), load_content())
    assert 3 < rendered.pcm.size / VOICE_RATE_HZ < 12
    assert rendered.share > 0
    assert check_voice(rendered, f"{JOE}!").figures["voice"] == f"{JOE}!"
    slow = check_voice(Rendered(rendered.pcm, -20.0, 99.0), f"{JOE}!")
    assert "voice prepare" in slow.mend


def test_a_natural_voice_that_is_broken_says_how_to_mend_it(tmp_path: Path) -> None:
    path = lay(tmp_path / "x.onnx", content=b"")
    with pytest.raises(VoiceError) as caught:
        render(Settings(voice=str(path)), load_content())
    found = check_voice(caught.value, str(path))
    assert found.verdict is Verdict.FAILURE
    assert "abgeschnitten" in found.measured
    assert "voice fetch" in found.mend
