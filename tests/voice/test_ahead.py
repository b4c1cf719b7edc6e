"""Lines are rendered before they are said, by a thread; what is not ready, another voice says."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.voice.ahead import Ahead
from skill.voice.cache import LineCache
from skill.voice.renderings import LEARNT_FROM_LETTERS, SECONDS_PER_CHARACTER, Renderings
from skill.voice.respelling import Respeller
from tests.voice.slow import LETTER_SECONDS, QuickVoice, SlowVoice, slow_lines

LINES = ["Eins.", "Zwei.", "Drei."]


@pytest.fixture
def slow() -> Iterator[SlowVoice]:
    voice = SlowVoice(pace=1.0)
    yield voice
    voice.finish()


@pytest.fixture
def quick() -> QuickVoice:
    return QuickVoice()


@pytest.fixture
def ahead(tmp_path: Path, slow: SlowVoice, quick: QuickVoice) -> Ahead:
    return Ahead(slow_lines(tmp_path, slow, quick))


def hertz(pcm: Pcm) -> float:
    """Return how high a hum is: which of the two voices this is."""
    return float(np.count_nonzero(np.diff(np.signbit(pcm)))) / 2 / (len(pcm) / VOICE_RATE_HZ)


def is_slow(pcm: Pcm) -> bool:
    return hertz(pcm) == pytest.approx(300.0, rel=0.05)


def test_what_is_wanted_is_rendered_in_its_order_by_a_thread_of_its_own(
    ahead: Ahead, slow: SlowVoice
) -> None:
    ahead.want(LINES)
    slow.work(ahead)
    assert slow.rendered == []
    slow.work(ahead, 10.0)
    slow.work(ahead, 10.0)
    slow.work(ahead, 10.0)
    assert slow.rendered == LINES
    assert slow.threads == {"ahead"}


def test_what_is_wanted_now_goes_before_what_was_wanted(ahead: Ahead, slow: SlowVoice) -> None:
    ahead.make_ready([], later=["Später."])
    ahead.want(LINES)
    slow.work(ahead)  # busy with the first of them
    ahead.want(["Stopp.", "Zwei."])
    for _ in range(6):
        slow.work(ahead, 10.0)
    assert set(slow.rendered[:1]) <= {"Später.", "Eins."}
    assert slow.rendered[1:3] == ["Stopp.", "Zwei."]
    assert "Drei." not in slow.rendered


def test_a_line_in_time_is_said_by_its_voice(ahead: Ahead, slow: SlowVoice) -> None:
    ahead.want(LINES)
    for _ in LINES:
        slow.work(ahead, 10.0)
    assert all(is_slow(ahead.pcm(line)) for line in LINES)
    assert (ahead.said, ahead.unready) == (3, 0)
    assert ahead.shortfall() == ""


def test_a_line_that_is_late_is_said_by_the_stand_in_and_told_of_once(
    ahead: Ahead, slow: SlowVoice
) -> None:
    ahead.want(LINES)
    slow.work(ahead, 10.0)
    slow.work(ahead, 0.0)
    assert is_slow(ahead.pcm("Eins."))
    assert not is_slow(ahead.pcm("Drei."))
    assert (ahead.said, ahead.unready) == (2, 1)
    assert ahead.shortfall().startswith("Einen von 2 Sätzen hat die eingebaute Stimme")
    assert ahead.shortfall() == ""
    slow.work(ahead, 10.0)
    slow.work(ahead, 10.0)
    assert is_slow(ahead.pcm("Drei."))


def test_stand_ins_are_rendered_first_and_only_for_what_is_not_ready(
    tmp_path: Path, slow: SlowVoice, quick: QuickVoice
) -> None:
    slow_lines(tmp_path, SlowVoice()).pcm("Eins.")
    ahead = Ahead(slow_lines(tmp_path, slow, quick))
    ahead.want(LINES)
    slow.work(ahead)
    assert quick.rendered == ["Zwei.", "Drei."]
    assert slow.rendered == []


def test_nothing_is_rendered_that_is_prepared(
    tmp_path: Path, slow: SlowVoice, quick: QuickVoice
) -> None:
    prepared = slow_lines(tmp_path, SlowVoice())
    for line in LINES:
        prepared.pcm(line)
    ahead = Ahead(slow_lines(tmp_path, slow, quick))
    ahead.make_ready(LINES[:1], LINES)
    ahead.want(LINES)
    slow.work(ahead)
    assert all(is_slow(ahead.pcm(line)) for line in LINES)
    assert slow.rendered == quick.rendered == []
    assert ahead.unready == 0


def test_what_must_be_ready_can_be_said_at_once(ahead: Ahead, slow: SlowVoice) -> None:
    ahead.make_ready(["Stopp.", "Stopp."], LINES)
    assert slow.rendered == []
    assert ahead.pcm("Stopp.").size
    for _ in range(4):
        slow.work(ahead, 10.0)
    assert slow.rendered == ["Stopp.", *LINES]


def test_a_crash_costs_one_line(ahead: Ahead, slow: SlowVoice) -> None:
    slow.broken = {"Zwei."}
    for _ in range(2):
        ahead.want(LINES)
        for _ in LINES:
            slow.work(ahead, 10.0)
    assert slow.rendered == ["Eins.", "Drei."]
    assert slow.tried.count("Zwei.") == 1
    assert not is_slow(ahead.pcm("Zwei."))
    assert is_slow(ahead.pcm("Drei."))


def test_another_voice_takes_over(ahead: Ahead, slow: SlowVoice, tmp_path: Path) -> None:
    ahead.make_ready([], LINES)
    other = SlowVoice()
    other.identity = "other"
    ahead.use(slow_lines(tmp_path, other))
    slow.work(ahead, 10.0)  # the line it was busy with
    other.work(ahead)
    assert other.rendered == LINES
    assert is_slow(ahead.pcm("Zwei."))


def test_idle_there_is_no_thread(ahead: Ahead, slow: SlowVoice) -> None:
    for line in LINES:
        ahead.want([line])
        thread = ahead._thread
        assert thread
        assert thread.is_alive()
        slow.work(ahead, 10.0)
        thread.join(10.0)
        assert not thread.is_alive()


def test_closing_waits_for_no_more_than_the_line_in_hand(ahead: Ahead, slow: SlowVoice) -> None:
    ahead.make_ready(["Eins."], LINES)
    slow.work(ahead)
    threading.Timer(0.05, lambda: slow.work(ahead, 10.0)).start()
    ahead.close()
    assert slow.rendered == ["Eins."]


def test_a_voice_without_a_stand_in_renders_when_it_must(tmp_path: Path) -> None:
    quick = QuickVoice()
    ahead = Ahead(Renderings(quick, Respeller({}), LineCache(tmp_path)))
    assert ahead.seconds("Eins.") == len(ahead.pcm("Eins.")) / VOICE_RATE_HZ
    assert quick.rendered == ["Eins."]
    assert ahead.shortfall() == ""


def test_what_nobody_can_say_is_told(tmp_path: Path, synthesiser: object) -> None:
    ahead = Ahead(Renderings(synthesiser, Respeller({}), LineCache(tmp_path)))  # type: ignore[arg-type]
    ahead.make_ready(["kaputt"])
    with pytest.raises(VoiceError):
        ahead.pcm("kaputt")


def test_a_length_is_estimated_until_it_is_known(ahead: Ahead, slow: SlowVoice) -> None:
    assert ahead.seconds("Eins.") == 5 * SECONDS_PER_CHARACTER
    ahead.want(["Eins."])
    slow.work(ahead, 10.0)
    slow.work(ahead)
    assert ahead.seconds("Eins.") == len(ahead.pcm("Eins.")) / VOICE_RATE_HZ
    assert slow.threads == {"ahead"}


def test_estimates_learn_from_what_was_rendered(tmp_path: Path) -> None:
    slow = SlowVoice()
    lines = slow_lines(tmp_path, slow)
    text = "a" * LEARNT_FROM_LETTERS
    lines.pcm(text)
    assert lines.estimated_seconds("a" * 50) == pytest.approx(50 * LETTER_SECONDS, rel=0.02)


def test_an_estimate_is_no_shorter_than_what_the_stand_in_would_say(
    tmp_path: Path, slow: SlowVoice
) -> None:
    lines = slow_lines(tmp_path, slow)
    assert lines.stand_in
    ahead = Ahead(lines)
    lines.estimated_seconds = lambda text: 0.1  # type: ignore[method-assign]
    said = lines.stand_in.pcm("Eine längere Zeile.")
    assert ahead.seconds("Eine längere Zeile.") == len(said) / VOICE_RATE_HZ


def test_whoever_has_the_sentences_has_the_line(tmp_path: Path) -> None:
    lines = slow_lines(tmp_path, SlowVoice())
    one, two = lines.pcm("Gut."), lines.pcm("Weiter so!")
    whole = lines.ready("Gut. Weiter so!")
    assert whole is not None
    assert len(whole) == len(one) + len(two) + round(0.25 * VOICE_RATE_HZ)
    assert lines.is_kept("Gut. Weiter so!")
    assert lines.ready("Gut. Noch etwas.") is None


def test_a_program_ends_in_the_midst_of_a_line(tmp_path: Path) -> None:
    program = f"""
import time
from pathlib import Path
from tests.voice.slow import SlowVoice, slow_lines
from skill.voice.ahead import Ahead
ahead = Ahead(slow_lines(Path({str(tmp_path)!r}), SlowVoice(pace=1.0)))
ahead.want(["Eins.", "Zwei."])
time.sleep(0.1)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, b"")
