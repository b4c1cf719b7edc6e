import pytest

from rueckgrat.doctor.cards import check_device
from rueckgrat.doctor.finding import Verdict
from skill.audio.devices import Device, Role
from skill.errors import AudioError
from tests.audio.fake_card import FakeCard

HDMI = Device("vc4-hdmi-0: MAI PCM (hw:0,0)", 0, 48_000, 0, 2)
USB = Device("USB PnP Sound Device: Audio (hw:1,0)", 1, 48_000, 1, 2)
JABRA = Device("Jabra SPEAK 510 USB: Audio (hw:2,0)", 2, 16_000, 1, 2)
DEFAULT = Device("default", 3, 44_100, 32, 32, frozenset(Role))


def card_with(*devices: Device) -> FakeCard:
    card = FakeCard()
    card.listed = list(devices)
    return card


@pytest.mark.parametrize("role", Role)
def test_no_sound_card_at_all(role: Role) -> None:
    found = check_device(card_with(), role, None)
    assert found.verdict is Verdict.FAILURE
    assert "keine Soundkarte" in found.measured
    assert found.mend


def test_a_card_without_capture() -> None:
    found = check_device(card_with(HDMI), Role.MICROPHONE, None)
    assert found.verdict is Verdict.FAILURE
    assert "kein Mikrofon" in found.measured
    assert HDMI.name in found.measured
    assert check_device(card_with(HDMI), Role.SPEAKER, None).verdict is Verdict.OK


def test_of_two_cards_it_says_which_one_is_taken() -> None:
    found = check_device(card_with(HDMI, USB, JABRA, DEFAULT), Role.MICROPHONE, None)
    assert found.verdict is Verdict.WARNING
    assert found.measured.startswith("„default“")
    assert "2 Karten (USB PnP Sound Device: Audio, Jabra SPEAK 510 USB: Audio)" in found.measured
    assert 'microphone = "Jabra SPEAK 510 USB"' in found.mend


def test_a_card_that_was_named_is_no_question() -> None:
    found = check_device(card_with(USB, JABRA, DEFAULT), Role.MICROPHONE, "jabra")
    assert found.verdict is Verdict.OK
    assert found.figures["device"] == JABRA.name
    assert found.figures["resampled"] is False


def test_two_devices_of_one_card_are_one_card() -> None:
    other = Device("vc4-hdmi-0: second (hw:0,1)", 1, 48_000, 0, 2)
    assert check_device(card_with(HDMI, other), Role.SPEAKER, None).figures["cards"] == 1


def test_a_device_of_48_khz_only_is_resampled() -> None:
    found = check_device(card_with(USB), Role.MICROPHONE, None)
    assert found.verdict is Verdict.OK
    assert "48.000 Hz" in found.measured
    assert "rechne um auf 16.000 Hz" in found.measured
    assert found.figures["resampled"] is True
    speaker = check_device(card_with(HDMI), Role.SPEAKER, None)
    assert "rechne um von 22.050 Hz" in speaker.measured


def test_a_name_that_no_device_has() -> None:
    found = check_device(card_with(USB, HDMI), Role.MICROPHONE, "Rode")
    assert found.verdict is Verdict.FAILURE
    assert "„Rode“" in found.measured
    assert USB.name in found.measured
    assert HDMI.name not in found.measured


def test_a_device_that_another_program_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    card = card_with(USB)

    def busy(_: Device) -> None:
        raise AudioError("The microphone cannot be opened: Device unavailable.")

    monkeypatch.setattr(card, "open_microphone", busy)
    found = check_device(card, Role.MICROPHONE, None)
    assert found.verdict is Verdict.FAILURE
    assert "Device unavailable" in found.measured
    assert "systemctl stop" in found.mend


def test_a_missing_sound_library(monkeypatch: pytest.MonkeyPatch) -> None:
    card = card_with()

    def missing() -> None:
        raise AudioError("The sound library PortAudio is missing.")

    monkeypatch.setattr(card, "devices", missing)
    found = check_device(card, Role.SPEAKER, None)
    assert found.verdict is Verdict.FAILURE
    assert "libportaudio2" in found.mend


def test_the_device_is_let_go_again() -> None:
    card = card_with(USB)
    check_device(card, Role.MICROPHONE, None)
    assert [stream.closed for stream in card.everything_opened] == [True]
