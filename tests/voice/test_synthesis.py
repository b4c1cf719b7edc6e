import logging
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ
from skill.voice import synthesis
from skill.voice.synthesis import Pyttsx3Synthesiser


def german() -> Pyttsx3Synthesiser:
    return Pyttsx3Synthesiser("gmw/de", 130)


def test_a_line_is_rendered_in_memory() -> None:
    pcm = german().render("Hebe langsam das Becken, Wirbel für Wirbel.")
    assert pcm.dtype == np.int16
    assert 2.5 < len(pcm) / VOICE_RATE_HZ < 4.5
    assert np.abs(pcm.astype(int)).max() > 3_000


def test_a_long_text_is_rendered_to_its_end() -> None:
    short = german().render("Wirbel für Wirbel.")
    long = german().render("Wirbel für Wirbel. " * 40)
    assert len(long) > 30 * (len(short) - VOICE_RATE_HZ * 0.5)


def test_nothing_is_rendered_for_nothing() -> None:
    assert german().render(" \n").size == 0


def keep_espeak_busy() -> None:
    """Give espeak-ng's own thread some 50 ms of work that nobody waits for."""
    text = ("Wirbel für Wirbel. " * 50).encode()
    synthesis._worker.submit(lambda: synthesis._engine()._espeak.Synth(text)).result()


def test_voice_and_speed_are_the_synthesisers_own_even_while_espeak_is_busy() -> None:
    text = "Einatmen und langsam senken."
    slow, fast = Pyttsx3Synthesiser("gmw/de", 90), Pyttsx3Synthesiser("gmw/de+f2", 250)
    expected = [len(slow.render(text)), len(fast.render(text))]
    assert expected[0] > 2 * expected[1]
    for synthesiser, length in zip((fast, slow, slow, fast), (1, 0, 0, 1), strict=True):
        keep_espeak_busy()
        rendered = len(synthesiser.render(text))
        assert rendered == pytest.approx(expected[length], abs=VOICE_RATE_HZ // 10)


@pytest.mark.parametrize("name", ["klingon", "Deutsch", "gmw/nein", "mb-xx9"])
def test_a_voice_that_is_missing_is_told(name: str) -> None:
    with pytest.raises(VoiceError, match="keine Stimme") as told:
        Pyttsx3Synthesiser(name, 130)
    assert "rueckgrat voice list" in told.value.mend


def test_another_voice_may_be_chosen_after_a_missing_one() -> None:
    with pytest.raises(VoiceError):
        Pyttsx3Synthesiser("klingon", 130)
    assert german().render("Gut.").any()


@pytest.mark.parametrize("speed", [0, 79, 451])
def test_an_impossible_speed_is_told(speed: int) -> None:
    with pytest.raises(VoiceError, match="Wörter in der Minute"):
        Pyttsx3Synthesiser("gmw/de", speed)


def test_a_missing_library_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyttsx3.drivers._espeak", None)  # its import fails
    with pytest.raises(VoiceError) as told:
        synthesis._Engine()
    assert "apt install espeak-ng" in told.value.mend


def test_a_line_that_fails_is_told_and_the_next_one_is_spoken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no synthesis")

    voice = german()
    with monkeypatch.context() as broken:
        broken.setattr("pyttsx3.drivers._espeak.Synth", fail)
        with pytest.raises(VoiceError, match="no synthesis"):
            voice.render("Gut.")
    assert voice.render("Gut.").any()


def test_many_threads_may_ask_at_once() -> None:
    texts = [f"Noch {number} Wiederholungen." for number in range(2, 8)]
    expected = [len(german().render(text)) for text in texts]
    with ThreadPoolExecutor(len(texts)) as threads:
        lengths = list(threads.map(lambda text: len(german().render(text)), texts))
    # espeak-ng itself varies the same line by up to some 40 ms
    assert np.allclose(lengths, expected, atol=VOICE_RATE_HZ // 10)


def test_all_rendering_is_done_in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    engine = synthesis._engine
    monkeypatch.setattr(
        synthesis, "_engine", lambda: seen.add(threading.current_thread().name) or engine()
    )
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: german().render("Gut."), range(3)))
    assert len(seen) == 1
    assert threading.current_thread().name not in seen


def test_nothing_reaches_the_terminal() -> None:
    script = (
        "from skill.errors import VoiceError\n"
        "from skill.voice.synthesis import Pyttsx3Synthesiser\n"
        "assert Pyttsx3Synthesiser('gmw/de', 130).render('Hallo.').any()\n"
        "try: Pyttsx3Synthesiser('mb-de6', 130)\n"
        "except VoiceError: pass\n"
        "import logging; assert not logging.getLogger().handlers\n"
    )
    root = Path(synthesis.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_pyttsx3_prints_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "skill.voice.synthesis"):
        german().render("Hallo.")
    assert "Audio saved" in caplog.text


@pytest.mark.parametrize(
    ("voice_file", "rate_hz"),
    [
        ("name German\nlanguage de\n", 22_050),
        ("language de\nmbrola de4 de4_phtrans\n", 16_000),
        ("language de\nmbrola de6 de6_phtrans 22050\ngender male\n", 22_050),
        ("mbrola de4 de4_phtrans\n22050\n", 16_000),
    ],
)
def test_the_rate_is_what_the_voice_file_says(
    tmp_path: Path, voice_file: str, rate_hz: int
) -> None:
    path = tmp_path / "voice"
    path.write_text(voice_file)
    assert synthesis._rate_hz(path) == rate_hz


def test_a_voice_without_a_file_has_the_rate_of_espeak(tmp_path: Path) -> None:
    assert synthesis._rate_hz(tmp_path / "de+f2") == VOICE_RATE_HZ
