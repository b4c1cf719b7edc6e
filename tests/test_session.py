"""The session's order within a block, its clock, and that no failure ends it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Thread

import numpy as np
import pytest

from skill.audio.recovery import MicrophoneWatch
from skill.buttons import ANNOUNCE, MUTE
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Pcm, silence
from skill.messages.cues import Cue, Earcon, Hush, Remember, Say, SetManner, Tell
from skill.messages.events import (
    CommandHeard,
    Event,
    Hushed,
    MuteSet,
    PersonChanged,
    Problem,
    Remembered,
    RepetitionBegan,
    Said,
    Snapshot,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    TempoSet,
    ToneSounded,
)
from skill.messages.heard import (
    ECHO,
    MASKED,
    Command,
    Decision,
    Heard,
    Listening,
    Meaning,
    Speaking,
)
from skill.messages.notes import HistoryEntry, Load, Outcome, SetDone
from skill.observers import Observers, Told
from skill.reminders import Reminders
from skill.session import SILENT_MICROPHONE, Session
from skill.settings.invitations import parse_invitation

BLOCK = silence(EAR_BLOCK_SAMPLES)
NEXT = Heard(Command("next"), "weiter", 0.9, 0.0, 0.1, 0.1, Decision.EARLY)


@dataclass
class FakeEar:
    script: dict[int, Heard | Exception] = field(default_factory=dict)
    listened: list[Listening] = field(default_factory=list)

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self.listened.append(listening)
        planned = self.script.get(len(self.listened))
        if isinstance(planned, Exception):
            raise planned
        return [planned] if planned else []


@dataclass
class FakeCoach:
    calls: list[str] = field(default_factory=list)
    state: str = "welcome"
    finished: bool = False
    asleep: bool = False
    told: list[Cue] = field(default_factory=list)
    live_commands: frozenset[str] = frozenset({"next"})

    def start(self) -> list[Cue]:
        self.calls.append("start")
        return [Say("Hallo.", cue_id=1, line="welcome")]

    def pass_time(self, seconds: float) -> list[Cue]:
        self.calls.append(f"time {seconds}")
        told, self.told = self.told, []
        return told

    def cue_done(self, cue_id: int) -> list[Cue]:
        self.calls.append(f"done {cue_id}")
        return []

    def hear(self, heard: Heard) -> list[Cue]:
        self.calls.append(f"hear {heard.command}")
        self.state = "menu.ask"
        return [Hush(), Earcon("heard")]

    def invite(self) -> list[Cue]:
        self.calls.append("invite")
        return [Say("Zeit zu üben!", cue_id=2, line="invited")]

    def lost(self, audible: bool) -> list[Cue]:
        self.calls.append(f"lost {audible}")
        self.state = "paused"
        return [Hush(), *([Say("Pause.", cue_id=3, line="paused.deaf")] if audible else [])]

    def mention_silent_microphone(self) -> list[Cue]:
        self.calls.append("silent")
        return [] if self.asleep else [Say("Gar nichts.", cue_id=5, line="microphone.silent")]

    def upcoming(self) -> list[str]:
        return [f"line of {self.state}"]

    def back(self) -> list[Cue]:
        self.calls.append("back")
        return [Say("Da bin ich wieder.", cue_id=4, line="paused.restored")]


@dataclass
class FakeVoice:
    broken: Callable[[Cue], bool] = lambda _: False
    performed: list[Cue] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    expected: list[list[str]] = field(default_factory=list)
    lacking: str = ""

    def perform(self, cue: Cue) -> tuple[float, float]:
        if self.broken(cue):
            raise RuntimeError("no voice")
        self.performed.append(cue)
        return 0.1, 0.5

    def finished_cues(self) -> list[int]:
        ended, self.ended = self.ended, []
        return ended

    def speaking(self) -> tuple[Speaking, ...]:
        return (Speaking("Hallo.", 0.1, 0.4),)

    def expect(self, upcoming: Callable[[], Iterable[str]]) -> None:
        self.expected.append(list(upcoming()))

    def shortfall(self) -> str:
        lacking, self.lacking = self.lacking, ""
        return lacking

    def next_block(self) -> Pcm:
        return silence(VOICE_BLOCK_SAMPLES)


def make_session(**parts: object) -> tuple[Session, FakeCoach, list[Event]]:
    events: list[Event] = []
    coach = parts.get("coach") or FakeCoach()
    assert isinstance(coach, FakeCoach)
    session = Session(
        parts.get("ear", FakeEar()),  # type: ignore[arg-type]
        coach,
        parts.get("voice", FakeVoice()),  # type: ignore[arg-type]
        Observers([Told(events.append)]),
        parts.get("memory"),  # type: ignore[arg-type]
        parts.get("reminders"),  # type: ignore[arg-type]
        parts.get("clock", datetime.now),  # type: ignore[arg-type]
        parts.get("microphone_watch"),  # type: ignore[arg-type]
    )
    return session, coach, events


def test_the_clock_counts_blocks() -> None:
    session, _, _ = make_session()
    for _ in range(3):
        assert session.process(BLOCK).shape == (VOICE_BLOCK_SAMPLES,)
    assert session.now_seconds == pytest.approx(0.3)


def test_what_was_heard_is_acted_on_last_in_its_block() -> None:
    voice = FakeVoice(ended=[7])
    session, coach, _ = make_session(ear=FakeEar({1: NEXT}), voice=voice)
    session.process(BLOCK)
    assert coach.calls == ["start", "time 0.1", "done 7", "hear next"]
    assert voice.performed[-2:] == [Hush(), Earcon("heard")]


@pytest.mark.parametrize("reason", [ECHO, MASKED])
def test_what_was_taken_for_the_coach_is_told_and_nothing_follows(reason: str) -> None:
    meant = Meaning(Command("next"))
    dropped = replace(NEXT, command=None, reason=reason, meaning=meant)
    session, coach, events = make_session(ear=FakeEar({1: dropped}))
    session.process(BLOCK)
    assert coach.calls == ["start", "time 0.1"]
    assert events[-1] == SpeechDropped(
        *(0.0, 0.1, 0.1, "weiter", reason, Command("next"), 0.9, Decision.EARLY)
    )


def test_the_ear_is_told_what_counts_and_what_is_being_said() -> None:
    ear = FakeEar()
    session, _, _ = make_session(ear=ear)
    session.process(BLOCK)
    assert ear.listened == [Listening(frozenset({"next"}), (Speaking("Hallo.", 0.1, 0.4),))]


def test_the_ear_is_told_what_the_loudspeaker_was_given_for_the_block_it_hears() -> None:
    class Counting(FakeVoice):
        count = 0

        def next_block(self) -> Pcm:
            self.count += 1
            return np.full(VOICE_BLOCK_SAMPLES, self.count, dtype=np.int16)

    ear = FakeEar()
    session, _, _ = make_session(ear=ear, voice=Counting())
    played = [session.process(BLOCK)[0] for _ in range(3)]
    assert played == [1, 2, 3]
    assert [listening.own[0] for listening in ear.listened] == [0, 1, 2]
    session.process(BLOCK, np.full(99, 7, dtype=np.int16))
    assert ear.listened[-1].own.tolist() == [7] * 99, "unless something else became of it"


def test_events_tell_the_whole_story_in_order() -> None:
    session, _, events = make_session(ear=FakeEar({1: NEXT}))
    session.process(BLOCK)
    kinds = [type(event) for event in events]
    assert kinds == [Said, StateEntered, CommandHeard, Hushed, ToneSounded, StateEntered]
    assert events[2].decided_seconds == 0.1


def test_rejected_speech_is_reported_with_its_reason() -> None:
    rejected = Heard(None, "hallo oma", 0.4, 0.0, 0.1, 0.1, Decision.FINAL, "unknown words")
    session, _, events = make_session(ear=FakeEar({1: rejected}))
    session.process(BLOCK)
    rejected = next(event for event in events if isinstance(event, SpeechRejected))
    assert (rejected.text, rejected.reason) == ("hallo oma", "unknown words")


def test_a_failing_ear_costs_one_block_not_the_session() -> None:
    session, coach, events = make_session(ear=FakeEar({1: ValueError("odd block"), 2: NEXT}))
    session.process(BLOCK)
    session.process(BLOCK)
    assert [event.text for event in events if isinstance(event, Problem)] == [
        "Gerade kann ich dich nicht hören (odd block)."
    ]
    assert coach.calls[-1] == "hear next"


def test_an_ear_that_goes_on_failing_is_reported_once_each_time() -> None:
    odd = ValueError("odd block")
    session, _, events = make_session(ear=FakeEar({1: odd, 2: odd, 3: odd, 5: odd, 6: odd}))
    for _ in range(6):
        session.process(BLOCK)
    problems = [event.seconds for event in events if isinstance(event, Problem)]
    assert problems == pytest.approx([0.1, 0.5])


def test_a_line_that_cannot_be_spoken_does_not_stall_the_coach() -> None:
    voice = FakeVoice(broken=lambda cue: isinstance(cue, Say))
    session, coach, events = make_session(voice=voice)
    session.process(BLOCK)
    assert "done 1" in coach.calls
    assert [event.text for event in events if isinstance(event, Problem)] == [
        "Das konnte ich nicht sagen: „Hallo.“ (no voice)."
    ]


def test_a_manner_that_cannot_be_had_is_told_and_all_is_said_nevertheless() -> None:
    class Mannered(FakeCoach):
        def start(self) -> list[Cue]:
            return [SetManner("Anna"), *super().start()]

    voice = FakeVoice(broken=lambda cue: isinstance(cue, SetManner))
    session, _, events = make_session(coach=Mannered(), voice=voice)
    session.process(BLOCK)
    assert [event.text for event in events if isinstance(event, Problem)] == [
        "Mit der gewünschten Stimme kann ich nicht sprechen und nehme die gewohnte (no voice)."
    ]
    assert any(isinstance(cue, Say) for cue in voice.performed)


def test_a_line_that_cannot_be_spoken_later_is_missed_later() -> None:
    """Behind a "stopp" there is to be silence, whatever fails."""

    class Stopped(FakeCoach):
        def start(self) -> list[Cue]:
            return [Say("Alles ist ruhig.", 1, "paused.stopped", at_seconds=0.9)]

    voice = FakeVoice(broken=lambda cue: isinstance(cue, Say))
    session, coach, _ = make_session(coach=Stopped(), voice=voice)
    for _ in range(8):
        session.process(BLOCK)
    assert voice.performed == [Earcon("problem", 0.9)]
    assert "done 1" not in coach.calls
    session.process(BLOCK)
    assert "done 1" in coach.calls


def test_a_problem_is_heard_once_while_its_tone_sounds() -> None:
    voice = FakeVoice(broken=lambda cue: isinstance(cue, Say))
    session, _, events = make_session(ear=FakeEar({1: ValueError("odd block")}), voice=voice)
    session.process(BLOCK)
    assert sum(isinstance(event, Problem) for event in events) == 2
    assert voice.performed == [Earcon("problem", 0.1)]
    assert [event.name for event in events if isinstance(event, ToneSounded)] == ["problem"]


def test_a_problem_in_standby_wakes_nobody() -> None:
    voice = FakeVoice(broken=lambda cue: isinstance(cue, Say))
    session, _, events = make_session(coach=FakeCoach(state="standby"), voice=voice)
    session.process(BLOCK)
    assert Problem in [type(event) for event in events]
    assert voice.performed == []


def test_a_problem_that_cannot_even_be_heard_is_reported() -> None:
    session, coach, events = make_session(voice=FakeVoice(broken=lambda _: True))
    session.process(BLOCK)
    session.process(BLOCK)
    assert "done 1" in coach.calls
    assert [type(event) for event in events] == [Problem, StateEntered]


def test_a_button_counts_as_its_command_with_the_next_block() -> None:
    session, coach, events = make_session()
    session.process(BLOCK)
    session.press("next")
    session.press("stop")
    assert coach.calls[-1] == "time 0.1"
    session.process(BLOCK)
    assert coach.calls[-2:] == ["hear next", "hear stop"]
    heard = next(event for event in events if isinstance(event, CommandHeard))
    assert (heard.seconds, str(heard.command), heard.decision) == (0.2, "next", "button")


def test_a_command_with_a_slot_may_come_from_any_thread() -> None:
    session, _, events = make_session()
    for steer in (
        lambda: session.command(Command("exercise", "bruecke")),
        lambda: session.press("exercise(bruecke)"),
    ):
        thread = Thread(target=steer)
        thread.start()
        thread.join()
    session.process(BLOCK)
    heard = [event.command for event in events if isinstance(event, CommandHeard)]
    assert heard == [Command("exercise", "bruecke")] * 2


def test_who_comes_late_asks_where_it_is() -> None:
    session, coach, _ = make_session()
    assert session.snapshot() == Snapshot()
    session.press(MUTE)
    session.process(BLOCK)
    coach.finished = True
    assert session.snapshot() == Snapshot(0.1, "welcome", is_muted=True, finished=True)


def test_an_observer_that_fails_ends_no_session_and_makes_no_sound() -> None:
    def fail(event: Event) -> None:
        if not isinstance(event, Problem):
            raise ConnectionError("no broker")

    voice = FakeVoice()
    session, coach, events = make_session(voice=voice)
    session.follow(Told(fail))
    for _ in range(3):
        session.process(BLOCK)
    problems = [event.text for event in events if isinstance(event, Problem)]
    assert problems == ["Ein Beobachter der Sitzung kommt gerade nicht mit (no broker)."]
    assert Earcon("problem", 0.1) not in voice.performed
    assert coach.calls[-1] == "time 0.1"


@pytest.mark.parametrize(("button", "command"), [("next", "wake"), ("stop", "stop")])
def test_in_standby_a_button_wakes(button: str, command: str) -> None:
    session, coach, _ = make_session(coach=FakeCoach(state="standby"))
    session.press(button)
    session.process(BLOCK)
    assert coach.calls[-1] == f"hear {command}"


def test_a_closed_microphone_gives_the_ear_silence() -> None:
    class Loudness(FakeEar):
        def process(self, block: Pcm, listening: Listening) -> list[Heard]:
            loudness.append((int(block.max()), len(block)))
            return []

    loudness: list[tuple[int, int]] = []
    voice = FakeVoice()
    session, _, events = make_session(ear=Loudness(), voice=voice)
    loud = np.full(EAR_BLOCK_SAMPLES, 9, dtype=np.int16)
    states = []
    for button in ("", MUTE, "", MUTE):
        if button:
            session.press(button)
        session.process(loud)
        states.append(session.is_muted)
    assert [level for level, _ in loudness] == [9, 0, 0, 9]
    assert {length for _, length in loudness} == {EAR_BLOCK_SAMPLES}
    assert states == [False, True, True, False]
    assert voice.performed[1:] == [Earcon("muted", 0.2), Earcon("unmuted", pytest.approx(0.4))]
    assert [event.is_muted for event in events if isinstance(event, MuteSet)] == [True, False]


def test_a_long_press_is_obeyed_with_the_microphone_closed() -> None:
    session, coach, _ = make_session()
    session.press(MUTE)
    session.press("stop")
    session.process(BLOCK)
    assert coach.calls[-1] == "hear stop"


SIX = datetime(2026, 11, 25, 18)


class _Wall:
    """A clock that runs a second on with every look."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=1)) -> None:
        self.now, self._step = start - step, step

    def __call__(self) -> datetime:
        self.now += self._step
        return self.now


