from rueckgrat.observers.record import Record, whole_lines
from skill.messages.events import CommandHeard, Event, Hushed, Said
from skill.messages.heard import Command


def said(seconds: float, text: str = "Hallo.", length: float = 2.0) -> Event:
    return Said(seconds, seconds + length, text, "line")


def spoken(record: Record) -> list[str]:
    return [event.text for event in record.events if isinstance(event, Said)]


def test_a_line_is_reported_when_it_begins_not_when_it_is_planned() -> None:
    seen: list[Event] = []
    record = Record(seen.append)
    record.add(said(3.0))
    record.pass_to(2.9)
    assert seen == []
    record.pass_to(3.0)
    assert [event.text for event in seen] == ["Hallo."]
    record.pass_to(3.1)
    assert len(seen) == 1


def test_a_hush_drops_what_has_not_begun_and_cuts_what_sounds() -> None:
    record = Record()
    for event in (said(0.0, "over"), said(2.0, "sounds"), said(4.0, "never")):
        record.add(event)
    record.pass_to(3.0)
    record.add(Hushed(3.0))
    record.add(said(3.0, "after"))
    assert spoken(record) == ["over", "sounds", "after"]
    cut = [event for event in record.events if getattr(event, "is_cut", False)]
    assert [(event.text, event.end_seconds) for event in cut] == [("sounds", 3.0)]


def test_speech_of_the_user_is_reported_when_it_is_decided_and_listed_when_it_began() -> None:
    seen: list[Event] = []
    record = Record(seen.append)
    record.add(said(1.2))
    record.add(CommandHeard(1.0, 1.5, 1.6, "weiter", Command.parsed("next")))
    record.pass_to(1.6)
    assert [type(event) for event in seen] == [Said, CommandHeard]
    assert [type(event) for event in record.events] == [CommandHeard, Said]


def test_an_answer_in_the_same_moment_follows_what_it_answers() -> None:
    seen: list[Event] = []
    record = Record(seen.append)
    decided = 796 * 0.1  # 79.60000000000001
    record.add(CommandHeard(78.8, 79.4, decided, "weiter", Command.parsed("next")))
    record.add(said(79.6, "Los geht es."))
    record.pass_to(79.7)
    assert [event.text for event in seen] == ["weiter", "Los geht es."]


def test_quiet_from_is_the_end_of_the_last_planned_line() -> None:
    record = Record()
    assert record.quiet_from_seconds == 0.0
    record.add(said(5.0))
    assert record.quiet_from_seconds == 7.0


def test_sentences_of_one_line_are_joined_unless_something_comes_between() -> None:
    events = [
        said(0.0, "Eins."),
        said(2.3, "Zwei."),
        said(9.0, "Drei."),
        Said(11.1, 12.0, "Vier.", "another"),
    ]
    lines = [(line.seconds, line.text, line.end_seconds) for line in whole_lines(events)]
    assert lines == [(0.0, "Eins. Zwei.", 4.3), (9.0, "Drei.", 11.0), (11.1, "Vier.", 12.0)]


def test_a_line_that_is_said_again_behind_a_hush_is_a_line_of_its_own() -> None:
    events = [said(0.0, "Eins."), Hushed(2.1), said(2.2, "Eins."), said(4.4, "Zwei.")]
    assert [line.text for line in whole_lines(events)] == ["Eins.", "Eins. Zwei."]
