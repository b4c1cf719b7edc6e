"""Who and what is held out, and what the recipe makes of the shared recordings."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from models.training import recordings
from models.training.config import SAMPLE_RATE_HZ, Recipe, RecipeError
from models.training.corpus import Utterance

RECIPE = Recipe(held_out_every_noise=2)


def write_folder(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    """Write a folder of recordings: (file, transcript, speaker); every one a second of its own."""
    folder.mkdir(parents=True)
    lines = ["file\ttranscript\tspeaker"]
    for number, (file, transcript, speaker) in enumerate(rows, start=1):
        samples = np.full(SAMPLE_RATE_HZ, 100 * number, dtype=np.int16)
        soundfile.write(folder / file, samples, SAMPLE_RATE_HZ)
        lines.append(f"{file}\t{transcript}\t{speaker}")
    (folder / "manifest.tsv").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    """Three recordings: one in two pieces, one with voices."""
    files = ("Bus_1_0.wav", "Bus_1_9.wav", "Cafe_1_0.wav", "Tap_1_0.wav")
    write_folder(tmp_path / "noise", [(file, "", "") for file in files])
    return tmp_path


def levels(clips: list[np.ndarray]) -> list[int]:
    return [int(clip[0]) for clip in clips]


def test_noise_is_held_out_by_recording_not_by_piece(noise: Path) -> None:
    assert levels(recordings.noise(noise, RECIPE)) == [300]
    assert levels(recordings.noise(noise, RECIPE, held_out=True)) == [100, 200, 400]


def test_noise_without_speech_has_no_clip_with_voices(noise: Path) -> None:
    assert recordings.noise(noise, RECIPE, voices="") == []
    assert levels(recordings.noise(noise, RECIPE, held_out=True, voices="")) == [100, 200, 400]


def test_english_digits_are_spelt_as_german(tmp_path: Path) -> None:
    write_folder(tmp_path / "english_digits", [("a.wav", "nine", "hd00")])
    (nine,) = recordings.english_digits(tmp_path)
    assert nine.text == "nein"
    assert len(nine.samples) > SAMPLE_RATE_HZ  # padded: the recordings are cut tight


def test_a_held_out_person_is_held_out_in_every_language() -> None:
    spoken = [
        Utterance("english_digits/a", speaker, "nein", np.zeros(1, np.int16))
        for speaker in ("hd00", *Recipe().held_out_digit_speakers)
    ]
    assert recordings.held_out(spoken, Recipe()) == [False, True, True]


def test_of_strangers_every_fifth_is_held_out_whatever_they_say(tmp_path: Path) -> None:
    rows = [(f"{n:02}.wav", "stop" if n % 2 else "left", f"gsc_{n:02}") for n in range(12)]
    write_folder(tmp_path / "en_speech_commands", rows)
    spoken = [*recordings.stops(tmp_path), *recordings.everyday(tmp_path)]
    assert held_out_names(spoken) == {"00.wav", "05.wav", "10.wav"}


def test_of_a_crowd_every_tenth_file_is_held_out(tmp_path: Path) -> None:
    rows = [(f"{n:02}.wav", "computer", "unknown (crowd)") for n in range(12)]
    for folder in ("en_wakewords", "wakewords_community"):
        write_folder(tmp_path / folder, rows)
    hidden = held_out_names(recordings.wake_words(tmp_path))
    assert hidden == {"00.wav", "10.wav"}


def held_out_names(spoken: list[Utterance]) -> set[str]:
    hidden = recordings.held_out(spoken, Recipe())
    return {u.name.split("/")[1] for u, out in zip(spoken, hidden, strict=True) if out}


def test_the_english_stop_is_german_and_other_words_are_not(tmp_path: Path) -> None:
    rows = [("a.wav", "stop", "gsc_1"), ("b.wav", "left", "gsc_1"), ("c.wav", "", "gsc_1")]
    write_folder(tmp_path / "en_speech_commands", rows)
    assert [u.text for u in recordings.stops(tmp_path)] == ["stop"]
    assert [u.text for u in recordings.everyday(tmp_path)] == ["left"]


def test_missing_recordings_are_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="--recordings"):
        recordings.noise(tmp_path, RECIPE)
