"""Figures from answers whose right and wrong is known."""

import io
from collections.abc import Sequence
from dataclasses import asdict, replace

import pytest
from rich.console import Console

from rueckgrat.calibration.peers import EAR, PLAIN
from skill.content.loader import load_content
from skill.messages.heard import Command
from tests.workbench.ears.loudness_ear import LOUD, LoudnessEar
from workbench.ears import scenes
from workbench.ears.answers import Answer, Decided, ask
from workbench.ears.clips import padded
from workbench.ears.conditions import CLEAN
from workbench.ears.details import details_of
from workbench.ears.figures import AT_MOST, Figure, Value, per_hour, percentile, share
from workbench.ears.measuring import ANY_STATE, Measured, state_for
from workbench.ears.rows import Answers, rows
from workbench.ears.run import Report
from workbench.ears.scenes import Scene
from workbench.ears.table import as_table

CONTENT = load_content()


def _decided(command: str, at_seconds: float = 1.2, decision: str = "early") -> Decided:
    return Decided(command, command, 0.9, at_seconds, decision, "")


def _answer(expected: str, *commands: str, state: str = "exercise.repeat") -> Answer:
    decided = tuple(_decided(command) for command in commands)
    return Answer("clip", "me", False, state, expected, 1.0, 1.8, decided)


def _measured(kind: str, source: str, answers: Sequence[Answer], listener: str = EAR) -> Measured:
    scene = Scene(kind, source, CLEAN, "test", 10)
    return Measured(scene, "model", listener, tuple(answers), 10.0, 1.0)


def _figures(*measured: Measured) -> dict[tuple[str, str], Figure]:
    return {(row.group, row.name): row for row in rows(Answers(measured, CONTENT))}


def test_recall_counts_right_commands_and_no_others() -> None:
    answers = [
        _answer("next", "next"),
        _answer("next", "next", "pause"),  # another one too
        _answer("next", "back"),
        _answer("next"),
        _answer("next", "next", "yes"),  # doesn't count here: the coach would not act on it
    ]
    figures = _figures(_measured(scenes.COMMANDS, scenes.SYNTHETIC, answers))
    row = next(row for (_, name), row in figures.items() if name == CLEAN)
    assert row.values == {EAR: Value(40.0, "%", "2/5")}
    assert row.met is False


def test_digits_of_known_voices_have_a_row_of_their_own() -> None:
    new = _answer("number(8)", "number(8)", state="menu.count")
    known = replace(_answer("number(8)", state="menu.count"), known=True)
    figures = _figures(_measured(scenes.DIGITS, "heidelberg_digits", [new, known, known]))
    found = {name: row.values[EAR] for (group, name), row in figures.items() if "digits" in group}
    assert str(found["clean, new voices"]) == "100 % (1/1)"
    assert str(found["clean, voices heard in training"]) == "0 % (0/2)"


def test_noise_with_people_in_it_is_told_from_other_noise() -> None:
    quiet = replace(_answer("next", "next"), clip="weiter (f3-160) + orig_test_Typing_1_5.ogg")
    voices = replace(_answer("next"), clip="weiter (f3-160) + orig_test_Babble_1_5.ogg")
    scene = Scene(scenes.COMMANDS, scenes.SYNTHETIC, "noise 10 dB", "test", 10)
    figures = _figures(Measured(scene, "model", EAR, (quiet, voices), 1.0, 1.0))
    found = {name: str(row.values[EAR]) for (_, name), row in figures.items()}
    assert found["noise 10 dB"] == "50 % (1/2)"
    assert found["noise 10 dB, nobody speaks in it"] == "100 % (1/1)"


