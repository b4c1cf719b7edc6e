from pathlib import Path

import pytest

from rueckgrat.calibration.dialog_test import DialogTemplate, surest, write_dialog_test
from rueckgrat.calibration.measuring import Figures, RecordingOutcome
from rueckgrat.calibration.recordings import Recording
from rueckgrat.recordings.wav import write_wav
from rueckgrat.replay.reading import read_dialog
from skill.content.schema import Content
from skill.errors import ContentError, SkillError
from skill.messages.heard import Command, Decision, Heard
from tests.calibration.test_quality import tone


@pytest.fixture
def template() -> DialogTemplate:
    return DialogTemplate()


def outcome(word: str, number: int, confidence: float, right: bool = True) -> RecordingOutcome:
    command = Command(word)
    heard = Heard(command, word, confidence, 0, 0, 0, Decision.FINAL)
    recording = Recording(f"{word}_{number}.wav", word, command, tone(-20))
    return RecordingOutcome(recording, (heard,), right)


def test_the_surest_recording_that_was_understood_is_taken() -> None:
    outcomes = (
        outcome("weiter", 1, 0.7),
        outcome("weiter", 2, 0.9),
        outcome("weiter", 3, 1.0, right=False),
        outcome("stopp", 1, 0.4, right=False),
        outcome("acht", 1, 1.0),
    )
    assert surest(Figures(outcomes), {"weiter", "stopp"}) == {"weiter": "weiter_2.wav"}


def test_every_word_of_the_template_is_a_phrase(template: DialogTemplate, content: Content) -> None:
    assert template.wanted <= content.vocabulary.keys()


def test_what_is_written_is_a_dialog_test(template: DialogTemplate, tmp_path: Path) -> None:
    files = {word: f"{number}.wav" for number, word in enumerate(sorted(template.wanted))}
    for file in files.values():
        write_wav(tmp_path / "from" / file, 16_000, tone(-20))
    path = write_dialog_test(tmp_path / "to", "anna", tmp_path / "from", files, template)
    assert path.name == "anna.dialog.yaml"
    script = read_dialog(path)
    assert set(script.utterances) == {step.user for step in script.dialog.steps}
    assert "bruecke.wav" in script.utterances
    assert script.dialog.end.finished


def test_an_optional_step_is_left_out_where_nothing_was_understood(
    template: DialogTemplate, tmp_path: Path
) -> None:
    spoken = dict.fromkeys(template.wanted, "x.wav")
    del spoken["langsamer"]
    assert "slower" not in template.fill(spoken)
    assert "faster" in template.fill(spoken)


def test_a_word_that_is_needed_is_asked_for(template: DialogTemplate) -> None:
    spoken = dict.fromkeys(template.wanted - {"ja", "stopp"}, "x.wav")
    with pytest.raises(SkillError, match="verstanden von: ja, stopp"):
        template.fill(spoken)


def test_a_wrong_template_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text("title: x\nsteps:\n  - whn: {after: 1 s}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"template\.yaml, Zeile 3"):
        DialogTemplate(path)


def test_a_place_that_cannot_be_written(template: DialogTemplate, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    files = dict.fromkeys(template.wanted, "x.wav")
    with pytest.raises(SkillError, match="kann ich nicht schreiben"):
        write_dialog_test(tmp_path / "file", "anna", tmp_path, files, template)