def _six_o_clock() -> Reminders:
    return Reminders([parse_invitation("Mi 18:00")])


def test_an_invitation_is_made_once_when_it_is_due() -> None:
    clock = _Wall(SIX - timedelta(seconds=2))
    session, coach, events = make_session(reminders=_six_o_clock(), clock=clock)
    for _ in range(100):
        session.process(BLOCK)
    assert coach.calls.count("invite") == 1
    assert clock.now == SIX + timedelta(seconds=7), "looked at once a second, ten times in ten"
    assert [event.line for event in events if isinstance(event, Said)] == ["welcome", "invited"]


def test_an_invitation_comes_in_the_second_of_its_time() -> None:
    session, coach, _ = make_session(reminders=_six_o_clock(), clock=_Wall(SIX))
    for _ in range(9):
        session.process(BLOCK)
    assert "invite" not in coach.calls
    session.process(BLOCK)
    assert coach.calls[-1] == "invite"


def test_who_trains_today_is_not_invited_any_more() -> None:
    coach = FakeCoach(state="exercise.repeat")
    session, _, _ = make_session(
        coach=coach, reminders=_six_o_clock(), clock=_Wall(SIX - timedelta(minutes=1))
    )
    for _ in range(1_000):
        session.process(BLOCK)
    assert "invite" not in coach.calls


