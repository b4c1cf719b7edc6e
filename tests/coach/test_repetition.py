import pytest

from skill.coach.actions import begin_set
from skill.coach.prompts import Prompts
from skill.coach.repetition import is_long, repetition_parts
from skill.coach.score import at_tempo
from skill.coach.training import Training
from skill.content.exercise import Phase, Station, Unit
from skill.messages.cues import Direction
from tests.coach.parts import spoken
from tests.coach.stage import nobody, speech_seconds


def phase(name, say, seconds=4.0, **fields):
    return Phase(name=name, say=(say,), seconds=seconds, **fields)


def measure(words):
    return spoken(speech_seconds(words.text), words.text)


@pytest.fixture
def exercise(content):
    return content.exercise("bruecke")


def with_stations(exercise):
    stations = (
        Station(title="Hände", phases=(phase("faust", "Die Hände zu Fäusten.", 5.0),)),
        Station(title="Gesicht", phases=(phase("stirn", "Stirn in Falten.", 5.0),)),
        Station(
            title="füße",
            phases=(phase("zehen", "Zehen anziehen.", 5.0), phase("lose", "Lass los.", 8.0)),
        ),
    )
    return exercise.model_copy(update={"stations": stations, "phases": ()})


def said(content, exercise, number, target=9, tempo=1.0, again=False):
    """Return what is said in this repetition, beat by beat."""
    training = Training(content, nobody(content))
    training.plan.set((exercise,))
    begin_set(training)
    training.target = target
    for _ in range(number - 1):
        training.count_repetition()
    parts = repetition_parts(training, Prompts(content.phrases), measure, tempo, again)
    return [[one.spoken.text for one in beat.placed] for beat in at_tempo(parts, tempo)]


def test_a_repetition_is_its_phases_and_the_count(content, exercise):
    made = exercise.model_copy(update={"phases": (phase("hoch", "Hoch."), phase("ab", "Ab."))})
    assert said(content, made, 1) == [["Hoch."], ["Ab.", "Eins."]]


def test_every_third_repetition_has_a_reminder(content, exercise):
    made = exercise.model_copy(
        update={"phases": (phase("hoch", "Hoch.", 9.0),), "reminders": ("Ruhig.",)}
    )
    reminded = [n for n in range(1, 9) if "Ruhig." in said(content, made, n)[0]]
    assert reminded == [2, 5, 8]


def test_a_reminder_comes_first_where_the_movements_are_too_quick(content, exercise):
    made = exercise.model_copy(
        update={"phases": (phase("hoch", "Und wieder hoch.", 1.5),), "reminders": ("Ruhig.",)}
    )
    assert said(content, made, 2)[0] == ["Ruhig."]
    assert said(content, made, 3)[0] == ["Und wieder hoch."]


def test_the_last_one_is_announced_once_and_only_of_several(content, exercise):
    def announced(number, **options):
        lines = [line for beat in said(content, exercise, number, **options) for line in beat]
        return any(line in content.phrases["repeat.last"] for line in lines)

    assert announced(3, target=3)
    assert not announced(2, target=3)
    assert not announced(1, target=1)
    assert not announced(3, target=3, again=True)


def test_a_station_is_announced_unless_its_cue_names_it(content, exercise):
    stations = with_stations(exercise)
    assert said(content, stations, 1, target=3) == [["Die Hände zu Fäusten."]]
    assert said(content, stations, 2, target=3) == [["Gesicht."], ["Stirn in Falten."]]


def test_the_last_station_is_announced_as_the_last_one_first(content, exercise):
    last, *rest = said(content, with_stations(exercise), 3, target=3)
    assert last[0] in content.phrases["repeat.last"]
    assert rest == [["Füße."], ["Zehen anziehen."], ["Lass los."]]


def test_a_repeated_station_still_says_what_it_is(content, exercise):
    parts = said(content, with_stations(exercise), 3, target=3, again=True)
    assert parts == [["Füße."], ["Zehen anziehen."], ["Lass los."]]


def test_opening_and_closing_belong_to_the_first_and_the_last_repetition(content, exercise):
    made = exercise.model_copy(
        update={
            "phases": (phase("hoch", "Hoch."),),
            "opening": (phase("an", "Komm an.", 8.0),),
            "closing": (phase("nach", "Spür nach.", 8.0),),
            "reminders": ("Ruhig.",),
        }
    )
    assert said(content, made, 1, target=3) == [["Komm an."], ["Hoch.", "Eins."]]
    assert said(content, made, 2, target=3) == [["Hoch.", "Ruhig.", "Zwei."]]
    assert said(content, made, 3, target=3)[1:] == [["Hoch.", "Drei."], ["Spür nach."]]
    assert said(content, made, 1, target=1) == [["Komm an."], ["Hoch.", "Eins."], ["Spür nach."]]


def test_rounds_are_announced_and_not_counted(content, exercise):
    made = exercise.model_copy(
        update={
            "phases": (phase("gehen", "Zügig gehen.", 30.0),),
            "unit": Unit(one="Runde", many="Runden"),
        }
    )
    assert said(content, made, 1) == [["Zügig gehen."]]
    assert said(content, made, 3) == [["Runde drei."], ["Zügig gehen."]]
    assert said(content, made, 3, again=True) == [["Zügig gehen."]]
    last, _ = said(content, made, 9)
    assert last[0] in content.phrases["repeat.last"]


def test_half_time_hints_and_the_last_ten_seconds(content, exercise):
    made = exercise.model_copy(
        update={
            "phases": (
                phase("stütz", "Halte dich.", 50.0, kind="hold", hints=("Atme.", "Bleib lang.")),
                phase("gehen", "Geh los.", 20.0, hints=("Locker.",)),
            ),
            "unit": Unit(one="Runde", many="Runden"),
        }
    )
    first, second = said(content, made, 1)
    assert (first[0], first[1], first[3]) == ("Halte dich.", "Atme.", "Bleib lang.")
    assert first[2] in content.phrases["repeat.halfway"]
    assert first[4] in content.phrases["repeat.ten_seconds"]
    assert second == ["Geh los.", "Locker."]


@pytest.mark.parametrize(("tempo", "lines"), [(1.0, 2), (1.25, 3)])
def test_the_tempo_decides_on_half_time(content, exercise, tempo, lines):
    made = exercise.model_copy(update={"phases": (phase("halten", "Bleib.", 8.0, kind="hold"),)})
    assert len(said(content, made, 1, tempo=tempo)[0]) == lines


def test_the_shipped_exercises_with_short_movements_begin_anew(content):
    assert not is_long(content.exercise("bruecke"))
    assert not is_long(content.exercise("roll-up"))


def test_long_are_stations_frames_and_long_phases(exercise):
    breathing = phase("atmen", "Atme.", 4.0, breath=Direction.IN)
    assert is_long(with_stations(exercise))
    assert is_long(exercise.model_copy(update={"opening": (breathing,)}))
    assert is_long(exercise.model_copy(update={"closing": (breathing,)}))
    assert is_long(exercise.model_copy(update={"phases": (phase("halten", "Halte.", 20.0),)}))
    assert not is_long(exercise.model_copy(update={"phases": (phase("halten", "Halte.", 19.0),)}))
