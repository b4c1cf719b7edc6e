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
        ("commands.yaml", "phrases: [pause,", "phrases: [weiter,", 'already claimed by "next".'),
        ("commands.yaml", "phrases: [pause,", "phrases: [noch mal,", 'by "repeat" as "nochmal".'),
        ("commands.yaml", "phrases: [pause,", "phrases: [pause, pause,", 'claimed by "pause".'),
        ("commands.yaml", "phrases: [fertig,", "phrases: [pause machen,", 'begins like "pause"'),
        ("commands.yaml", 'drei: "3"', "drei: drei", 'not a number in digits: "drei".'),
        (BRUECKE, NAMES, "[weiter]", 'already claimed by "next".'),
        (BRUECKE, NAMES, "[alle viere]", 'begins like "alle" of "all"'),
        (BRUECKE, "- Ganz fließend.", "- Und Stopp!", 'lets the coach say "stopp"'),
        (BRUECKE, "- Leg das Becken", "- Wenn es schmerzt, das tut weh", 'say "das tut weh"'),
        (BRUECKE, "[Oben bleiben.", "[Halt.", 'lets the coach say "halt"'),
        (BAND, "material: ein Gummiband", "material: einen Halt", 'lets the coach say "halt"'),
        (STEPS, "unit: {one: Runde", "unit: {one: Halt", 'lets the coach say "halt"'),
        (ROWING, "material: ein Gummiband", "material: einen Halt", 'lets the coach say "halt"'),
        (
            "decoys.yaml",
            "decoys:",
            "decoys:\n  mine: [weiter]",
            'holds "weiter", which is a phrase',
        ),
        ("decoys.yaml", "decoys:", "decoys:\n  mine: [und]", 'holds "und" twice.'),
    ],
)
def test_mistakes_across_files(
    dialogs: DialogsCopy, name: str, old: str, new: str, expected: str
) -> None:
    line = dialogs.replace(name, old, new)
    complaint = dialogs.complaint()
    assert complaint.startswith(f"{name}, line {line}: ")
    assert expected in complaint


def test_two_exercises_of_one_name(dialogs: DialogsCopy) -> None:
    line = dialogs.replace("exercises/roll-up.yaml", "[roll up,", "[die brücke,")
    complaint = dialogs.complaint()
    assert complaint.startswith(f"exercises/roll-up.yaml, line {line}: ")
    assert 'already claimed by the exercise "bruecke".' in complaint


def test_safety_commands_count_everywhere(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "where: [everywhere]", "where: [menu]")
    assert '"stop", "where" leaves out states, for a safety command.' in dialogs.complaint()


def test_a_command_without_phrases(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "phrases: [alle, alle drei, alle übungen]", "")
    assert '"commands", "all" has no phrases.' in dialogs.complaint()


def test_a_slot_names_an_exercise_that_is_there(dialogs: DialogsCopy) -> None:
    dialogs.replace("commands.yaml", "  exercise:\n", "  exercise:\n    slots: {becken: brueke}\n")
    assert 'names an unknown exercise: "brueke". Did you mean "bruecke"?' in dialogs.complaint()


def test_a_missing_row_is_named(dialogs: DialogsCopy) -> None:
    path = dialogs.folder / "commands.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  guest:")], encoding="utf-8")
    assert 'field "commands" has no row "guest". Add the row.' in dialogs.complaint()


def test_commands_that_are_never_live_together_may_begin_alike(dialogs: DialogsCopy) -> None:
    """ "drei" is no number in the menu."""
    dialogs.replace("commands.yaml", "phrases: [alle,", "phrases: [drei auf einmal,")
    from skill.content.loader import load_content

    assert load_content(dialogs.folder).vocabulary["drei auf einmal"].name == "all"