def test_without_reminders_nobody_looks_at_the_clock() -> None:
    clock = _Wall(SIX)
    session, _, _ = make_session(clock=clock)
    for _ in range(20):
        session.process(BLOCK)
    assert clock.now == SIX - timedelta(seconds=1)


@dataclass
class FakeMemory:
    broken: bool = False
    entries: list[HistoryEntry] = field(default_factory=list)

    def add(self, entry: HistoryEntry) -> None:
        if self.broken:
            raise OSError("disk full")
        self.entries.append(entry)


class RememberingCoach(FakeCoach):
    ENTRY = HistoryEntry("anna", SIX, SetDone("bruecke", (8,), Load(8), Outcome.COMPLETE))

    def pass_time(self, seconds: float) -> list[Cue]:
        return [Remember(self.ENTRY)]


@pytest.mark.parametrize("memory", [None, FakeMemory()])
def test_what_is_remembered_is_kept_and_reported(memory: FakeMemory | None) -> None:
    session, _, events = make_session(coach=RememberingCoach(), memory=memory)
    session.process(BLOCK)
    assert [(event.note, event.person) for event in events if isinstance(event, Remembered)] == [
        (RememberingCoach.ENTRY.note, "anna")
    ]
    assert memory is None or memory.entries == [RememberingCoach.ENTRY]


