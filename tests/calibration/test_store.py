import csv
import wave
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.calibration.interview import RecordedTake
from rueckgrat.calibration.prompts import Prompt, PromptKind, Split
from rueckgrat.calibration.quality import Fault
from rueckgrat.calibration.store import Person, known_names
from skill.errors import SkillError
from skill.messages.blocks import EAR_RATE_HZ, Pcm

WORD: Pcm = np.random.default_rng(3).normal(0, 8_000, EAR_RATE_HZ).astype(np.int16)
PROMPTS = [
    Prompt(PromptKind.WORD, "zurück", 1),
    Prompt(PromptKind.WORD, "zurück", 2, Split.TEST),
    Prompt(PromptKind.SENTENCE, "Guten Tag.", 1),
]


@pytest.fixture
def anna() -> Person:
    person = Person("Anna")
    person.consent("spoken", datetime(2026, 11, 23, 17, 0))
    return person


def take(prompt: Prompt, fault: Fault | None = None) -> RecordedTake:
    return RecordedTake(prompt, WORD, fault)


def rows(person: Person) -> list[dict[str, str]]:
    with (person.recordings / "manifest.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def test_without_consent_nothing_is_written(own_home: Path) -> None:
    with pytest.raises(SkillError, match="Zustimmung"):
        Person("anna").add(take(PROMPTS[0]))
    assert not (own_home / "data").exists()


def test_a_take_becomes_a_recording_and_a_row(anna: Person) -> None:
    anna.add(take(PROMPTS[0]))
    anna.add(take(PROMPTS[1], Fault.SOFT))
    first, second = rows(anna)
    assert first == {
        "file": "zurueck_1.wav",
        "transcript": "zurück",
        "speaker": "anna",
        "sex": "",
        "licence": "private",
        "seconds": "1.00",
        "kind": "word",
        "part": "tune",
        "fault": "",
    }
    assert (second["part"], second["fault"]) == ("test", "soft")
    with wave.open(str(anna.recordings / "zurueck_1.wav"), "rb") as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 16_000, 16_000)


def test_a_new_take_replaces_the_old_one(anna: Person) -> None:
    for fault in (Fault.CLIPPED, None):
        anna.add(take(PROMPTS[0], fault))
    assert [row["fault"] for row in rows(anna)] == [""]


def test_what_has_a_whole_recording_is_not_asked_for_again(anna: Person) -> None:
    assert anna.left_to_do(PROMPTS) == PROMPTS
    for prompt in PROMPTS[:2]:
        anna.add(take(prompt))
    assert anna.left_to_do(PROMPTS) == PROMPTS[2:]


@pytest.mark.parametrize("kept", [0.0, 0.001, 0.5])
def test_a_recording_that_was_damaged_is_asked_for_again(anna: Person, kept: float) -> None:
    for prompt in PROMPTS:
        anna.add(take(prompt))
    path = anna.recordings / PROMPTS[1].file
    path.write_bytes(path.read_bytes()[: round(kept * path.stat().st_size)])
    assert anna.left_to_do(PROMPTS) == [PROMPTS[1]]


def test_a_recording_that_never_got_its_row_is_made_anew(anna: Person) -> None:
    anna.add(take(PROMPTS[0]))
    (anna.recordings / PROMPTS[1].file).write_bytes(b"RIFF")
    assert anna.left_to_do(PROMPTS) == PROMPTS[1:]


def test_a_disk_that_takes_nothing_leaves_everything_as_it_was(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.add(take(PROMPTS[0]))
    before = {path: path.read_bytes() for path in anna.folder.rglob("*") if path.is_file()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(SkillError, match="der Speicher ist voll"):
            anna.add(take(PROMPTS[1]))
    after = {path: path.read_bytes() for path in anna.folder.rglob("*") if path.is_file()}
    assert after == before


def test_deleting_leaves_nothing(anna: Person) -> None:
    for prompt in PROMPTS:
        anna.add(take(prompt))
    assert known_names() == ["anna"]
    assert anna.delete() == 3
    assert not anna.folder.exists()
    assert known_names() == []
    assert anna.delete() == 0


def test_redoing_keeps_the_consent(anna: Person) -> None:
    anna.add(take(PROMPTS[0]))
    assert anna.delete_recordings() == 1
    assert anna.consented
    assert anna.left_to_do(PROMPTS) == PROMPTS


def test_names(anna: Person) -> None:
    assert Person("Jörg M.").name == "joerg-m"
    with pytest.raises(SkillError, match="ist kein Name"):
        Person("../..")
    anna.must_be_known()
    with pytest.raises(SkillError, match=r"„ana“.*anna"):
        Person("ana").must_be_known()
