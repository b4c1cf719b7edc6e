"""The synthetic people: none of them trains the model."""

import re
from collections import Counter
from pathlib import Path

import pytest

from skill.content.loader import load_content
from skill.messages.blocks import EAR_RATE_HZ
from workbench.ears.scenes import spread
from workbench.ears.voices import VARIANTS, SyntheticPeople, Variant, every_way, variants

RECIPE = Path(__file__).resolve().parents[3] / "models" / "training" / "synthesise.py"


def test_all_variants_are_held_out_by_the_recipe() -> None:
    text = RECIPE.read_text(encoding="utf-8")
    held_out = re.search(r"HELD_OUT_VARIANTS = \((.*?)\n\)", text, re.DOTALL)
    assert held_out
    named = set(re.findall(r'"(\w+)"', held_out[1]))
    assert set(VARIANTS["test"]) | set(VARIANTS["tune"]) == named
    assert not set(VARIANTS["test"]) & set(VARIANTS["tune"])


def test_the_test_part_speaks_in_twenty_ways_at_least() -> None:
    assert len(set(variants("test"))) >= 20


def test_every_phrase_is_said_in_every_way() -> None:
    ways = every_way(["ja", "nein"], "tune")
    assert len(set(ways)) == len(ways) == 2 * len(variants("tune"))


def test_a_sample_of_a_run_uses_all_variants() -> None:
    ways = every_way([f"phrase {n}" for n in range(136)], "test")
    chosen = spread(ways, 816, lambda one: one[0], lambda one: f"{one[0]} {one[1]}")
    counts = Counter(variant for _, variant in chosen)
    assert len(counts) == 24
    assert max(counts.values()) < 2.5 * min(counts.values())
    assert set(Counter(phrase for phrase, _ in chosen).values()) == {6}


def test_people_speak_at_the_ears_rate_and_are_remembered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    people = SyntheticPeople(load_content())
    slow, fast = (people.say("wiederholen", Variant("f3", rate)) for rate in (125, 195))
    assert 0.4 < len(fast) / EAR_RATE_HZ < len(slow) / EAR_RATE_HZ < 1.5
    kept = list((tmp_path / "cache" / "bench-voices").iterdir())
    assert len(kept) == 2
    again = SyntheticPeople(load_content()).say("wiederholen", Variant("f3", 125))
    assert (again == slow).all()