def test_a_memory_that_fails_is_reported_once() -> None:
    session, _, events = make_session(coach=RememberingCoach(), memory=FakeMemory(broken=True))
    for _ in range(3):
        session.process(BLOCK)
    assert [event.text for event in events if isinstance(event, Problem)] == [
        "Das konnte ich mir nicht merken (disk full)."
    ]


def test_a_loss_before_the_first_block_is_no_matter() -> None:
    session, coach, _ = make_session()
    assert not session.lost(audible=True)
    session.back()
    assert coach.calls == []


@pytest.mark.parametrize("audible", [True, False])
def test_a_loss_is_told_to_the_coach_and_takes_no_time(audible: bool) -> None:
    session, coach, events = make_session()
    session.process(BLOCK)
    assert session.lost(audible) == audible, "only a speaker has anything to say"
    session.back()
    assert coach.calls[-2:] == [f"lost {audible}", "back"]
    assert session.now_seconds == pytest.approx(0.1)
    assert [event.state for event in events if isinstance(event, StateEntered)][-1] == "paused"
    assert [event.line for event in events if isinstance(event, Said)][-1] == "paused.restored"


def mentions(events: list[Event]) -> list[str]:
    return [
        event.line if isinstance(event, Said) else event.text
        for event in events
        if (isinstance(event, Said) and event.line == "microphone.silent")
        or isinstance(event, Problem)
    ]


