"""Whole sessions in a neural voice; an English one, of whose German few words are understood.

They show that times and lengths are those of any engine; how well real German words of the
coach are masked, `tests/ear/test_every_line_masked.py` shows with the built-in voice.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rueckgrat.replay.clock import ReplayClock
from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.past import PastHistory, entries
from rueckgrat.replay.report import report
from rueckgrat.replay.run import Result, run_dialog
from rueckgrat.replay.sessions import session_maker
from rueckgrat.voices.prepare import Batch, Prepared, all_lines, prepare, workers_for
from skill.content.loader import load_content
from skill.content.schema import Content, Manner
from skill.messages.events import BreathSounded, CommandHeard, Event, PhaseBegan, Problem, Said
from skill.observers import Observers
from skill.session import Session
from skill.settings import Settings
from skill.trainer import open_session, voice_for
from skill.voice import Voice
from skill.voice.ahead import Ahead
from skill.voice.choice import ANY_LANGUAGE
from skill.written.spoken import sentences
from tests.voice.naturals import JOE

RECORDINGS = Path(__file__).parents[1] / "recordings" / "bernd"
EXACT_SECONDS = 0.002

NEURAL = Settings(voice=f"{JOE}{ANY_LANGUAGE}")

SHORT = """
  - when: {said: menu.ask, after: 1 s}
    user: kurzes-rueckentraining
  - when: {said: position.ready, after: 1 s}
    user: zwei
  - when: {said: count.set, after: 1 s}
    user: weiter
  - when: {said: feedback.ask, after: 0.8 s}
    user: leicht
  - when: {said: position.ready_sides, after: 1 s}
    user: zwei
  - when: {said: count.set, after: 1 s}
    user: weiter
  - when: {said: feedback.ask, after: 0.8 s}
    user: gut
"""
HEARD = ("programme", "number", "next", "feeling", "number", "next", "feeling")

NO_THANKS = """
  - when: {said: menu.ask, after: 1 s}
    user: beenden
"""


def dialog(path: Path, steps: str) -> Path:
    """Write a dialog whose coach is heard as loud as it speaks: what isn't masked is heard."""
    begin = f"""\
title: In einer natürlichen Stimme
recordings: {RECORDINGS}
echo: {{level: 0 dB, delay: 150 ms, reverberation: 300 ms}}
end: {{finished: true}}
steps:
  - when: {{said: safety.ask, after: 0.8 s}}
    user: ja
"""
    path.write_text(begin + steps.lstrip("\n"), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is kept here that was rendered before."""
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "home"))
    return tmp_path


def commands(result: Result) -> list[str]:
    return [one.command.name for one in result.take.events if isinstance(one, CommandHeard)]


def said(result: Result) -> list[Said]:
    return [one for one in result.take.events if isinstance(one, Said)]


@pytest.mark.slow
def test_nothing_the_neural_voice_says_is_heard_as_a_command(tmp_path: Path) -> None:
    path = dialog(tmp_path / "no-thanks.dialog.yaml", NO_THANKS)
    result = run_dialog(path, session_maker(NEURAL))
    assert result.passed, report(result)
    assert commands(result) == ["yes", "quit"]
    assert not [one for one in result.take.events if isinstance(one, Problem)]


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_whole_programme_is_prepared_and_said_without_one_late_line(home: Path) -> None:
    path = dialog(home / "short.dialog.yaml", SHORT)
    built_in = run_dialog(path, session_maker(Settings()))
    assert built_in.passed, report(built_in)
    prepared = prepare_what_was_said(built_in)
    assert prepared.rendered == prepared.lines > 50
    assert not prepared.unspoken

    replayed = run_dialog(path, session_maker(NEURAL))
    live = Live()
    played = run_dialog(path, live)
    try:
        print(f"{live.ahead.said - live.ahead.unready} of {live.ahead.said} lines were ready")
        for result in (replayed, played):
            assert result.passed, report(result)
            assert commands(result) == ["yes", *HEARD]
            assert not [one.text for one in result.take.events if isinstance(one, Problem)]
            assert len([one for one in result.take.events if isinstance(one, BreathSounded)]) > 10
            assert list(misplaced(result.take.events)) == []
        everything = set(all_lines(NEURAL, load_content()))
        assert {one for line in said(played) for one in sentences(line.text)} <= everything
        assert (live.ahead.said, live.ahead.unready) == (len(said(played)), 0)
    finally:
        live.ahead.close()


def prepare_what_was_said(result: Result) -> Prepared:
    """Prepare those of all lines that were said: another voice needs few others."""
    content = load_content()
    texts = {one for line in said(result) for one in sentences(line.text)}
    wanted = [one for one in all_lines(NEURAL, content) if one in texts]
    batch = Batch(NEURAL.voice, Manner(), wanted)
    *_, last = prepare(workers_for(batch, NEURAL, content), wanted)
    return last


def misplaced(events: Sequence[Event]) -> Iterator[Event]:
    """Yield breaths that do not keep to their phase, and cues that outlast theirs."""
    phases = [one for one in events if isinstance(one, PhaseBegan)]
    spans = [(one.seconds, one.seconds + one.planned_seconds) for one in phases]
    for event in events:
        if isinstance(event, BreathSounded):
            start, end = event.seconds, event.end_seconds
            within = [one for one in spans if one[0] - EXACT_SECONDS < start < one[1]]
            fills = any(same(start, first) and same(end, last) for first, last in within)
            leads = not within and any(same(end, first) for first, _ in spans)
            if not fills and not leads:  # whoever breathes out first has a breath in before
                yield event
        elif isinstance(event, Said):
            for phase, (first, last) in zip(phases, spans, strict=True):
                begins_it = same(event.seconds, first) and event.text == phase.text
                if begins_it and event.end_seconds > last:
                    yield event


def same(seconds: float, other_seconds: float) -> bool:
    return abs(seconds - other_seconds) < EXACT_SECONDS


class Live:
    """Makes sessions as ``train`` does: their lines are rendered ahead."""

    def __init__(self) -> None:
        self.ahead: Ahead

    def __call__(self, setup: Setup, observers: Observers) -> Session:
        voices: list[Voice] = []

        def make_voice(settings: Settings, content: Content) -> Voice:
            voices.append(voice_for(settings, content))
            return voices[0]

        clock = ReplayClock(setup.now)
        session = open_session(
            NEURAL,
            observers,
            seed=setup.seed,
            model=setup.model,
            household=setup,
            history=PastHistory(entries(setup.past, setup.now)),
            clock=clock,
            is_live=True,
            make_voice=make_voice,
        )
        clock.seconds = lambda: session.now_seconds
        assert voices[0].ahead
        self.ahead = voices[0].ahead
        return session
