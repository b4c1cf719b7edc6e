"""What counts as met, and what a person is told when it is not."""

from dataclasses import replace

import numpy as np
import pytest

from rueckgrat.replay.checks import failures
from rueckgrat.replay.dialog import Dialog, Expectation
from rueckgrat.replay.observations import times
from rueckgrat.replay.runner import Take
from rueckgrat.replay.scripted_user import Performed
from skill.messages.blocks import VOICE_RATE_HZ, silence
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    Problem,
    Remembered,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)
from skill.messages.heard import ECHO, Command
from skill.messages.notes import Load, Outcome, SetDone

HEARD = CommandHeard(5.0, 5.5, 5.6, "weiter", Command.parsed("next"))
NUMBER = CommandHeard(5.0, 5.5, 5.6, "acht", Command.parsed("number(8)"))
DROPPED = SpeechDropped(5.0, 5.5, 6.3, "zurück", ECHO, Command("back"))
REJECTED = SpeechRejected(5.0, 5.5, 6.2, "was", "unknown words")
GOOD = Said(5.7, 7.0, "Gut, die Brücke.", "bruecke.introduction")
CUT = Said(3.0, 5.7, "Womit fangen wir an?", "menu.ask", is_cut=True)
ENTERED = StateEntered(5.6, "exercise.introduce")
BREATH = BreathSounded(8.0, 10.0, "in")
READY = ToneSounded(7.1, 7.2, "ready")
DONE = Remembered(9.0, "anna", SetDone("bruecke", (8,), Load(8), Outcome.COMPLETE))
EVERYTHING = (CUT, HEARD, REJECTED, DROPPED, GOOD, ENTERED, BREATH, READY, DONE)


def take(*events: Event, **changes: object) -> Take:
    fields = {
        "events": events,
        "microphone": silence(160_000),
        "coach": silence(10 * VOICE_RATE_HZ),
        "seconds": 10.0,
        "state": "exercise.introduce",
        "finished": False,
        "timed_out": False,
    }
    return Take(**(fields | changes))


def dialog(
    *expect: dict[str, str], never: tuple[dict[str, str], ...] = (), **more: object
) -> Dialog:
    step = {"when": {"after": "5 s"}, "user": "weiter", "expect": expect, "never": never}
    return Dialog.model_validate({"title": "t", "steps": [step], **more})


def failing(made: Dialog, got: Take, done: tuple[Performed, ...] = (Performed(5.0, 5.5),)) -> list:
    return list(failures(made, done, got))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("heard", "next"),
        ("heard", "any"),
        ("rejected", "any"),
        ("rejected", "unknown words"),
        ("dropped", "any"),
        ("dropped", "zurück"),
        ("dropped", "echo"),
        ("coach", "bruecke.introduction"),
        ("coach", "die Brücke"),
        ("cut", "menu.ask"),
        ("state", "exercise.introduce"),
        ("state", "exercise"),
        ("breath", "in"),
        ("earcon", "ready"),
        ("remembered", "any"),
        ("remembered", "set_done"),
        ("remembered", "set_done(bruecke)"),
        ("remembered", "set_done(bruecke, complete) of Anna"),
        ("remembered", "any of anna"),
        ("silence", "0.5 s"),
    ],
)
def test_each_word_is_met_and_is_missed(word: str, value: str) -> None:
    assert failing(dialog({word: value}), take(*EVERYTHING)) == []
    humming = np.full(10 * VOICE_RATE_HZ, 5_000, dtype=np.int16)
    missed = failing(dialog({word: value}), take(coach=humming))
    assert [failure.place for failure in missed] == [("steps", 0, "expect", 0)]
    assert missed[0].sentence == "Das ist nicht passiert."


def test_a_command_with_a_slot_is_met_with_and_without_naming_it() -> None:
    assert failing(dialog({"heard": "number"}), take(NUMBER)) == []
    assert failing(dialog({"heard": "number(8)"}), take(NUMBER)) == []
    assert len(failing(dialog({"heard": "number(9)"}), take(NUMBER))) == 1


@pytest.mark.parametrize(
    "other",
    ["set_done(roll-up)", "set_done(bruecke, pain)", "set_done(brue)", "rated", "any of bernd"],
)
def test_another_note_is_no_match(other: str) -> None:
    assert len(failing(dialog({"remembered": other}), take(DONE))) == 1


def test_order_counts_but_not_within_one_block() -> None:
    same_block = dialog({"coach": "bruecke.introduction"}, {"state": "exercise"}, {"heard": "next"})
    assert failing(same_block, take(*EVERYTHING)) == []
    wrong = failing(dialog({"breath": "in"}, {"coach": "bruecke.introduction"}), take(*EVERYTHING))
    assert [failure.sentence for failure in wrong] == [
        "Das ist nach dem, was davor steht, nicht passiert."
    ]


def test_what_is_expected_twice_must_happen_twice() -> None:
    twice = dialog({"coach": "bruecke.introduction"}, {"coach": "bruecke.introduction"})
    assert len(failing(twice, take(GOOD))) == 1
    again = Said(8.0, 9.0, GOOD.text, GOOD.line)
    assert failing(twice, take(GOOD, again)) == []