def test_a_microphone_that_brings_nothing_is_mentioned_once() -> None:
    watch = MicrophoneWatch(first_seconds=2.0, later_seconds=3.0)
    session, _, events = make_session(microphone_watch=watch)
    for _ in range(19):
        session.process(BLOCK)
    assert mentions(events) == []
    for _ in range(60):
        session.process(BLOCK)
    assert mentions(events) == [SILENT_MICROPHONE, "microphone.silent"]


def test_who_sleeps_is_told_of_a_silent_microphone_on_waking_up() -> None:
    coach = FakeCoach(asleep=True)
    watch = MicrophoneWatch(first_seconds=1.0)
    session, _, events = make_session(coach=coach, microphone_watch=watch)
    for _ in range(30):
        session.process(BLOCK)
    assert mentions(events) == [SILENT_MICROPHONE]
    coach.asleep = False
    session.process(BLOCK)
    assert mentions(events) == [SILENT_MICROPHONE, "microphone.silent"]


def test_a_closed_microphone_is_silent_on_purpose() -> None:
    session, _, events = make_session(microphone_watch=MicrophoneWatch(first_seconds=1.0))
    session.press("mute")
    for _ in range(30):
        session.process(BLOCK)
    assert mentions(events) == []


def process(session: Session, blocks: int) -> None:
    for _ in range(blocks):
        session.process(BLOCK)


