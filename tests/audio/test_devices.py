import pytest

from skill.audio.devices import Device, Role, choose
from skill.errors import AudioError

BUILT_IN = Device("HDA Intel: ALC257 Analog (hw:0,0)", 0, 48_000, 2, 2)
JABRA = Device("Jabra SPEAK 510 USB: Audio (hw:1,0)", 1, 16_000, 1, 2)
HDMI = Device("HDA Intel: HDMI 0 (hw:0,3)", 2, 44_100, 0, 8)
DEFAULT = Device("default", 3, 44_100, 32, 32, frozenset(Role))
ALL = (BUILT_IN, JABRA, HDMI, DEFAULT)


def test_without_a_name_it_is_the_default() -> None:
    assert choose(ALL, Role.MICROPHONE, None) is DEFAULT
    assert choose(ALL, Role.SPEAKER, "") is DEFAULT


def test_without_any_default_it_is_the_first_that_can() -> None:
    assert choose((HDMI, JABRA), Role.MICROPHONE, None) is JABRA


def test_a_part_of_the_name_in_any_case_is_enough() -> None:
    assert choose(ALL, Role.SPEAKER, "speak 510") is JABRA
    assert choose(ALL, Role.SPEAKER, "hdmi") is HDMI


def test_a_device_that_cannot_is_not_chosen() -> None:
    assert choose(ALL, Role.MICROPHONE, "HDA") is BUILT_IN
    with pytest.raises(AudioError, match="Kein Mikrofon hat „hdmi“"):
        choose(ALL, Role.MICROPHONE, "hdmi")


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(AudioError, match="Kein Mikrofon hat „Rode“") as failure:
        choose(ALL, Role.MICROPHONE, "Rode")
    assert "„Jabra SPEAK 510 USB: Audio (hw:1,0)“" in failure.value.mend
    assert "HDMI" not in failure.value.mend


def test_no_device_at_all_is_a_sentence() -> None:
    with pytest.raises(AudioError, match=r"Ich finde kein Mikrofon\.") as failure:
        choose((), Role.MICROPHONE, None)
    assert failure.value.mend
    with pytest.raises(AudioError, match=r"Ich finde keinen Lautsprecher\."):
        choose((Device("mic", 0, 48_000, 1, 0),), Role.SPEAKER, None)


@pytest.mark.parametrize("wanted", ["Kopfho\u0308rer", "KOPFH\u00d6RER"])
def test_an_umlaut_may_be_typed_in_either_way(wanted: str) -> None:
    headset = Device("Kopfh\u00f6rer: USB", 4, 48_000, 1, 2)
    assert choose((BUILT_IN, headset), Role.MICROPHONE, wanted) is headset
