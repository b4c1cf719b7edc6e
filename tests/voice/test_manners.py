"""Whose voice speaks, how fast and how high."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from skill.content.loader import load_content
from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.cues import Pitch, Say, SetManner
from skill.settings import Settings
from skill.trainer import voice_for
from skill.voice.cache import LineCache
from skill.voice.manners import Manners, words_per_minute
from skill.voice.polish import polish
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Pyttsx3Synthesiser
from skill.voice.voice import Voice
from tests.voice.conftest import ToneSynthesiser

LINE = "Spür, wie Wärme in deine Hände fließt."


@dataclass
class Opener:
    """Opens tones for voices, and notes how; a voice named "broken" can't be opened."""

    folder: Path
    opened: list[tuple[str, int, Pitch]] = field(default_factory=list)

    def __call__(self, voice: str, speed: int, pitch: Pitch) -> Renderings:
        self.opened.append((voice, speed, pitch))
        if voice == "broken":
            raise VoiceError("no such voice")
        return Renderings(ToneSynthesiser(), Respeller({}), LineCache(self.folder))


@pytest.fixture
def opener(tmp_path: Path) -> Opener:
    return Opener(tmp_path)


@pytest.fixture
def manners(opener: Opener) -> Manners:
    return Manners(opener, "usual", 120, {"Anna": "kerstin", "Ben": "broken"})


def test_a_voice_is_opened_once_and_only_when_it_is_to_speak(
    opener: Opener, manners: Manners
) -> None:
    first = manners.lines(SetManner())
    anna = manners.lines(SetManner("Anna", 110, Pitch.LOW))
    assert manners.lines(SetManner()) is first is not anna
    assert opener.opened == [("usual", 120, Pitch.NORMAL), ("kerstin", 102, Pitch.LOW)]


def test_who_has_no_voice_of_their_own_hears_the_usual_one(
    opener: Opener, manners: Manners
) -> None:
    assert manners.lines(SetManner("Cleo")) is manners.lines(SetManner())


def test_a_broken_voice_is_told_once_and_the_usual_one_speaks(
    opener: Opener, manners: Manners
) -> None:
    voice = Voice(manners.lines(SetManner()), manners)
    with pytest.raises(VoiceError, match="no such voice"):
        voice.perform(SetManner("Ben", 130))
    assert voice.perform(Say("Hallo.", 1))[1] > 0.1
    voice.perform(SetManner("Ben", 110, Pitch.LOW))
    assert opener.opened == [
        ("usual", 120, Pitch.NORMAL),
        ("broken", 120, Pitch.NORMAL),
        ("usual", 102, Pitch.LOW),
    ]


@pytest.mark.parametrize(
    ("usual", "rate", "expected"), [(130, 130, 130), (160, 110, 135), (80, 90, 80), (300, 170, 392)]
)
def test_a_rate_is_in_proportion_to_what_somebody_likes(
    usual: int, rate: int, expected: int
) -> None:
    assert words_per_minute(usual, rate) == expected


def test_a_manner_counts_from_the_next_line_on() -> None:
    voice = voice_for(Settings(people=["Anna"], voices={"anna": "gmw/de+f2"}), load_content())
    usual = voice.speech_seconds(LINE)
    voice.perform(Say(LINE, 1))
    voice.perform(SetManner("", 110, Pitch.LOW))
    assert voice.speech_seconds(LINE) == pytest.approx(usual * 130 / 110, rel=0.12)
    assert voice.speech_seconds(LINE) > usual * 1.15
    start, end = voice.perform(Say(LINE, 2))
    assert end - start == pytest.approx(voice.speech_seconds(LINE), abs=0.001)
    assert start == pytest.approx(0.1 + usual + 0.25, abs=0.001)
    voice.perform(SetManner())
    assert voice.speech_seconds(LINE) == usual


def test_a_person_hears_their_own_voice_and_a_guest_the_usual_one() -> None:
    voice = voice_for(Settings(people=["Anna"], voices={"anna": "gmw/de+f2"}), load_content())
    for person, lowest, highest in (("", 95, 106), ("Anna", 180, 210), ("", 95, 106)):
        voice.perform(SetManner(person))
        assert lowest < height_hz(_said(voice)) < highest


def test_a_name_is_spoken_as_its_person_says_it() -> None:
    content = load_content()
    people: list[str | dict[str, str]] = [{"name": "Zoë", "say": "Zo-ä"}]
    plain, respelt = (
        voice_for(Settings.model_validate({"people": one}), content) for one in (["Zoë"], people)
    )
    assert plain.speech_seconds("Hallo, Zo-ä.") == respelt.speech_seconds("Hallo, Zoë.")
    assert plain.speech_seconds("Hallo, Zoë.") != respelt.speech_seconds("Hallo, Zoë.")


def test_low_is_lower_and_high_is_higher_by_a_tenth() -> None:
    low, normal, high = (
        height_hz(Pyttsx3Synthesiser("gmw/de", 130, pitch).render(LINE)) for pitch in Pitch
    )
    assert low == pytest.approx(0.9 * normal, rel=0.03)
    assert high == pytest.approx(1.1 * normal, rel=0.03)


def test_words_stand_apart_where_it_is_spoken_slowly() -> None:
    """A longer line has more words, and more of such pauses, than speed alone explains."""
    words, speeds = "Die Hand am Bauch und an der Brust so wie du magst.", (130, 116, 115)
    usual, quick, slow = (
        len(polish(Pyttsx3Synthesiser("gmw/de", speed).render(words))) for speed in speeds
    )
    assert quick == pytest.approx(usual * 130 / 116, rel=0.03)
    assert slow > quick * 1.03
    again = polish(Pyttsx3Synthesiser("gmw/de", 130).render(words))
    assert len(again) == pytest.approx(usual, rel=0.02)


def test_each_pitch_is_kept_for_itself() -> None:
    assert len({Pyttsx3Synthesiser("gmw/de", 130, pitch).identity for pitch in Pitch}) == len(Pitch)


def _said(voice: Voice) -> Pcm:
    voice.perform(Say(LINE, 1))
    blocks = [voice.next_block()]
    while not voice.finished_cues():
        blocks.append(voice.next_block())
    return np.concatenate(blocks)


def height_hz(pcm: Pcm) -> float:
    """Return the median of the fundamental of all voiced 50 ms, by autocorrelation."""
    size, shortest, longest = VOICE_RATE_HZ // 20, VOICE_RATE_HZ // 400, VOICE_RATE_HZ // 60
    found = []
    for start in range(0, len(pcm) - size, size // 2):
        part = pcm[start : start + size].astype(np.float64)
        alike = np.correlate(part, part, "full")[size - 1 :]
        period = shortest + int(alike[shortest:longest].argmax())
        if alike[0] > size * 600**2 and alike[period] > alike[0] / 2:
            found.append(VOICE_RATE_HZ / period)
    return float(np.median(found))