def test_times_count_from_the_end_of_the_recording() -> None:
    assert failing(dialog({"coach": "bruecke.introduction", "within": "300 ms"}), take(GOOD)) == []
    late = failing(dialog({"coach": "bruecke.introduction", "within": "100 ms"}), take(GOOD))
    assert late[0].sentence == "Das kam nach 0.20 s, erwartet war es spätestens nach 0.1 s."
    early = failing(dialog({"breath": "in", "not_before": "3 s"}), take(BREATH))
    assert early[0].sentence == "Das kam nach 2.50 s, erwartet war es frühestens nach 3 s."


def test_what_must_not_happen_is_told_when_it_did() -> None:
    heard = failing(dialog(never=({"heard": "any"},)), take(HEARD))
    assert heard[0].sentence == "Das darf nicht passieren, kam aber nach 5.60 s."
    assert failing(dialog(never=({"heard": "stop"},)), take(HEARD)) == []
    assert len(failing(dialog({"heard": "next"}, **{"never": [{"cut": "any"}]}), take(HEARD, CUT)))


def test_a_step_ends_where_the_next_begins() -> None:
    step = {"when": {"after": "1 s"}, "expect": [{"breath": "in"}]}
    made = Dialog.model_validate({"title": "t", "steps": [step, {"when": {"after": "1 s"}}]})
    assert len(failing(made, take(BREATH), (Performed(5.0, 5.0), Performed(6.0, 6.0)))) == 1
    assert failing(made, take(BREATH), (Performed(5.0, 5.0), Performed(9.0, 9.0))) == []


@pytest.mark.parametrize(
    ("when", "ended", "why"),
    [
        ({}, {"timed_out": True}, "Nach 600 s war die Zeit des ganzen Tests um (limit)."),
        ({}, {"finished": True}, "Das Training war bei 10.0 s zu Ende."),
        ({}, {}, "Gewartet habe ich 120 s, die Zeit der Wiederholungen nicht mitgerechnet;"),
        ({"within": "9 s"}, {}, "Gewartet habe ich 9 s, wie within es sagt; aufgehört habe ich"),
    ],
)
def test_a_step_that_never_came_says_which_and_what_it_waited_for(
    when: dict[str, str], ended: dict[str, bool], why: str
) -> None:
    steps = [{"when": {"after": "0 s"}}, {"when": {"said": "menu.ask", **when}}]
    made = Dialog.model_validate({"title": "t", "steps": steps})
    (missed, *_) = failing(made, take(**ended), (Performed(0.0, 0.0),))
    assert missed.place == ("steps", 1, "when")
    assert missed.sentence.startswith(
        "Schritt 2 kam nicht an die Reihe: Nach dem Schritt davor hat der Coach „menu.ask“ nie zu"
        " Ende gesagt. "
    )
    assert why in missed.sentence


def test_a_line_that_is_named_by_words_begins_with_their_sentence() -> None:
    line = Said(4.0, 10.0, "Heb das Becken an. Und senk es ab.", "bruecke.heben")
    second = Expectation(coach="senk es ab")
    assert times(second, 0.0, take(line)) == [pytest.approx(7.3, abs=0.1)]
    assert times(Expectation(coach="bruecke.heben"), 0.0, take(line)) == [4.0]
    assert times(second, 0.0, take(replace(line, end_seconds=5.0, is_cut=True))) == []


def test_silence_is_measured_in_what_the_loudspeaker_played() -> None:
    coach = np.full(10 * VOICE_RATE_HZ, 5_000, dtype=np.int16)
    coach[round(5.7 * VOICE_RATE_HZ) : round(6.4 * VOICE_RATE_HZ)] = 0
    assert failing(dialog({"silence": "0.5 s", "within": "0.3 s"}), take(coach=coach)) == []
    assert len(failing(dialog({"silence": "0.5 s", "within": "0.1 s"}), take(coach=coach))) == 1
    assert len(failing(dialog({"silence": "0.9 s"}), take(coach=coach))) == 1


def test_the_end_is_checked() -> None:
    wanted = dialog(end={"finished": "true", "state": "standby"})
    assert [f.place for f in failing(wanted, take())] == [("end", "finished"), ("end", "state")]
    assert failing(wanted, take(finished=True, state="standby")) == []


def test_a_problem_of_the_machine_is_always_a_failure_and_told_once() -> None:
    problems = [Problem(float(n), "The recogniser failed") for n in (1, 2, 3)]
    told = failing(dialog(), take(*problems))
    assert [f.sentence for f in told] == ["Es gab ein Problem: The recogniser failed"]
    assert told[0].seconds == 1.0


def test_what_begins_a_step_belongs_to_the_step_before() -> None:
    steps = [
        {"when": {"after": "1 s"}, "expect": [{"state": "exercise"}]},
        {"when": {"state": "exercise"}, "never": [{"state": "exercise"}]},
    ]
    made = Dialog.model_validate({"title": "t", "steps": steps})
    assert failing(made, take(ENTERED), (Performed(1.0, 1.0), Performed(5.6, 5.6))) == []
