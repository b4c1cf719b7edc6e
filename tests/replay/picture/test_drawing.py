"""The picture is well-formed, self-contained, and shows what happened where it happened."""

import itertools
from xml.etree import ElementTree

import numpy as np

from rueckgrat.replay.checks import Failure
from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.picture import draw, style
from rueckgrat.replay.picture.rows import Rows
from rueckgrat.replay.runner import Take
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, silence
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    Problem,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)
from skill.messages.heard import ECHO, Command

SVG = "{http://www.w3.org/2000/svg}"
EVENTS = (
    StateEntered(0.1, "welcome"),
    Said(0.1, 2.0, "Hallo & <willkommen>.", "welcome.hello"),
    CommandHeard(5.0, 5.6, 5.8, "weiter", Command.parsed("next")),
    StateEntered(6.0, "exercise.repeat"),
    BreathSounded(7.0, 11.0, "in"),
    Said(58.0, 64.0, "Dieser geht über das Zeilenende.", "rest", is_cut=True),
    SpeechRejected(65.0, 66.0, 66.5, "was", "unknown words"),
    ToneSounded(66.5, 66.7, "rejected"),
    SpeechDropped(20.0, 20.5, 20.6, "zurück", ECHO),
    Problem(67.0, "The recogniser failed"),
)  # fmt: skip


def picture(*failures: Failure) -> ElementTree.Element:
    coach = silence(70 * VOICE_RATE_HZ)
    coach[: 2 * VOICE_RATE_HZ] = 8_000
    heard = silence(70 * EAR_RATE_HZ)
    heard[5 * EAR_RATE_HZ : round(5.6 * EAR_RATE_HZ)] = 4_000
    take = Take(EVENTS, heard, coach, 70.0, "exercise.repeat", False, False)
    return ElementTree.fromstring(draw(SessionOverview.of(take, "Titel", failures)))


def texts(svg: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {"".join(text.itertext()): text for text in svg.iter(f"{SVG}text")}


def test_everything_that_happened_is_there() -> None:
    written = texts(picture())
    for words in (
        "Titel",
        "weiter → next",
        "✗ was (in keinem meiner Sätze)",
        "exercise.repeat",
        "1:05",
    ):
        assert words in written
    assert "○ zurück (für meine Stimme gehalten)" in written
    assert "Hallo & <willkommen>." in written
    assert any(
        "Befehle: 1" in words and "verlassen in exercise.repeat" in words for words in written
    )


def test_things_stand_at_their_time() -> None:
    written = texts(picture())
    rows = Rows(70.0)
    assert float(written["weiter → next"].get("x")) == rows.at(5.0).left
    lower = float(written["✗ was (in keinem meiner Sätze)"].get("y")) - float(
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
    nothing = SessionOverview.of(
        Take((), silence(0), silence(0), 0.0, "standby", False, False), "Leer"
    )
    assert "standby" in draw(nothing)
    assert np.isfinite(float(ElementTree.fromstring(draw(nothing)).get("width")))


def test_failures_of_one_moment_stand_side_by_side() -> None:
    written = texts(picture(*(Failure((), f"Nummer {n}", 5.8) for n in (1, 2))))
    assert float(written["2"].get("x")) > float(written["1"].get("x")) + 9


def drawn(*events: Event) -> dict[str, ElementTree.Element]:
    take = Take(events, silence(0), silence(0), 60.0, "menu", False, False)
    return texts(ElementTree.fromstring(draw(SessionOverview.of(take, "Titel"))))


def heard(at: float, text: str, command: str) -> CommandHeard:
    return CommandHeard(at, at + 0.5, at + 0.7, text, Command.parsed(command))


def test_what_was_spoken_is_shortened_but_never_what_it_means() -> None:
    spoken = (
        "ich möchte heute bitte ganz gern einmal das kurze Rückentraining machen und sonst nichts"
    )
    written = drawn(heard(30.0, spoken, "programme(rueckentraining-kurz)"))
    [words] = [one for one in written if one.startswith("ich möchte")]
    assert words.endswith("… → programme(rueckentraining-kurz)")


def test_words_at_the_right_edge_end_there() -> None:
    written = drawn(heard(59.0, "das kurze rückentraining", "programme(rueckentraining-kurz)"))
    words = written["das kurze rückentraining → programme(rueckentraining-kurz)"]
    assert (words.get("text-anchor"), float(words.get("x"))) == ("end", Rows(60.0).right)


def test_words_that_follow_each_other_closely_share_no_place() -> None:
    events = [heard(10.0 + 2.5 * n, "weiter " * (n + 1), "next") for n in range(4)]
    written = [one for words, one in drawn(*events).items() if words.endswith("→ next")]
    assert len(written) == 4
    boxes = sorted(
        (float(one.get("y")), x := float(one.get("x")), x + _bold_width("".join(one.itertext())))
        for one in written
    )
    for (y, _, ends), (other_y, begins, _) in itertools.pairwise(boxes):
        assert y != other_y or ends < begins


def test_the_legend_leaves_each_word_its_room() -> None:
    written = texts(picture())
    mark, meaning = (
        written[one] for one in ("Wörter → Befehl", "verstanden, gestrichelt: wann es feststand")
    )
    assert float(meaning.get("x")) >= float(mark.get("x")) + _bold_width("Wörter → Befehl")


def _bold_width(words: str) -> float:
    """Return the width (px) in DejaVu Sans Bold, from the advances of its font file."""
    return sum(_ADVANCES[letter] for letter in words) / 2048 * style.LABEL_PX


_ADVANCES = {
    " ": 713, "→": 1716, "B": 1561, "W": 2259, "ö": 1407, "b": 1466, "e": 1389, "f": 891,
    "h": 1458, "i": 702, "l": 702, "n": 1458, "r": 1010, "t": 979, "w": 1892, "x": 1321,
}  # fmt: skip
