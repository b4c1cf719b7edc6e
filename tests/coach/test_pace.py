"""How soon somebody may answer, and move: nobody listens to long speeches."""

import pytest

from skill.content.loader import load_content
from tests.coach.stage import Stage, stage_for

LONGEST_SECONDS = 20.0
"""Of the coach's talk, until it names something that can be said."""

FIRST_MOVEMENT_SECONDS = 60.0
QUICK_SECONDS = 0.3
"""How soon somebody answers who knows what they want."""

CONTENT = load_content()
CHOICES = [
    *(("programme", one.id) for one in CONTENT.programmes),
    *(("exercise", one.id) for one in CONTENT.exercises),
]


@pytest.fixture(autouse=True)
def spoken_as_slowly_as_the_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured: 120 lines of the exercises, pauses included, 13.4 letters a second."""
    monkeypatch.setattr("tests.coach.stage.speech_seconds", lambda text: 0.072 * len(text))


def names_an_answer(text: str) -> bool:
    return "weiter" in text.lower().split(",")[0].split() or "Du kannst" in text


def answer_sentence(stage: Stage, holds: str, name: str, slot: str = "") -> float:
    """Wait for a sentence that holds this word, and answer behind it; return when it began."""
    stage.until_true(lambda: holds in stage.texts[-1] if stage.texts else False)
    begins, ends = stage.lines[-1].start, stage.lines[-1].end
    stage.wait(ends - stage.now + QUICK_SECONDS).say(name, slot)
    return begins


@pytest.mark.parametrize("seed", range(6))
def test_a_quick_new_user_moves_within_a_minute(seed):
    stage = stage_for(CONTENT, seed=seed)
    stage.until_said("safety.ask")
    stage.wait(stage.lines[-1].end - stage.now + QUICK_SECONDS).say("yes")
    answer_sentence(stage, "Rückentraining", "programme", "rueckentraining")
    answer_sentence(stage, "Sag weiter", "next")
    assert stage.state == "exercise.repeat"
    stage.until_true(
        lambda: stage.line_ids[-1].startswith("bruecke.") and stage.coach._delivery.is_playing
    )
    assert stage.now <= FIRST_MOVEMENT_SECONDS


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("options", [{}, {"people": ("Anna", "Bernd")}, {"first_time": True}])
def test_a_new_user_may_answer_within_twenty_seconds(options, seed):
    stage = stage_for(CONTENT, seed=seed, **options)
    stage.until_true(lambda: stage.coach.state in ("hello.hear", "who", "safety.ask"))
    stage.until_true(lambda: stage.line_ids[-1].startswith(stage.state))
    assert stage.now <= LONGEST_SECONDS


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("name", "slot"), CHOICES)
def test_before_each_exercise_a_new_user_may_answer_within_twenty_seconds(name, slot, seed):
    stage = stage_for(CONTENT, seed=seed).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until("menu.ask").until_quiet().say(name, slot)
    for state, answer in (
        ("menu.material", ("yes",)),
        ("menu.age", ("age", "middle")),
        ("menu.count", ("number", "3")),
    ):
        if stage.state == state:
            stage.until_quiet().say(*answer)
    chosen_at = stage.now
    assert stage.state == "exercise.introduce"
    stage.until("exercise.position")
    stage.until_true(lambda: stage.line_ids[-1].startswith("position."))
    assert stage.lines[-1].start - chosen_at <= LONGEST_SECONDS


def test_who_says_that_they_know_the_position_hears_what_is_left(content):
    stage = stage_for(content).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until("menu.ask").until_quiet().say("programme", "beweglichkeit")
    answer_sentence(stage, "Sag weiter", "next")
    assert stage.state == "exercise.position"
    assert stage.line_ids[-1] == "position.ready"
    assert stage.line_ids.count("katze-kuh.position") <= 1
    stage.say("next")
    assert stage.state == "exercise.repeat"


def test_who_must_not_do_an_exercise_is_told_once_however_quick_they_are(content):
    stage = in_first_position(stage_for(content))
    stage.until_said("position.ready").say("next")
    assert stage.line_ids[-1] == "bruecke.not_for"
    stage.say("next")
    assert stage.line_ids[-1] == "bruecke.not_for", "that is not left out"
    stage.until("exercise.feedback").until_quiet().say("back")
    stage.until_quiet()
    assert stage.line_ids.count("bruecke.not_for") <= 4  # sentences, and one that was cut
    before = stage.line_ids.count("bruecke.not_for")
    stage.say("next")
    stage.until("exercise.feedback")
    assert stage.line_ids.count("bruecke.not_for") == before


def test_how_an_exercise_goes_may_be_left_out(content):
    stage = in_first_position(stage_for(content)).until_quiet()
    stage.say("next")
    assert stage.line_ids[-1] == "bruecke.introduction"
    stage.wait(1.0).say("next")
    stage.wait(2.0)
    assert stage.coach._delivery.is_playing


def test_a_pause_while_it_is_explained_leaves_nothing_out(content):
    stage = in_first_position(stage_for(content)).until_quiet()
    stage.say("next")
    cut = stage.texts[-1]
    stage.wait(1.0).say("pause")
    stage.until_quiet().say("next")
    stage.until_true(lambda: stage.coach._delivery.is_playing)
    assert stage.texts.count(cut) == 2


def in_first_position(stage: Stage) -> Stage:
    stage.until("safety.ask").until_quiet().say("yes")
    stage.until("menu.ask").until_quiet().say("programme", "rueckentraining")
    return stage.until("exercise.position")
