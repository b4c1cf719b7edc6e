from __future__ import annotations

from models.training.phones import PHONES, from_espeak


def flat(mnemonics: str) -> list[str]:
    return [phone for phones in from_espeak(mnemonics.split("_")) for phone in phones]


def test_a_diphthong_is_two_phones() -> None:
    assert flat("v_'aI_t_3") == ["v", "aI1", "aI2", "t", "3"]


def test_an_r_after_a_vowel_becomes_a_vowel() -> None:
    assert flat("f_'i:_r") == ["f", "i:", "3"]
    assert flat("d_r_'aI") == ["d", "r", "aI1", "aI2"]
    assert flat("ts_,u:_R_'y_k") == ["ts", "u:", "r", "y", "k"]


def test_glottal_stops_and_stress_are_silent() -> None:
    assert flat("_!_'aI_n_s") == ["aI1", "aI2", "n", "s"]


def test_the_phones_are_distinct() -> None:
    assert len(set(PHONES)) == len(PHONES)