def test_false_accepts_are_by_the_hour_of_sound_and_by_state() -> None:
    quiet = replace(_answer(""), sound_seconds=1800.0)
    fired = replace(_answer("", "number(3)", "stop"), sound_seconds=1800.0)
    training = _measured(scenes.SPEECH, "emodb", [quiet, fired])
    number = _measured(
        scenes.SPEECH, "emodb", [replace(one, state="menu.count") for one in (quiet, fired)]
    )
    plain = _measured(
        scenes.SPEECH, "emodb", [replace(one, state=ANY_STATE) for one in (quiet, fired)], PLAIN
    )
    figures = _figures(training, number, plain)
    names = ("in training (exercise.repeat)", "asked for a number (menu.count)")
    counts = [figures[f"False accepts {name}", "emodb"].values for name in names]
    assert [values[EAR].of for values in counts] == ["1 in 1.00 h", "2 in 1.00 h"]
    assert [values[PLAIN].of for values in counts] == ["1 in 1.00 h", "2 in 1.00 h"]
    assert figures["False accepts " + names[0], "all human speech"].met is False


def test_rows_of_voices_from_training_say_so() -> None:
    known = replace(_answer(""), known=True)
    figures = _figures(
        _measured(scenes.SPEECH, "arabic_words", [known]),
        _measured(scenes.SPEECH, "emodb", [_answer("")]),
    )
    names = {name for group, name in figures if group.startswith("False accepts in training")}
    assert names >= {"arabic_words, heard in training", "emodb", "all human speech"}


def test_commands_that_do_not_count_have_a_row_of_their_own() -> None:
    answer = replace(_answer("", "number(3)", "yes", "stop"), sound_seconds=3600.0)
    figures = _figures(_measured(scenes.SPEECH, "emodb", [answer]))
    row = next(row for (_, name), row in figures.items() if "don't count here" in name)
    assert str(row.values[EAR]) == "2 /h (2 in 1.00 h)"


def test_words_that_fire_are_a_share_of_words() -> None:
    answers = [_answer("", "stop", "stop"), *[_answer("")] * 3]
    figures = _figures(_measured(scenes.SPEECH, "wikimedia_words", answers))
    row = next(row for (group, _), row in figures.items() if group.startswith("Single words"))
    assert str(row.values[EAR]) == "25 % (1/4)"


def test_delays_are_of_right_answers_with_their_number() -> None:
    answers = [
        replace(_answer("next"), decided=(_decided("next", 1.0 + ms / 1000),))
        for ms in (100, 200, 300)
    ]
    figures = _figures(_measured(scenes.COMMANDS, scenes.SYNTHETIC, [*answers, _answer("next")]))
    row = next(row for (_, name), row in figures.items() if name == "commands, clean, median")
    assert str(row.values[EAR]) == "200 ms (3 of 4)"
    assert row.met


def test_details_name_what_was_confused_and_what_fired() -> None:
    found = Answers(
        [
            _measured(scenes.COMMANDS, scenes.SYNTHETIC, [_answer("next", "back")]),
            _measured(scenes.SPEECH, "emodb", [_answer("", "stop")]),
        ],
        CONTENT,
    )
    report = details_of(found)
    counts = report["recall_by_command"][CLEAN]
    assert counts == {"next": {"clips": 1, "right": 0, "heard as back": 1}}
    assert [(one["said"], one["heard"]) for one in report["misses"]] == [("next", ["back: back"])]
    assert [one["command"] for one in report["false_accepts"]] == ["stop"]


def test_answers_survive_json() -> None:
    answer = _answer("next", "next", "back")
    kept = ask(
        LoudnessEar(Command("next")),
        [padded(LOUD, 0.5, 1.0, Command("next"), "loud", "me")],
        lambda _: "exercise.repeat",
        CONTENT.live_commands,
    )
    assert [one.command for one in kept[0].decided] == ["next"]
    assert Answer.from_dict(asdict(answer)) == answer


def test_the_clock_goes_on_from_state_to_state() -> None:
    clips = [
        padded(LOUD, 0.5, 1.0, Command(name), f"{number}", "me")
        for number, name in enumerate(("next", "yes", "next", "yes"))
    ]
    answers = ask(
        LoudnessEar(Command("next")),
        clips,
        lambda clip: state_for(clip.command, CONTENT),
        CONTENT.live_commands,
    )
    assert [one.clip for one in answers] == ["0", "2", "1", "3"]
    assert [one.decided[0].decided_seconds for one in answers] == pytest.approx([1.1] * 4)


