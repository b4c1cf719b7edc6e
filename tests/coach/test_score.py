import pytest

from skill.coach.interruption import interrupted
from skill.coach.score import (
    REMINDER_LEAD_SECONDS,
    SPEECH_GAP_SECONDS,
    Part,
    Spoken,
    announcement,
    at_tempo,
    beat,
    movement,
    timed,
    with_count,
    with_reminder,
)
from skill.content.schema import Phase
from skill.cues import Direction

LIFT = Phase(name="heben", say=("Heben.",), breath=Direction.OUT, seconds=4.0)


def spoken(seconds, text="x"):
    return Spoken(text, text, seconds)


def lift(cue_seconds=1.0, seconds=4.0):
    return Part("heben", seconds, Direction.OUT, cue=spoken(cue_seconds, "heben"))


def lower(cue_seconds=1.0):
    return Part("senken", 4.0, Direction.IN, cue=spoken(cue_seconds, "senken"))


def seconds(beats):
    return [pytest.approx(one.seconds) for one in beats]


def test_a_phase_lasts_as_written_at_normal_tempo():
    cue = spoken(1.0)
    assert movement(LIFT, cue) == Part("heben", 4.0, Direction.OUT, cue=cue)
    assert beat(movement(LIFT, cue), 1.0).seconds == 4.0


def test_tempo_scales_the_phase():
    assert beat(lift(), 1.25).seconds == 5.0


def test_a_long_cue_stretches_its_phase():
    assert beat(lift(cue_seconds=5.0), 1.0).seconds == 5.0 + SPEECH_GAP_SECONDS


def test_the_cue_begins_with_its_phase():
    assert beat(lift(), 1.0).placed[0].offset_seconds == 0.0


def test_the_count_ends_with_the_last_phase_where_there_is_room():
    counted = at_tempo(with_count([lift(), lower()], spoken(0.5, "eins"), 1.0), 1.0)
    assert seconds(counted) == [4.0, 4.0]
    assert counted[-1].placed[-1].end_seconds == pytest.approx(4.0 - SPEECH_GAP_SECONDS)


def test_the_count_gets_time_of_its_own_where_the_last_phase_is_full():
    counted = at_tempo(with_count([lift(cue_seconds=3.5)], spoken(0.5, "eins"), 1.0), 1.0)
    assert seconds(counted) == [4.0, 0.5 + SPEECH_GAP_SECONDS]


def test_a_reminder_goes_into_the_roomiest_phase():
    parts = with_reminder([lift(cue_seconds=2.0), lower()], spoken(1.0, "ruhig"), 1.0)
    assert [part.reminder is not None for part in parts] == [False, True]
    placed = beat(parts[1], 1.0).placed[1]
    assert placed.offset_seconds == 1.0 + SPEECH_GAP_SECONDS + REMINDER_LEAD_SECONDS


def test_a_reminder_without_room_is_left_out():
    assert with_reminder([lift()], spoken(3.0), 1.0) == (lift(),)


def test_beats_follow_each_other_without_a_gap():
    first, second = timed(at_tempo([lift(), lower()], 1.0))
    assert first.end_seconds == second.start_seconds


def test_slower_stretches_what_is_left_of_the_running_phase():
    beats = at_tempo([lift(), lower()], 1.0)
    rest = interrupted(beats, 2.0, spoken(0.5, "Langsamer."), ratio=1.5, tempo=1.5)
    assert seconds(rest) == [3.0, 6.0]
    assert rest[0].part.breath is Direction.OUT
    assert [placed.spoken.text for placed in rest[0].placed] == ["Langsamer."]


def test_what_is_left_is_at_least_as_long_as_the_answer():
    rest = interrupted(at_tempo([lift()], 1.0), 3.8, spoken(1.0), ratio=1.0, tempo=1.0)
    assert seconds(rest) == [1.0 + SPEECH_GAP_SECONDS]


def test_a_phase_whose_cue_was_cut_begins_again():
    rest = interrupted(at_tempo([lift()], 1.0), 0.6, spoken(0.5), ratio=1.0, tempo=1.0)
    assert [one.part.name for one in rest] == ["antwort", "heben"]
    assert rest[1].seconds == 4.0


def test_a_count_not_yet_said_is_kept():
    beats = at_tempo(with_count([lift()], spoken(0.5, "eins"), 1.0), 1.0)
    rest = interrupted(beats, 2.0, spoken(0.5, "Lauter."), ratio=1.0, tempo=1.0)
    assert [placed.spoken.text for placed in rest[0].placed] == ["Lauter.", "eins"]


def test_a_second_interruption_replaces_the_first_answer():
    first = interrupted(at_tempo([lift()], 1.0), 2.0, spoken(0.5, "eins"), ratio=1.0, tempo=1.0)
    second = interrupted(first, 0.2, spoken(0.5, "zwei"), ratio=1.0, tempo=1.0)
    assert [placed.spoken.text for placed in second[0].placed] == ["zwei"]


def test_an_answer_behind_the_end_stands_alone():
    rest = interrupted(at_tempo([lift()], 1.0), 4.2, spoken(0.5), ratio=1.0, tempo=1.0)
    assert seconds(rest) == [0.5 + SPEECH_GAP_SECONDS]


def test_an_announcement_lasts_as_long_as_it_is_said():
    assert beat(announcement("letzte", spoken(0.8)), 2.0).seconds == 0.8 + SPEECH_GAP_SECONDS
