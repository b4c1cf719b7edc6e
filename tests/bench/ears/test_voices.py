"""The synthetic people: none of them trains the model."""

import re
from collections import Counter
from pathlib import Path

from skill.bench.ears.voices import VARIANTS, assigned, variants

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


def test_all_variants_speak_about_equally_often_and_none_repeats_itself() -> None:
    chosen = assigned([f"phrase {n}" for n in range(120)], "test", 8)
    counts = Counter(variant for _, variant in chosen)
    assert len(counts) == 24
    assert max(counts.values()) < 2 * min(counts.values())
    assert len(set(chosen)) == len(chosen) == 120 * 8


def test_more_than_all_variants_is_all() -> None:
    assert len(assigned(["ja"], "tune", 99)) == len(variants("tune"))
