import pytest

from tests.content.dialogs_copy import DialogsCopy

BAND = "programmes/widerstand.yaml"
BRUECKE = "exercises/bruecke.yaml"
ROWING = "exercises/rudern.yaml"
STEPS = "exercises/intervalle.yaml"
NAMES = "[brücke, die brücke]"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "commands.yaml",
            "phrases: [pause,",
            "phrases: [weiter,",
            "gehört schon dem Befehl „next“.",
        ),
        (
            "commands.yaml",
            "phrases: [pause,",
            "phrases: [noch mal,",
            "„repeat“, als „nochmal“.",
        ),
        (
            "commands.yaml",
            "phrases: [pause,",
            "phrases: [pause, pause,",
            "dem Befehl „pause“.",
        ),
        ("commands.yaml", "phrases: [fertig,", "phrases: [pause machen,", "beginnt wie „pause“"),
        ("commands.yaml", 'drei: "3"', "drei: drei", "ist keine Zahl in Ziffern: „drei“."),
        (BRUECKE, NAMES, "[weiter]", "gehört schon dem Befehl „next“."),
        (BRUECKE, NAMES, "[alle viere]", "beginnt wie „alle“ von dem Befehl „all“"),
        (BRUECKE, "- Ganz fließend.", "- Und Stopp!", "lässt mich „stopp“ sagen"),
        (BRUECKE, "- Leg das Becken", "- Wenn es schmerzt, das tut weh", "„das tut weh“ sagen"),
        (BRUECKE, "[Oben bleiben.", "[Halt.", "lässt mich „halt“ sagen"),
        (BAND, "material: ein Gummiband", "material: einen Halt", "lässt mich „halt“ sagen"),
        (STEPS, "unit: {one: Runde", "unit: {one: Halt", "lässt mich „halt“ sagen"),
        (ROWING, "material: ein Gummiband", "material: einen Halt", "lässt mich „halt“ sagen"),
        (
            "decoys.yaml",
            "decoys:",
            "decoys:\n  mine: [weiter]",
            "enthält „weiter“, und das gehört",
        ),
        ("decoys.yaml", "decoys:", "decoys:\n  mine: [und]", "enthält „und“ zweimal."),
    ],
)
def test_mistakes_across_files(
    dialogs: DialogsCopy, name: str, old: str, new: str, expected: str
) -> None:
    line = dialogs.replace(name, old, new)
    complaint = dialogs.complaint()
    assert complaint.startswith(f"{name}, Zeile {line}: ")
    assert expected in complaint


def test_two_exercises_of_one_name(dialogs: DialogsCopy) -> None:
    line = dialogs.replace("exercises/roll-up.yaml", "[roll up,", "[die brücke,")
    complaint = dialogs.complaint()
    assert complaint.startswith(f"exercises/roll-up.yaml, Zeile {line}: ")
    assert "gehört schon der Übung „bruecke“." in complaint


def test_safety_commands_count_everywhere(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "where: [everywhere]", "where: [menu]")
    assert "„stop“, „where“ lässt Zustände aus" in dialogs.complaint()


def test_a_command_without_phrases(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "phrases: [alle, alle drei, alle übungen]", "")
    assert "„commands“, „all“ hat keine Sätze." in dialogs.complaint()


def test_a_slot_names_an_exercise_that_is_there(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "  exercise:\n", "  exercise:\n    slots: {becken: brueke}\n")
    assert "nicht gibt: „brueke“. Meinst du „bruecke“?" in dialogs.complaint()


def test_a_missing_row_is_named(dialogs: DialogsCopy) -> None:
    path = dialogs.folder / "commands.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  guest:")], encoding="utf-8")
    assert "Feld „commands“ hat keine Zeile „guest“. Ergänze" in dialogs.complaint()


def test_commands_that_are_never_live_together_may_begin_alike(dialogs: DialogsCopy) -> None:
    """ "drei" is no number in the menu."""
    dialogs.replace("commands.yaml", "phrases: [alle,", "phrases: [drei auf einmal,")
    from skill.content.loader import load_content

    assert load_content(dialogs.folder).vocabulary["drei auf einmal"].name == "all"
