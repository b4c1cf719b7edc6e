"""``exercise new`` and ``exercise check``, as a person at the keyboard sees them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from skill.content.own import content_for
from skill.messages.events import Event, Problem
from skill.observers import Observers, Told
from skill.settings import Settings
from skill.trainer import open_session
from tests.content.own_folder import OwnFolder

ANSWERS = (
    *("Der Hund", "Hund, der hund", "Macht den Rücken weich", "Rücken, Bauch"),
    *("Du machst den Rücken rund.", "Komm auf alle Viere.", "nein"),
    *("runden", "b", "aus", "Ausatmen und runden", "4"),
    *("strecken", "h", "frei", "Lang bleiben.", "2,5"),
    *(".", "8", "Ganz weich.", "Der Nacken bleibt lang.", "Setz dich auf die Fersen."),
    "Katze und Kuh",
)


@pytest.fixture
def own(own_home: Path) -> OwnFolder:
    return OwnFolder(own_home / "data" / "dialogs")


def _exercise(*arguments: str, typed: tuple[str, ...] = ()) -> Result:
    typed_lines = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(app, ["exercise", *arguments], input=typed_lines)


def test_new_asks_and_writes_an_exercise_that_can_be_trained(own: OwnFolder) -> None:
    answer = _exercise("new", "Hund", typed=ANSWERS)
    assert answer.exit_code == 0, answer.output
    assert "Alles in Ordnung" in answer.output
    assert "„hund“ sagen" in answer.output
    exercise = content_for(Settings().dialog_folders).exercise("hund")
    assert exercise.title == "Der Hund"
    assert exercise.spoken_names == ("hund", "der hund")
    assert exercise.purpose == "Macht den Rücken weich."
    assert exercise.muscles == ("Rücken", "Bauch")
    assert exercise.repetitions.start == 8
    first, second = exercise.phases
    assert (first.name, first.kind, first.breath, first.seconds) == ("runden", "move", "out", 4)
    assert (second.name, second.kind, second.breath, second.seconds) == (
        "strecken",
        "hold",
        None,
        2.5,
    )
    assert first.say == ("Ausatmen und runden.",)
    assert "# eine Wiederholung" in (own.folder / "exercises/hund.yaml").read_text("utf-8")


def test_new_asks_again_until_an_answer_can_be_taken(own: OwnFolder) -> None:
    wrong = ("Hund, 2 mal", "weiter", "alle viere", "kobra")
    answers = [*ANSWERS[:1], *wrong, *ANSWERS[1:-3], "Ruf stopp.", *ANSWERS[-3:]]
    answer = _exercise("new", "Hund", typed=tuple(answers))
    assert answer.exit_code == 0, answer.output
    for said in (
        "„2 mal“ kann ich nicht hören",
        "„weiter“ könnte ich mit „weiter“ verwechseln",
        "„alle viere“ könnte ich mit „alle“ verwechseln",
        "„kobra“ kennt das Sprachmodell nicht",
        "„stopp“ darf ich nicht sagen",
    ):
        assert said in answer.output


def test_enter_takes_every_suggestion(own: OwnFolder) -> None:
    answer = _exercise("new", "Große Welle", typed=("",) * 40)
    assert answer.exit_code == 0, answer.output
    exercise = content_for(Settings().dialog_folders).exercise("grosse-welle")
    assert exercise.spoken_names == ("große welle",)
    assert [phase.name for phase in exercise.phases] == ["heben", "bleiben", "senken"]


def test_two_sides(own: OwnFolder) -> None:
    answers = [*ANSWERS[:6], "ja", "rechtes Bein", "linkes Bein", *ANSWERS[7:]]
    assert _exercise("new", "Hund", typed=tuple(answers)).exit_code == 0
    sides = content_for(Settings().dialog_folders).exercise("hund").sides
    assert [(side.name, side.title) for side in sides] == [
        ("rechts", "rechtes Bein"),
        ("links", "linkes Bein"),
    ]


def test_new_copies_the_figure_of_the_exercise_that_looks_like_it(own: OwnFolder) -> None:
    answer = _exercise("new", "Hund", typed=(*ANSWERS[:-1], "katze kuuh", ANSWERS[-1]))
    assert "Meinst du „katze-kuh“?" in answer.output
    assert "Welcher Übung sieht sie ähnlich?" in answer.output
    content = content_for(Settings().dialog_folders)
    figure, like = content.exercise("hund").figure, content.exercise("katze-kuh").figure
    assert figure
    assert like
    assert figure.poses == like.poses
    assert figure.phases["runden"].through == ("rund",)
    assert figure.phases["strecken"].through == ("lang",)
    assert _exercise("check").exit_code == 0


def test_new_proposes_the_nearest_exercise_and_takes_no_figure_for_a_point(own: OwnFolder) -> None:
    answer = _exercise(
        "new", "Hund", typed=(*ANSWERS[:5], "Komm auf Hände und Knie.", *ANSWERS[6:-1], ".")
    )
    assert "ein Punkt heißt keine [Der Vierfüßler]" in answer.output
    assert content_for(Settings().dialog_folders).exercise("hund").figure is None


def test_a_picture_of_an_exercise_by_any_of_its_names(own: OwnFolder, tmp_path: Path) -> None:
    for name in ("bruecke", "Die Brücke", "brücke"):
        path = tmp_path / f"{len(name)}.svg"
        answer = _exercise("picture", name, "--out", str(path))
        assert answer.exit_code == 0, answer.output
        picture = path.read_text(encoding="utf-8")
        assert "Brücke mit gekreuzten Armen" in picture
        assert "heben (aus)" in picture


def test_no_picture_without_an_exercise_or_without_its_figure(own: OwnFolder) -> None:
    answer = _exercise("picture", "brucke")
    assert answer.exit_code == 2
    assert "Meinst du „bruecke“?" in answer.stderr
    own.exercise("hund", "Der Hund", "hund")
    answer = _exercise("picture", "hund")
    assert answer.exit_code == 2
    assert "hat keine Figur" in answer.stderr


def test_check_finds_mistakes_in_a_figure(own: OwnFolder) -> None:
    path = own.exercise("hund", "Der Hund", "hund")
    written = path.read_text(encoding="utf-8")
    path.write_text(f"{written}\nfigure:\n  poses:\n    start: {{knee: 170}}\n", encoding="utf-8")
    answer = _exercise("check")
    line = written.count("\n") + 4
    assert answer.exit_code == 1
    assert (
        f"{path}, Zeile {line}: Feld „figure“, „poses“, „start“, „knee“ ist 170 Grad, und so weit"
        " geht das Gelenk nicht. Erlaubt ist -5 bis 150."
    ) in answer.stdout


def test_the_template_asks_nothing(own: OwnFolder) -> None:
    answer = _exercise("new", "Große Welle", "--template")
    assert answer.exit_code == 0, answer.output
    assert "Alles in Ordnung" in answer.output
    assert _exercise("check").exit_code == 0


def test_nothing_is_overwritten_without_a_yes(own: OwnFolder) -> None:
    path = own.text("exercises/hund.yaml", "mine\n")
    answer = _exercise("new", "Hund", typed=("",))
    assert answer.exit_code == 0
    assert f"{path} gibt es schon. Überschreiben?" in answer.output
    assert answer.output.endswith("Nichts geändert.\n")
    assert _exercise("new", "Hund", "--template").exit_code == 2
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert _exercise("new", "Hund", typed=("ja", *ANSWERS)).exit_code == 0
    assert "Der Hund" in path.read_text(encoding="utf-8")
    assert [one.name for one in path.parent.iterdir()] == ["hund.yaml"]


def test_a_shipped_exercise_is_replaced_only_on_a_yes(own: OwnFolder) -> None:
    answer = _exercise("new", "roll up", typed=("nein",))
    assert "bringt der Trainer schon mit" in answer.output
    assert not own.folder.exists()


def test_without_answers_nothing_is_written(own: OwnFolder) -> None:
    answer = _exercise("new", "Hund", typed=ANSWERS[:5])
    assert answer.exit_code == 2
    assert "--template" in answer.stderr
    assert not own.folder.exists()


@pytest.mark.parametrize("name", ["", "   ", "?!"])
def test_a_name_without_letters(name: str) -> None:
    answer = _exercise("new", name, "--template")
    assert answer.exit_code == 2
    assert "ist kein Name" in answer.stderr


def test_a_folder_that_takes_no_file(own: OwnFolder) -> None:
    own.folder.parent.mkdir(parents=True)
    own.folder.write_text("a file in place of the folder", encoding="utf-8")
    answer = _exercise("new", "Hund", "--template")
    assert answer.exit_code == 2
    assert "kann ich nicht schreiben" in answer.stderr


def test_check_explains_every_mistake_and_ends_with_1(own: OwnFolder) -> None:
    path = own.exercise("hund", "Der Hund", "hund")
    first = own.replace("exercises/hund.yaml", "breath: out", "breth: out")
    second = own.replace("exercises/hund.yaml", "seconds: 2", "seconds: zwei")
    answer = _exercise("check")
    assert answer.exit_code == 1
    assert (
        f"{path}, Zeile {first}: Feld „phases“, Eintrag 1, „breth“ kenne ich nicht."
        in answer.stdout
    )
    assert "Meinst du „breath“?" in answer.stdout
    assert f"{path}, Zeile {second}: Feld „phases“, Eintrag 2, „seconds“" in answer.stdout
    assert "2 Fehler." in answer.stdout
    assert _exercise("check", str(path)).exit_code == 1


def test_check_names_words_that_nobody_has_heard_the_voice_say(own: OwnFolder) -> None:
    own.text("phrases.yaml", "phrases:\n  welcome.hello: [Moin da bist du ja. Los zur Reling.]\n")
    answer = _exercise("check")
    assert answer.exit_code == 0, answer.output
    said = " ".join(answer.stdout.split())
    assert "Alles in Ordnung" in said
    assert "noch niemand geprüft: „moin“, „reling“ (in einem Satz)." in said
    assert "rueckgrat voice try gmw/de 'Moin da bist du ja. Los zur Reling.'" in said
    assert "respellings.yaml unter respellings:" in said
    own.text("respellings.yaml", "respellings:\n  moin: mo-in\n  Reling: Reling\n")
    answer = _exercise("check")
    assert "geprüft" not in answer.stdout


def test_check_says_nothing_of_a_voice_that_is_not_here(
    own: OwnFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.text("phrases.yaml", "phrases:\n  welcome.hello: [Moin da bist du ja.]\n")
    monkeypatch.setenv("RUECKGRAT_VOICE", "thorsten#3")
    answer = _exercise("check")
    assert answer.exit_code == 0, answer.output
    assert "geprüft" not in answer.stdout


def test_check_of_nothing_says_how_to_begin() -> None:
    answer = _exercise("check")
    assert answer.exit_code == 0
    assert "rueckgrat exercise new NAME" in answer.output


def test_check_of_what_is_not_there() -> None:
    assert _exercise("check", "nowhere.yaml").exit_code == 2


def test_without_a_speech_model_everything_else_is_checked(own: OwnFolder) -> None:
    own.exercise("kobra", "Die Kobra", "kobra")
    answer = _exercise("check", "--model", "parrot")
    assert answer.exit_code == 0
    assert "konnte ich nicht prüfen" in answer.stdout
    assert _exercise("check").exit_code == 1


def test_own_words_are_checked_with_the_speech_model(own: OwnFolder, built_in_model: Path) -> None:
    path = own.text("own-commands.yaml", "sentences:\n  next:\n    - pack mas\n    - auf qxwz\n")
    answer = _exercise("check")
    assert answer.exit_code == 1
    assert f"{path}, Zeile 4: Feld „sentences“, „next“, Eintrag 2 enthält „qxwz“" in answer.stdout
    own.text("own-commands.yaml", "sentences:\n  next: [hopp hopp]\n  nxt: [auf auf]\n")
    answer = _exercise("check", str(path))
    assert answer.exit_code == 1
    assert f"{path}, Zeile 3: Feld „sentences“, „nxt“ ist kein Befehl." in answer.stdout
    assert "Meinst du „next“?" in answer.stdout


def test_own_words_that_the_speech_model_lacks_are_a_problem_of_the_session(
    own: OwnFolder, built_in_model: Path
) -> None:
    own.text("own-commands.yaml", "sentences:\n  next: [auf qxwz]\n")
    events: list[Event] = []
    open_session(Settings(), Observers([Told(events.append)]), seed=1)
    problems = [event.text for event in events if isinstance(event, Problem)]
    assert any("own-commands.yaml lasse ich weg, wegen Zeile 2" in problem for problem in problems)


def test_a_broken_file_of_ones_own_is_a_problem_of_the_session_not_its_end(
    own: OwnFolder, built_in_model: Path
) -> None:
    own.exercise("welle", "Die Welle", "große welle")
    own.text("exercises/hund.yaml", "titel: Hund\n")
    events: list[Event] = []
    session = open_session(Settings(), Observers([Told(events.append)]), seed=1)
    problems = [event.text for event in events if isinstance(event, Problem)]
    (left_out,) = [problem for problem in problems if "lasse ich weg" in problem]
    assert "hund.yaml lasse ich weg, wegen Zeile 1" in left_out
    assert not session.finished
