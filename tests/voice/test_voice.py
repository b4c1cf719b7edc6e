from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import BLOCK_SECONDS, VOICE_BLOCK_SAMPLES, VOICE_RATE_HZ, Pcm
from skill.messages.cues import Breathe, Cue, Direction, Earcon, Hush, Say, SetVolume
from skill.messages.heard import Speaking
from skill.parts import VoiceLike
from skill.voice import open_voice
from skill.voice.breath import breath
from skill.voice.choice import VoiceChoice
from skill.voice.earcons import earcon
from skill.voice.voice import Voice


def play(voice: Voice, blocks: int) -> Pcm:
    return np.concatenate([voice.next_block() for _ in range(blocks)])


def onset_seconds(heard: Pcm) -> float:
    """Session time of the first sample that sounds, when ``heard`` begins with the first block."""
    return float(np.flatnonzero(heard)[0]) / VOICE_RATE_HZ + BLOCK_SECONDS


def test_it_is_what_a_session_needs(voice: Voice) -> None:
    session_voice: VoiceLike = voice
    assert session_voice.finished_cues() == []
    assert session_voice.speaking() == ()


@pytest.mark.parametrize("at_seconds", [0.1, 0.15, 0.2, 1.0, 1.23456, 2.999])
@pytest.mark.parametrize("kind", ["say", "breathe", "earcon"])
def test_a_cue_begins_within_a_millisecond_of_its_time(
    voice: Voice, kind: str, at_seconds: float
) -> None:
    cues: dict[str, Cue] = {
        "say": Say("Einatmen", 1, at_seconds=at_seconds),
        "breathe": Breathe(Direction.OUT, 1.0, at_seconds),
        "earcon": Earcon("heard", at_seconds),
    }
    start, end = voice.perform(cues[kind])
    assert start == pytest.approx(at_seconds, abs=0.501 / VOICE_RATE_HZ)
    assert end > start
    assert onset_seconds(play(voice, 60)) == pytest.approx(at_seconds, abs=0.001)


def test_the_real_voice_begins_within_five_milliseconds_of_its_time(tmp_path: Path) -> None:
    for number, text in enumerate(["Pause", "Zwei", "Schultern", "Halten", "Acht", "Ja"]):
        voice = open_voice({}, tmp_path, VoiceChoice("gmw/de"), 130)
        voice.perform(Say(text, number, at_seconds=0.7654))
        heard = play(voice, 20)
        audible = np.flatnonzero(np.abs(heard) > 0.01 * np.abs(heard).max())[0]
        onset = audible / VOICE_RATE_HZ + BLOCK_SECONDS
        assert onset == pytest.approx(0.7654, abs=0.005), text


def test_what_lies_in_the_past_starts_at_once(voice: Voice) -> None:
    play(voice, 10)
    for cue in (Say("Hallo", 1, at_seconds=0.3), Breathe(Direction.IN, 1.0, 0.3)):
        start, _ = voice.perform(cue)
        assert start == pytest.approx(1.1)
    assert play(voice, 1)[:50].any()


def test_lines_never_sound_together(voice: Voice) -> None:
    cues = [
        Say("Eins", 1, at_seconds=0.5),
        Say("Zwei", 2, at_seconds=0.5),
        Say("Drei vier fünf", 3),
        Say("Sechs", 4, at_seconds=0.1),
        Earcon("done"),
        Say("Sieben", 5),
        Say("Acht", 6, at_seconds=0.53),
    ]
    spans = sorted(voice.perform(cue) for cue in cues)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_breath_sounds_under_speech(voice: Voice) -> None:
    assert voice.perform(Breathe(Direction.IN, 1.0, 0.1)) == (0.1, 1.1)
    voice.perform(Say("Einatmen", 1, at_seconds=0.1))
    line = voice._lines.pcm("Einatmen").astype(int)
    heard = play(voice, 20)[: len(line)]
    assert np.abs(heard - line - breath(Direction.IN, 1.0)[: len(line)]).max() <= 1


