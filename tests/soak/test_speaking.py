"""What is said, and what of it was understood: figures, and insisting on "stopp"."""

from collections import Counter

import numpy as np
import pytest

from skill.content.loader import load_content
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm
from skill.messages.events import CommandHeard
from skill.messages.heard import Command
from skill.paths import dialogs_dir
from workbench.soak.person import Saying
from workbench.soak.sounds import Sounds, spoken_seconds
from workbench.soak.speaking import Speaking
from workbench.soak.watch import Watch

CONTENT = load_content(dialogs_dir())
WORD: Pcm = np.full(EAR_RATE_HZ // 2, 5_000, dtype=np.int16)


class Room:
    """Somebody who speaks, and a watch that has heard what the test says."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.troubles: list[str] = []
        self.watch = Watch(CONTENT, self.troubles.append)
        sounds = type("OneWord", (), {"say": lambda _, who, text: WORD})()
        self.speaking = Speaking(sounds, self.counts, self.troubles.append)
        self.now = 0.0

    def say(self, command: str, is_live: bool = True, noisy: bool = False) -> None:
        self.speaking.say(Saying("anna", "ja", command), self.now, is_live, noisy, False)

    def wait(self, seconds: float, *heard: str) -> float:
        loudest = 0
        self.watch.heard = [
            CommandHeard(self.now, self.now, self.now, "", Command.parsed(one)) for one in heard
        ]
        for _ in range(round(seconds / BLOCK_SECONDS)):
            loudest = max(loudest, int(self.speaking.next_block().max()))
            self.now += BLOCK_SECONDS
            self.speaking.check(self.watch, self.now)
        return loudest


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_word_sounds_and_is_over(room: Room) -> None:
    room.say("yes")
    assert room.speaking.is_busy
    assert room.wait(0.3) == 5_000
    room.wait(0.5)
    assert not room.speaking.is_busy
    assert room.wait(0.3) == 0


def test_a_command_that_is_heard_in_time_is_understood(room: Room) -> None:
    room.say("number")
    room.wait(2.0, "number(3)")
    assert room.counts == {"said: command in quiet": 1, "understood: command in quiet": 1}


def test_a_command_that_is_not_heard_is_counted_and_not_said_again(room: Room) -> None:
    room.say("yes")
    room.wait(2.0, "no")
    assert room.counts["misunderstood: command in quiet"] == 1
    assert room.counts["not understood: command in quiet"] == 1
    assert room.speaking.insists() == ""
    assert not room.troubles


def test_what_does_not_count_now_is_not_counted(room: Room) -> None:
    room.say("yes", is_live=False)
    room.say("")
    room.wait(2.0)
    assert not +room.counts


def test_stop_is_insisted_on_and_the_third_time_is_a_trouble(room: Room) -> None:
    for _ in range(2):
        room.say("stop")
        room.wait(2.0)
        assert room.speaking.insists() == "stop"
    room.say("stop")
    room.wait(2.0)
    assert room.troubles == ["stop was said 3 times and not obeyed"]
    assert room.speaking.insists() == ""
    assert room.counts["said: safety in quiet"] == 1


def test_in_noise_nobody_complains(room: Room) -> None:
    for _ in range(4):
        room.say("pain", noisy=True)
        room.wait(2.0)
    assert not room.troubles


def test_recorded_people_and_synthetic_ones_are_about_as_loud() -> None:
    sounds = Sounds(CONTENT)
    recorded, synthetic = sounds.say("anna", "weiter"), sounds.say("anna", "hallo trainer")
    peaks = [np.abs(one.astype(np.int32)).max() for one in (recorded, synthetic)]
    assert max(peaks) < 2 * min(peaks)
    assert 0.3 < spoken_seconds(synthetic) < 2.0
    assert all(text not in CONTENT.vocabulary for _, text in sounds.sentences)
    assert len(sounds.sentences) >= 5


def test_a_kitchen_is_louder_than_a_quiet_room_and_softer_than_a_person() -> None:
    sounds = Sounds(CONTENT)
    quiet = [np.abs(sounds.background(block, False)).mean() for block in range(20)]
    kitchen = [np.abs(sounds.background(block, True)).mean() for block in range(20)]
    assert np.mean(kitchen) > 3 * np.mean(quiet)
    assert np.mean(kitchen) < np.abs(sounds.say("anna", "weiter").astype(np.int32)).mean()
