import pytest

from skill.content.loader import load_content
from skill.voice.respelling import Respeller

TABLE = {"Roll Up": "Roll-Ap", "Roll": "Roll!", "weg": "wäg", "Pilates": "Pi-la-tes"}


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Jetzt der Roll Up.", "Jetzt der Roll-Ap."),
        ("Roll Up, Roll Up!", "Roll-Ap, Roll-Ap!"),
        ("Geh weg vom Weg.", "Geh wäg vom Wäg."),
        ("Pilates-Kurs", "Pi-la-tes-Kurs"),
        ("Pilateskurs", "Pilateskurs"),
        ("wegen", "wegen"),
        ("pilates", "pilates"),
        ("", ""),
    ],
)
def test_whole_words_are_replaced(written: str, spoken: str) -> None:
    assert Respeller(TABLE)(written) == spoken


def test_an_entry_of_its_own_for_the_capital_wins() -> None:
    assert Respeller({"weg": "wäg", "Weg": "Weeg"})("Weg, weg!") == "Weeg, wäg!"


def test_what_was_replaced_is_not_looked_at_again() -> None:
    assert Respeller({"eins": "zwei", "zwei": "drei"})("eins zwei") == "zwei drei"


def test_signs_in_an_entry_mean_themselves() -> None:
    assert Respeller({"z. B.": "zum Beispiel"})("z. B. zuBeispiel") == "zum Beispiel zuBeispiel"


def test_without_entries_all_stays() -> None:
    assert Respeller({})("Roll Up") == "Roll Up"


@pytest.mark.parametrize("engine", ["respellings", "natural_respellings"])
def test_every_shipped_entry_is_found_and_changes_something(engine: str) -> None:
    shipped = getattr(load_content(), engine)
    assert shipped
    for written, spoken in shipped.items():
        assert Respeller(shipped)(f"So, {written}!") == f"So, {spoken}!"
        assert spoken.strip()
        assert spoken != written


def test_a_respelling_for_natural_voices_changes_their_sounds() -> None:
    phonemize_espeak = pytest.importorskip("piper.phonemize_espeak")
    sounds = phonemize_espeak.EspeakPhonemizer()
    for written, spoken in load_content().natural_respellings.items():
        assert sounds.phonemize("de", written) != sounds.phonemize("de", spoken), written
