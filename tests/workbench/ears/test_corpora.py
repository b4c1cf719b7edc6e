"""Who belongs to which part, and what a folder of recordings may look like."""

import logging
import re
from pathlib import Path

import pytest

from skill.errors import SkillError
from tests.workbench.ears.conftest import MakeCorpus
from workbench.ears import corpora
from workbench.ears.corpora import held_out_noises, missing, read_corpus, readable, recordings_dir

REPOSITORY = Path(__file__).resolve().parents[3]


def test_a_speaker_that_nobody_has_named_is_judged_not_tuned_on(make_corpus: MakeCorpus) -> None:
    root = make_corpus("emodb", [("a.wav", "der lappen", "emo99"), ("b.wav", "ja", "emo10")])
    stranger, tuner = read_corpus(root, "emodb")
    assert (stranger.part, tuner.part) == ("test", "tune")


def test_a_folder_nobody_has_named_is_all_test(make_corpus: MakeCorpus) -> None:
    root = make_corpus("heidelberg_digits", [("x.wav", "acht", "hd77"), ("y.wav", "acht", "hd05")])
    stranger, known = read_corpus(root, "heidelberg_digits")
    assert (stranger.part, stranger.heard) == ("test", False)
    assert (known.part, known.heard) == ("test", True)


def test_of_the_one_reader_every_tenth_sentence_is_new_and_they_take_turns(
    make_corpus: MakeCorpus,
) -> None:
    root = make_corpus("kerstin", [(f"{n:02}.wav", "Ein Satz.", "kerstin") for n in range(30)])
    sentences = read_corpus(root, "kerstin")
    new = [(n, one.part) for n, one in enumerate(sentences) if not one.heard]
    assert new == [(0, "test"), (10, "tune"), (20, "test")]


def test_of_many_people_every_fifth_is_new_in_the_order_of_their_names(
    make_corpus: MakeCorpus,
) -> None:
    names = [f"gsc_{n}" for n in range(10)]
    rows = [(f"{word}_{name}.wav", word, name) for word in ("up", "stop") for name in names[::-1]]
    found = read_corpus(make_corpus("en_speech_commands", rows), "en_speech_commands")
    places = {(one.speaker, one.part, one.heard) for one in found}
    assert {who for who, _, heard in places if not heard} == {"gsc_0", "gsc_5"}
    assert {who for who, part, _ in places if part == "tune"} == {f"gsc_{n}" for n in (1, 3, 7, 9)}
    assert len(places) == 10, "a speaker belongs to one part"


def test_where_nobody_says_who_speaks_every_tenth_clip_is_new(make_corpus: MakeCorpus) -> None:
    rows = [(f"{n:02}.wav", "computer", "unknown") for n in range(20)]
    found = read_corpus(make_corpus("en_orders", rows[::-1]), "en_orders")
    new = {one.path.stem: one.part for one in found if not one.heard}
    assert new == {"00": "test", "10": "test"}
    assert {one.path.stem for one in found if one.part == "tune"} == {
        f"{n:02}" for n in range(20) if n % 2 and n % 10
    }


def test_noise_is_split_by_recording_not_by_clip() -> None:
    files = [f"{source}_{second}.ogg" for source in "abcdef" for second in (1, 2)]
    assert held_out_noises(files) == {"a_1.ogg", "a_2.ogg", "f_1.ogg", "f_2.ogg"}


def test_files_that_are_gone_or_broken_are_left_out(
    make_corpus: MakeCorpus, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [("a.wav", "ja", "x"), ("b.wav", "nein", "x"), ("c.wav", "ja", "x")]
    root = make_corpus("wikimedia_words", rows)
    (root / "wikimedia_words" / "a.wav").unlink()
    (root / "wikimedia_words" / "b.wav").write_bytes(b"no sound")
    with caplog.at_level(logging.WARNING):
        found = readable(read_corpus(root, "wikimedia_words"))
    assert [one.path.name for one, _ in found] == ["c.wav"]
    assert "a.wav is missing" in caplog.text
    assert "b.wav ist keine Aufnahme" in caplog.text


def test_a_missing_folder_is_empty_and_named(make_corpus: MakeCorpus) -> None:
    root = make_corpus("rir", [("room.wav", "", "")])
    assert read_corpus(root, "emodb") == []
    assert missing(root) == [name for name in corpora.ALL if name != "rir"]


def test_a_folder_without_its_list_is_one_sentence(make_corpus: MakeCorpus) -> None:
    root = make_corpus("rir", [("room.wav", "", "")])
    (root / "rir" / "manifest.tsv").unlink()
    with pytest.raises(SkillError, match=r"manifest\.tsv cannot be read.*Restore it"):
        read_corpus(root, "rir")


def test_a_list_without_its_heading_is_one_sentence(make_corpus: MakeCorpus) -> None:
    root = make_corpus("rir", [("room.wav", "", "")])
    (root / "rir" / "manifest.tsv").write_text("room.wav\t\t\n" * 2, encoding="utf-8")
    with pytest.raises(SkillError, match="no column named file"):
        read_corpus(root, "rir")


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RUECKGRAT_RECORDINGS", str(tmp_path))
    assert recordings_dir() == tmp_path
    assert recordings_dir(tmp_path / "other") == tmp_path / "other"


def test_the_recipe_holds_out_what_the_benchmark_takes_for_new() -> None:
    recipe = (REPOSITORY / "models" / "training" / "config.py").read_text(encoding="utf-8")
    assert _number(recipe, "held_out_every_kerstin") == corpora.KERSTIN_HELD_OUT_EVERY
    assert _number(recipe, "held_out_every_noise") == corpora.NOISE_HELD_OUT_EVERY
    assert _number(recipe, "held_out_every_stranger") == corpora.SPEAKERS_HELD_OUT_EVERY
    assert _number(recipe, "held_out_every_crowd_clip") == corpora.CLIPS_HELD_OUT_EVERY
    assert '("hd05", "hd10")' in recipe
    assert '("ir_bathroom1.ogg", "rir_clap.ogg")' in recipe


def _number(recipe: str, name: str) -> int:
    found = re.search(rf"{name}: int = (\d+)", recipe)
    assert found
    return int(found[1])