def test_a_spoken_cue_is_reported_once_its_last_sample_has_been_played(voice: Voice) -> None:
    _, end = voice.perform(Say("Und langsam wieder senken", 7))
    for block in range(1, 20):
        now = block * BLOCK_SECONDS
        assert (voice.finished_cues() == [7]) == (now >= end > now - BLOCK_SECONDS)
        voice.next_block()


def test_a_line_without_sound_is_finished_at_once(voice: Voice) -> None:
    voice.perform(Say("", 3))
    assert voice.finished_cues() == [3]


def test_hush_silences_within_twenty_milliseconds_and_drops_all(voice: Voice) -> None:
    voice.perform(Say("Eine ziemlich lange Zeile, die noch lange nicht zu Ende ist", 1))
    voice.perform(Say("Und noch eine", 2))
    voice.perform(Breathe(Direction.IN, 4.0, 0.1))
    voice.perform(Earcon("done", 1.0))
    before = play(voice, 3)
    now, gone = voice.perform(Hush())
    assert now == pytest.approx(0.4)
    assert gone - now <= 0.020
    after = play(voice, 60)
    fade = round((gone - now) * VOICE_RATE_HZ)
    assert before[-100:].any()
    assert after[: fade // 2].any()
    assert not after[fade:].any()
    assert voice.finished_cues() == []


def test_the_answer_follows_right_after_a_hush(voice: Voice) -> None:
    voice.perform(Say("Eine ziemlich lange Zeile", 1))
    play(voice, 1)
    _, gone = voice.perform(Hush())
    start, _ = voice.perform(Say("Gut", 2))
    assert start == pytest.approx(gone)
    finished = []
    for _ in range(10):
        voice.next_block()
        finished += voice.finished_cues()
    assert finished == [2]


def test_speaking_tells_the_line_as_it_was_written(tmp_path: Path, synthesiser: Any) -> None:
    voice = open_voice({"Qi": "Tschi"}, tmp_path, VoiceChoice("gmw/de"), 130)
    voice.perform(Say("Qi Gong", 1))
    voice.next_block()
    (line,) = voice.speaking()
    assert isinstance(line, Speaking)
    assert line.text == "Qi Gong"
    assert line.position_seconds == pytest.approx(BLOCK_SECONDS)
    assert line.duration_seconds == pytest.approx(voice.speech_seconds("Qi Gong"))


def test_volume_holds_for_everything_from_now_on(voice: Voice) -> None:
    voice.perform(SetVolume(-6.02))
    voice.next_block()
    voice.perform(Earcon("ready"))
    quiet = play(voice, 5)
    expected = np.zeros(5 * VOICE_BLOCK_SAMPLES)
    expected[: len(earcon("ready"))] = earcon("ready") / 2
    assert np.abs(quiet - expected).max() <= 1


def test_a_planned_length_is_the_spoken_length(voice: Voice) -> None:
    seconds = voice.speech_seconds("Wirbel für Wirbel")
    start, end = voice.perform(Say("Wirbel für Wirbel", 1))
    assert end - start == pytest.approx(seconds)


def test_what_cannot_be_played_is_told_and_nothing_is_lost(voice: Voice) -> None:
    with pytest.raises(VoiceError):
        voice.perform(Say("kaputt", 1))
    with pytest.raises(VoiceError):
        voice.perform(Earcon("gong"))
    start, _ = voice.perform(Say("Hallo", 2))
    assert start == pytest.approx(0.1)


def test_a_session_of_an_hour_keeps_nothing(voice: Voice) -> None:
    for number in range(3_000):
        voice.perform(Say(f"{number % 20}", number))
        voice.perform(Breathe(Direction.IN, 0.9, 0.0))
        play(voice, 12)
        assert voice.finished_cues() == [number]
    assert len(voice._lane._turns) < 5
    assert len(voice._mixer._sounds) < 5
