"""The picture is well-formed, self-contained, and shows what happened where it happened."""

from xml.etree import ElementTree

import numpy as np

from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, silence
from skill.messages.events import Event, Kind
from skill.replay.checks import Failure
from skill.replay.picture import draw, style
from skill.replay.picture.rows import Rows
from skill.replay.runner import Take

SVG = "{http://www.w3.org/2000/svg}"
EVENTS = (
    Event(0.1, Kind.STATE, detail="welcome"),
    Event(0.1, Kind.SAID, "Hallo & <willkommen>.", "welcome.hello", 2.0),
    Event(5.0, Kind.HEARD, "weiter", "next", 5.6, {"decided_seconds": 5.8}),
    Event(6.0, Kind.STATE, detail="exercise.repeat"),
    Event(7.0, Kind.BREATH, "", "in", 11.0),
    Event(58.0, Kind.SAID, "Dieser geht über das Zeilenende.", "rest", 64.0, {"cut": "hush"}),
    Event(65.0, Kind.REJECTED, "was", "unknown words", 66.0, {"decided_seconds": 66.5}),
    Event(66.5, Kind.EARCON, "", "rejected", 66.7),
    Event(67.0, Kind.PROBLEM, "The recogniser failed"),
)  # fmt: skip


def picture(*failures: Failure) -> ElementTree.Element:
    coach = silence(70 * VOICE_RATE_HZ)
    coach[: 2 * VOICE_RATE_HZ] = 8_000
    heard = silence(70 * EAR_RATE_HZ)
    heard[5 * EAR_RATE_HZ : round(5.6 * EAR_RATE_HZ)] = 4_000
    take = Take(EVENTS, heard, coach, 70.0, "exercise.repeat", False, False)
    return ElementTree.fromstring(draw(take, "Titel", failures))


def texts(svg: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {"".join(text.itertext()): text for text in svg.iter(f"{SVG}text")}


def test_everything_that_happened_is_there() -> None:
    written = texts(picture())
    for words in ("Titel", "weiter → next", "✗ was (unknown words)", "exercise.repeat", "1:05"):
        assert words in written
    assert "Hallo & <willkommen>." in written
    assert any(
        "Befehle: 1" in words and "verlassen in exercise.repeat" in words for words in written
    )


def test_things_stand_at_their_time() -> None:
    written = texts(picture())
    rows = Rows(70.0)
    assert float(written["weiter → next"].get("x")) == rows.at(5.0).left
    lower = float(written["✗ was (unknown words)"].get("y")) - float(
        written["weiter → next"].get("y")
    )
    assert lower == style.ROW_HEIGHT


def test_failures_are_numbered_in_words_and_on_the_axis() -> None:
    late = Failure(("steps", 0), "This came after 0.72 s.", 5.8)
    written = texts(picture(late))
    assert "1  00:05.8  This came after 0.72 s." in written
    assert float(written["1"].get("x")) == Rows(70.0).at(5.8).left + 2


def test_nothing_is_loaded_from_elsewhere() -> None:
    for element in picture().iter():
        assert not any("href" in name for name in element.attrib)


def test_an_empty_session_can_be_drawn() -> None:
    nothing = Take((), silence(0), silence(0), 0.0, "standby", False, False)
    assert "standby" in draw(nothing, "Leer")
    assert np.isfinite(float(ElementTree.fromstring(draw(nothing, "Leer")).get("width")))
