"""What breaks in the soak breaks as it says, and what was acknowledged is known exactly."""

from datetime import datetime

import pytest

from rueckgrat.replay.past import PastHistory
from skill.errors import SkillError, VoiceError
from skill.messages.notes import AgeTold, HistoryEntry, SessionBegan
from skill.voice.cache import LineCache
from workbench.soak.faults import (
    BreakableHistory,
    BreakableLines,
    Ledger,
    Switch,
    is_unlucky,
    tell_of_devices,
)

ONE, OTHER, THIRD = (
    HistoryEntry("anna", datetime(2026, 1, day), note)
    for day, note in ((1, SessionBegan()), (2, AgeTold("young")), (3, SessionBegan()))
)


def kept(*entries: HistoryEntry) -> Ledger:
    ledger = Ledger()
    for entry in entries:
        ledger.add(entry)
    return ledger


def test_a_full_disk_takes_nothing_and_acknowledges_nothing() -> None:
    disk, ledger, inner = Switch(), Ledger(), PastHistory()
    history = BreakableHistory(inner, disk, ledger)
    history.add(ONE)
    disk.is_broken = True
    with pytest.raises(SkillError):
        history.add(OTHER)
    assert inner.entries("anna") == [ONE]
    assert ledger.agrees("anna", history.entries("anna"))


@pytest.mark.parametrize(
    "entries", [[ONE], [ONE, OTHER, THIRD], [OTHER, ONE], [ONE, THIRD]], ids=str
)
def test_the_ledger_notices_what_is_missing_added_or_moved(entries: list[HistoryEntry]) -> None:
    ledger = kept(ONE, OTHER)
    assert ledger.agrees("anna", [ONE, OTHER])
    assert not ledger.agrees("anna", entries)
    assert ledger.agrees("bernd", [])


def test_a_ledger_goes_on_with_a_history_that_has_grown() -> None:
    ledger = Ledger(kept(ONE, OTHER).kept)
    assert ledger.catches_up("anna", [ONE, OTHER, THIRD])
    assert ledger.agrees("anna", [ONE, OTHER, THIRD])
    assert not Ledger(kept(ONE, OTHER).kept).catches_up("anna", [ONE])


def test_some_lines_cannot_be_said_while_the_voice_is_broken(tmp_path) -> None:
    class Synthesiser:
        identity = "test"

        def render(self, text: str):
            import numpy as np

            return np.full(2205, 9000, dtype=np.int16)

    switch = Switch()
    lines = BreakableLines(switch, Synthesiser(), lambda text: text, LineCache(tmp_path))
    texts = [f"Satz {number}." for number in range(100)]
    unlucky = [text for text in texts if is_unlucky(text)]
    assert 20 < len(unlucky) < 60
    for text in texts:
        lines.pcm(text)
    switch.is_broken = True
    for text in texts:
        if text in unlucky:
            with pytest.raises(VoiceError):
                lines.pcm(text)
        else:
            lines.pcm(text)
    assert lines.seconds(unlucky[0]) > 0  # an estimate


class Deaf:
    pass


class Told:
    def __init__(self) -> None:
        self.calls: list[object] = []

    def lost(self, audible: bool) -> bool:
        self.calls.append(audible)
        return True

    def back(self) -> None:
        self.calls.append("back")


def test_a_session_is_told_of_its_devices_if_it_wants_to_know() -> None:
    told = Told()
    assert tell_of_devices(told, True, True) is True
    assert tell_of_devices(told, False, False) is False
    assert told.calls == [True, "back"]
    assert tell_of_devices(Deaf(), True, True) is False
