from skill.audio.devices import Role
from skill.audio.waiting import wait_for_devices
from skill.errors import AudioError
from tests.audio.fake_card import FakeCard

ANY = dict.fromkeys(Role)


class Sleeper:
    """Sleeps in no time; something happens after each sleep."""

    def __init__(self, card: FakeCard, *returning: int) -> None:
        self.slept_seconds = 0.0
        self._card = card
        self._gone = [card.listed[index] for index in returning]
        card.listed = [one for one in card.listed if one not in self._gone]

    def sleep(self, seconds: float) -> None:
        self.slept_seconds += seconds
        self._card.listed.append(self._gone.pop())


def never(_: object) -> None:
    raise AssertionError


def test_with_both_devices_there_is_nothing_to_wait_for() -> None:
    wait_for_devices(FakeCard(), ANY, never, never)


def test_it_waits_until_both_are_there_and_says_what_is_missing() -> None:
    card, said = FakeCard(), []
    sleeper = Sleeper(card, 1, 0)
    wait_for_devices(card, ANY, said.append, sleeper.sleep)
    assert ["microphone" in one for one in said] == [True, False]
    assert "No speaker was found" in said[1]
    assert sleeper.slept_seconds == 10
    assert card.refreshed == 2


def test_another_device_than_the_named_one_will_not_do() -> None:
    card, said = FakeCard(), []
    wait_for_devices(
        card,
        {Role.MICROPHONE: "mic", Role.SPEAKER: "box"},
        said.append,
        Sleeper(card, 0).sleep,
    )
    assert len(said) == 1


def test_a_sound_system_that_cannot_be_read_is_asked_again() -> None:
    card, said = FakeCard(), []
    listed = card.devices

    def broken() -> tuple:
        card.devices = listed  # type: ignore[method-assign]
        raise AudioError("The list of sound devices cannot be read.")

    card.devices = broken  # type: ignore[method-assign]
    wait_for_devices(card, ANY, said.append, lambda _: None)
    assert said == ["The list of sound devices cannot be read."]
