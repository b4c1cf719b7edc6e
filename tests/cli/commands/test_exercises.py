"""What ``exercises`` lists: everything that can be asked for."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rueckgrat.cli.app import app
from skill.content.loader import load_content


@pytest.fixture(scope="module")
def listing() -> str:
    answer = CliRunner().invoke(app, ["exercises"])
    assert answer.exit_code == 0
    return answer.output


def test_programmes_come_first_and_then_the_exercises(listing: str) -> None:
    content = load_content()
    titles = [one.title for one in (*content.programmes, *content.exercises)]
    lines = listing.splitlines()
    places = [lines.index(title) for title in titles]
    assert places == sorted(places)


def test_a_programme_tells_its_time_its_exercises_and_what_is_needed(listing: str) -> None:
    assert "Etwa 8 Minuten: Die Brücke, Roll Up, Bein anheben." in listing
    assert "Minuten, je nach Alter: Intervalle." in listing
    assert "(2 Durchgänge)." in listing
    assert "Du brauchst ein Gummiband. Geht auch ohne, dann mit: Der Rückenstrecker," in listing


def test_an_exercise_tells_how_often_and_its_variants(listing: str) -> None:
    assert "6 bis 15 Wiederholungen auf jeder Seite, immer im Wechsel." in listing
    assert "6 bis 10 Runden." in listing
    assert "  10 Muskelgruppen." in listing
    assert "Leichter: Kleine Brücke. Schwerer: Brücke mit gekreuzten Armen." in listing


def test_a_programme_of_ones_own_is_listed(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "kleines.yaml").write_text(
        "title: Ein Mal\nspoken_names: [kleines programm]\npurpose: Ganz wenig.\n"
        "introduction: [Ganz wenig.]\nexercises: [katze-kuh]\n",
        encoding="utf-8",
    )
    answer = CliRunner().invoke(app, ["exercises", "--dialogs", str(tmp_path)])
    assert "„kleines programm“" in answer.output
