"""How one event is told to a developer whose dialog test has failed."""

from rueckgrat.replay.report import detailed
from skill.messages.events import CommandHeard, Hushed, Said, TempoSet
from skill.messages.heard import Command


def test_a_developer_reads_everything() -> None:
    heard = CommandHeard(3.0, 3.5, 3.6, "weiter", Command("next"))
    assert detailed(heard) == "    3.00 s  heard    next „weiter“ entschieden 3.60"
    said = Said(127.43, 128.0, "Gut so.", "praise")
    assert detailed(said) == "  127.43 s  said     praise „Gut so.“ bis 128.00"
    assert detailed(Hushed(1.0)) == "    1.00 s  hush"
    assert detailed(TempoSet(1.0, 1.25)) == "    1.00 s  tempo_set tempo 1.25"
