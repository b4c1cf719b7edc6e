"""The picture as a browser shows it: no word meets another one, or leaves the sheet."""

from pathlib import Path

import pytest

from rueckgrat.replay.checks import Failure
from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.picture import draw
from rueckgrat.replay.runner import Take
from skill.messages.blocks import silence
from skill.messages.events import CommandHeard, Event, Said, SpeechRejected, StateEntered
from skill.messages.heard import Command
from tests.browsers import Browse

pytestmark = pytest.mark.slow

WORDS = ("weiter", "ich möchte heute einmal das kurze rückentraining machen", "stopp")
COMMANDS = ("next", "programme(rueckentraining-kurz)", "stop")

OVERLAPS = """() => {
    const texts = [...document.querySelectorAll('text')]
        .map((text) => [text.textContent, text.getBoundingClientRect()]);
    const width = Number(document.documentElement.getAttribute('width'));
    const wrong = texts.filter(([, box]) => box.left < 0 || box.right > width).map(([w]) => w);
    texts.forEach(([words, one], number) => {
        for (const [others, other] of texts.slice(number + 1)) {
            const x = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (x > 1 && y > 4) wrong.push(`${words} | ${others}`);
        }
    });
    return wrong;
}"""


def crowded() -> SessionOverview:
    """Return a session in which much is said in little time, up to the end of each row."""
    events: list[Event] = [StateEntered(0.0, "menu.ask")]
    for number in range(55):
        at, turn = 2.2 * number, number % 3
        command = Command.parsed(COMMANDS[turn])
        events.append(CommandHeard(at, at + 0.8, at + 1.0, WORDS[turn], command))
        events.append(Said(at + 1.0, at + 2.0, f"Das ist ein Satz, Nummer {number}.", "menu.ask"))
        if turn == 2:
            events.append(SpeechRejected(at + 1.2, at + 1.9, at + 2.1, "hm ja", "unknown words"))
    take = Take(tuple(events), silence(0), silence(0), 120.0, "menu.ask", False, True)
    failures = [Failure((), f"Das kam zu spät, Nummer {n}.", 59.9, "heard: stop") for n in range(4)]
    return SessionOverview.of(take, "Viel auf einmal", tuple(failures))


@pytest.mark.parametrize("typeface", ["Liberation Sans", "DejaVu Sans"])
def test_no_word_meets_another_one(browse: Browse, tmp_path: Path, typeface: str) -> None:
    svg = draw(crowded()).replace("Helvetica, Arial,", f"'{typeface}', Arial,")
    assert svg.count("→ next<") > 10
    (tmp_path / "timeline.svg").write_text(svg, encoding="utf-8")
    page = browse((tmp_path / "timeline.svg").as_uri(), width=1600)
    assert page.evaluate(OVERLAPS) == []
