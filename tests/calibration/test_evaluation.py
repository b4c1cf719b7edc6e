"""From outcomes to thresholds and the report, with ears that are sure of what they are told."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from rueckgrat.calibration.evaluation import Ears, Evaluation, LearntVoice, evaluate
from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.recordings import Recording
from rueckgrat.calibration.report import PAGE, TEXT, report_files, spoken_result
from rueckgrat.calibration.script import InterviewScript
from skill.errors import SkillError
from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from tests.calibration.test_quality import tone

COMMANDS = {"weiter": Command("next"), "stopp": Command("stop")}
LEVELS = {"weiter": -20.0, "stopp": -26.0}
CONFIDENCE = {"next": 0.45, "stop": 1.0}


class ConfidentEar:
    """Hears the word whose level a tone has, if the threshold lets it."""

    def __init__(self, thresholds: Mapping[str, float]) -> None:
        self.thresholds = thresholds
        self.blocks = 0
        self.loudest = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self.blocks += 1
        loudest = int(np.abs(block.astype(int)).max())
        if loudest > 1_000:
            self.loudest = max(self.loudest, loudest)
            return []
        peak, self.loudest = self.loudest, 0
        if not peak:
            return []
        command = COMMANDS["weiter" if peak > 3_500 else "stopp"]
        now = self.blocks * BLOCK_SECONDS
        if CONFIDENCE[command.name] < self.thresholds.get(command.name, 0.5):
            return []
        sure = CONFIDENCE[command.name]
        return [Heard(command, "", sure, now - 0.6, now - 0.1, now, Decision.EARLY)]


def recording(word: str, number: int, part: Split) -> Recording:
    return Recording(f"{word}_{number}.wav", word, COMMANDS.get(word), tone(LEVELS[word]), part)


@pytest.fixture
def ears() -> Ears:
    return Ears(
        lenient=lambda: ConfidentEar({"next": 0.0, "stop": 0.0}),
        fitted=ConfidentEar,
        usual=lambda name: 0.5,
        safety={"stop"},
        live={"next", "stop"},
    )


@pytest.fixture
def found(ears: Ears) -> Evaluation:
    takes = [recording(word, n, Split.TUNE) for word in ("weiter", "stopp") for n in (1, 2)]
    takes += [recording(word, 3, Split.TEST) for word in ("weiter", "stopp")]
    takes.append(Recording("raum_1.wav", "", None, tone(-80.0), Split.TUNE))
    return evaluate(takes, ears)


def test_thresholds_come_from_the_takes_that_tune_and_help_those_that_test(
    found: Evaluation,
) -> None:
    assert found.thresholds == {"next": 0.40}
    assert (found.before.right, found.after.right, len(found.after.commands)) == (1, 2, 2)
    assert found.levels.takes == 6, "the room is no take of speech"


def test_a_sure_test_take_changes_nothing(ears: Ears) -> None:
    """Were thresholds chosen on the takes that test, this one would lower a threshold."""
    takes = [recording("stopp", 1, Split.TUNE), recording("weiter", 2, Split.TEST)]
    assert evaluate(takes, ears).thresholds == {}


def test_nothing_recorded_is_nothing_to_learn_from(ears: Ears) -> None:
    with pytest.raises(SkillError, match="noch kein Befehl aufgenommen"):
        evaluate([Recording("raum_1.wav", "", None, tone(-80.0))], ears)


def test_the_report_says_every_figure_with_its_denominator(
    found: Evaluation, small: InterviewScript
) -> None:
    files = report_files(found, small, "anna", "23.11.2026")
    text = files[TEXT]
    for words in (
        "Bericht über die Stimme von anna, 23.11.2026",
        "übersteuert: 0 von 6",
        "Zum Einstellen, ohne Schwellen: 4 von 4.",
        "mit den üblichen Schwellen: 1 von 2.",
        "mit deinen Schwellen: 2 von 2.",
        "next: 0,40 (üblich 0,50)",
        "0-mal in 0 Aufnahmen",
    ):
        assert words in text
    (row,) = [line.split() for line in text.splitlines() if line.strip().startswith("weiter")]
    assert row == ["weiter", "2/2", "0/1", "1/1"]
    assert "deine Schwelle" in files["sicherheit.svg"]
    assert files["sicherheit.svg"].count("weiter_") == 3
    assert files["pegel.svg"].count("Stimme −") + files["pegel.svg"].count("Stimme -") == 6
    assert files[PAGE].count("<svg") == 2


def test_the_report_says_whether_a_voice_was_learnt(
    found: Evaluation, small: InterviewScript
) -> None:
    assert "Auf sie bin ich nicht eingestellt." in report_files(found, small, "a", "b")[TEXT]
    plain = replace(found, thresholds={}, voice=LearntVoice(False, "Es hätte nicht geholfen."))
    assert "Es hätte nicht geholfen." in report_files(plain, small, "anna", "heute")[TEXT]
    assert "eingestellt" not in spoken_result(plain, small)[0]
    learnt = replace(plain, voice=LearntVoice(True, "Ich habe mich eingestellt."))
    assert "auf deine Stimme eingestellt" in spoken_result(learnt, small)[0]


def test_the_result_is_one_sentence_and_one_piece_of_advice(
    found: Evaluation, small: InterviewScript
) -> None:
    assert spoken_result(found, small) == [
        "Fertig. Ich habe 2 von 2 Wörtern verstanden und mich auf deine Stimme eingestellt.",
        small.advice.good,
    ]