@pytest.mark.parametrize(
    ("command", "state"),
    [("next", "exercise.repeat"), ("number", "menu.count"), ("all", "menu.ask")],
)
def test_a_command_is_measured_where_it_counts(command: str, state: str) -> None:
    assert state_for(Command(command), CONTENT) == state


def test_every_command_counts_somewhere() -> None:
    for command in CONTENT.vocabulary.values():
        assert command.name in CONTENT.live_commands(state_for(command, CONTENT))


def test_goals_know_their_direction() -> None:
    most = Figure("g", "n", {EAR: Value(2.0, "/h", "2 in 1.0 h")}, 1.0, AT_MOST)
    assert most.met is False
    assert replace(most, goal=2.0).met is True
    assert replace(most, goal=None).met is None
    assert replace(most, values={}).met is None


def test_nothing_is_no_figure() -> None:
    assert share(0, 0) is None
    assert per_hour(0, 0.0) is None
    assert percentile([], 50, "0 of 3") is None


def test_two_models_are_compared_on_the_same_clips() -> None:
    both = [
        _measured(scenes.COMMANDS, scenes.SYNTHETIC, [_answer("next", *heard)], title)
        for title, heard in (("ear, before", ()), (PLAIN, ()), (EAR, ("next",)))
    ]
    figures = [row for row in _figures(*both).values() if "Recall" in row.group]
    assert {name: one.number for name, one in figures[0].values.items()} == {
        EAR: 100.0,
        "ear, before": 0.0,
        PLAIN: 0.0,
    }
    heads = [str(column.header) for column in as_table("title", figures).columns]
    assert heads == ["figure", "ear", "goal", "", "ear, before", "plain loop"]


def test_stop_of_strangers_is_told_by_who_was_heard_in_training() -> None:
    stranger, known = _answer("stop", "stop"), replace(_answer("stop"), known=True)
    figures = _figures(_measured(scenes.STRANGERS_STOP, "en_speech_commands", [stranger, known]))
    found = {name.rpartition(", ")[2]: row.values[EAR].number for (_, name), row in figures.items()}
    assert found == {"new voices": 100.0, "voices heard in training": 0.0}


def test_everybody_s_speech_counts_in_training_with_its_goal() -> None:
    answers = [replace(_answer("", "stop"), sound_seconds=4 * 3600.0)]
    figures = _figures(_measured(scenes.EVERYBODY, "heidelberg_digits", answers))
    row = next(row for (_, name), row in figures.items() if name == "all human speech")
    assert (str(row.values[EAR]), row.goal, row.met) == ("0.25 /h (1 in 4.00 h)", 0.5, True)


def test_music_may_become_a_few_numbers_where_one_is_asked_for() -> None:
    answers = [replace(_answer("", "number(3)", state="menu.count"), sound_seconds=600.0)]
    scene = Scene(scenes.SOUND, "music", CLEAN, "test", 600)
    figures = _figures(Measured(scene, "model", EAR, tuple(answers), 1.0, 1.0))
    row = next(row for (group, _), row in figures.items() if "number" in group)
    assert (row.values[EAR].number, row.goal, row.met) == (6.0, 6.0, True)


def test_table_and_json_have_every_row() -> None:
    figures = tuple(_figures(_measured(scenes.COMMANDS, "espeak-ng", [_answer("next")])).values())
    figures = (*figures, Figure("Recall", "hiss [loud]", {}))
    table = as_table("title", figures)
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(table)
    assert "hiss [loud]" in console.export_text(), "brackets are no markup"
    assert table.row_count == len(figures) + len({row.group for row in figures})
    document = Report("model", ("test",), figures, (), {"more": 1}).as_dict()
    assert document["figures"][0]["values"]["ear"]["of"] == "0/1"
    assert document["more"] == 1
    assert "Part: test" in document["notes"][0]