def test_the_voice_prepares_for_what_may_be_said_whenever_that_is_something_else() -> None:
    voice, coach = FakeVoice(), FakeCoach()
    session, _, _ = make_session(voice=voice, coach=coach)
    process(session, 3)
    assert voice.expected == [["line of welcome"]]
    coach.state = "menu.ask"
    process(session, 3)
    assert voice.expected[1:] == [["line of menu.ask"]]
    news = [
        PersonChanged(0.0, "Anna"),
        RepetitionBegan(0.0, "bruecke", "", 1, 8, 9.0),
        TempoSet(0.0, 1.25),
    ]
    for number, event in enumerate(news):
        coach.told = [Tell(event)]
        process(session, 2)
        assert len(voice.expected) == (3, 4, 4)[number]


def test_what_the_stand_in_has_said_is_told_when_the_training_is_over() -> None:
    voice, coach = FakeVoice(lacking="Zwei von drei."), FakeCoach()
    session, _, events = make_session(voice=voice, coach=coach)
    process(session, 2)
    assert not [one for one in events if isinstance(one, Problem)]
    coach.state = "standby"
    process(session, 2)
    coach.state = "finished"
    process(session, 2)
    assert [one.text for one in events if isinstance(one, Problem)] == ["Zwei von drei."]
    assert Earcon("problem") not in voice.performed


def test_a_text_from_outside_is_said_but_not_in_a_movement() -> None:
    voice = FakeVoice()
    coach = FakeCoach(state="standby")
    session, _, events = make_session(voice=voice, coach=coach)
    session.command(Command(ANNOUNCE, "Das Essen ist fertig."))
    session.process(BLOCK)
    said = [one.text for one in events if isinstance(one, Said) and one.line == ANNOUNCE]
    assert said == ["Das Essen ist fertig."]
    assert not [call for call in coach.calls if call.startswith("hear")], "the coach goes on"
    coach.state = "exercise.repeat"
    session.command(Command(ANNOUNCE, "Komm!"))
    session.process(BLOCK)
    assert len([one for one in events if isinstance(one, Said) and one.line == ANNOUNCE]) == 1
    assert not [call for call in coach.calls if call.startswith("hear")]
