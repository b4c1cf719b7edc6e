"""History and settings beside the page, for people without a terminal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("starlette")

from starlette.applications import Starlette
from starlette.testclient import TestClient

from rueckgrat.history import open_history
from rueckgrat.page.settings_form import SettingsForm
from rueckgrat.page.sheets import sheet_routes
from skill.content.loader import load_content
from skill.messages.notes import (
    HistoryEntry,
    Load,
    Outcome,
    SessionBegan,
    SetDone,
)
from skill.settings import Settings, load_settings

CONTENT = load_content()
FILLED = {
    "people": "",
    "invitations": "",
    "quiet": "22:00-07:00",
    "voice": "gmw/de",
    "volume": "0",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    return tmp_path / "settings.toml"


@pytest.fixture
def client(file: Path) -> TestClient:
    form = SettingsForm(CONTENT, lambda: ["gmw/de", "thorsten"], file)
    return TestClient(Starlette(routes=sheet_routes(lambda _: True, form)), follow_redirects=False)


def read(file: Path) -> Settings:
    return load_settings(environment={}, file=file)


def train(person: str) -> None:
    now = datetime.now() - timedelta(hours=1)
    done = SetDone("bruecke", (8,), Load(repetitions=8), Outcome.COMPLETE)
    with open_history() as history:
        history.add(HistoryEntry(person, now, SessionBegan()))
        history.add(HistoryEntry(person, now, done))


# --- who may see them ---------------------------------------------------------------------------


def test_a_stranger_sees_neither_history_nor_settings(file: Path) -> None:
    form = SettingsForm(CONTENT, lambda: [], file)
    app = Starlette(routes=sheet_routes(lambda _: False, form))
    stranger = TestClient(app, follow_redirects=False)
    for path in ("/verlauf", "/verlauf/wochen.svg", "/verlauf/alles.csv", "/einstellungen"):
        assert stranger.get(path).status_code == 303
    assert stranger.post("/einstellungen", data={"people": "Eve"}).status_code == 401
    assert not file.exists()


# --- history ------------------------------------------------------------------------------------


def test_without_a_training_it_says_so(client: TestClient) -> None:
    assert "Hier steht noch nichts" in client.get("/verlauf").text


def test_everybody_has_weeks_and_a_picture_and_all_can_be_taken_away(client: TestClient) -> None:
    train("anna")
    train("<b>eve</b>")
    shown = client.get("/verlauf").text
    assert "Anna" in shown
    assert "<b>" not in shown
    assert "&lt;B&gt;Eve" in shown
    picture = client.get("/verlauf/wochen.svg?person=anna")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "Dein Training, Anna" in picture.text
    assert client.get("/verlauf/wochen.svg?person=nobody").status_code == 404
    exported = client.get("/verlauf/alles.csv")
    assert "attachment" in exported.headers["content-disposition"]
    assert "bruecke" in exported.text
    assert client.get("/verlauf/alles.json").json()[0]["exercise"] == "bruecke"
    assert client.get("/verlauf/alles.exe").status_code == 404


# --- settings -----------------------------------------------------------------------------------


def test_what_is_filled_in_is_kept_and_comments_stay(client: TestClient, file: Path) -> None:
    file.write_text('# meine Notiz\nmicrophone = "USB"  # das gute\n', encoding="utf-8")
    filled = FILLED | {
        "people": "Anna, Bernd",
        "invitations": "Mo, Mi 18:00, Sa 10 Uhr",
        "volume": "-4",
        "without:seitstuetz": "1",
    }
    answer = client.post("/einstellungen", data=filled)
    assert (answer.status_code, answer.headers["location"]) == (303, "/einstellungen?gespeichert")
    text = file.read_text(encoding="utf-8")
    assert "# meine Notiz" in text
    assert "# das gute" in text
    settings = load_settings(environment={}, file=file)
    assert settings.people == ("Anna", "Bernd")
    assert settings.invitations == ("Mo, Mi 18:00", "Sa 10 Uhr")
    assert (settings.volume, settings.leave_out) == (-4, ("seitstuetz",))
    form = client.get("/einstellungen?gespeichert").text
    assert "Gespeichert." in form
    assert 'value="Anna, Bernd"' in form
    assert 'name="without:seitstuetz" value="1" checked' in form
    assert '<option value="-4" selected>' in form


def test_a_volume_between_the_steps_stays_unless_another_is_chosen(
    client: TestClient, file: Path
) -> None:
    file.write_text("volume = -3.5\n", encoding="utf-8")
    assert '<option value="-3.5" selected>' in client.get("/einstellungen").text
    client.post("/einstellungen", data=FILLED | {"volume": "-3.5", "people": "Anna"})
    assert read(file).volume == -3.5
    client.post("/einstellungen", data=FILLED | {"volume": "4"})
    assert read(file).volume == 4


def test_many_tablets_save_at_once_and_every_comment_stays(client: TestClient, file: Path) -> None:
    file.write_text('# meine Notiz\nmicrophone = "USB"  # das gute\n', encoding="utf-8")
    with ThreadPoolExecutor(4) as threads:
        names = ["Anna", "Bernd", "Clara", "Dora"]
        answers = threads.map(
            lambda name: client.post("/einstellungen", data=FILLED | {"people": name}), names
        )
        assert {one.status_code for one in answers} == {303}
    text = file.read_text(encoding="utf-8")
    assert "# meine Notiz" in text
    assert "# das gute" in text
    assert read(file).people[0] in names


def test_nothing_is_written_where_nothing_was_changed(client: TestClient, file: Path) -> None:
    client.post("/einstellungen", data=FILLED)
    assert not file.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"people": "Anna1"}, "kein Name"),
        ({"invitations": "irgendwann"}, "irgendwann"),
        ({"quiet": "immer"}, "immer"),
        ({"invitations": "Mo 23:00"}, "Ruhezeit"),
        ({f"without:{one.id}": "1" for one in CONTENT.exercises}, "keine einzige Übung"),
        ({"without:hacken": "1"}, "hacken"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: TestClient, file: Path, changed: dict[str, str], said: str
) -> None:
    filled = FILLED | {"quiet": "21:00-06:00"} | changed
    answer = client.post("/einstellungen", data=filled)
    assert answer.status_code == 400
    assert said in unescape(answer.text)
    assert f'value="{filled["quiet"]}"' in answer.text
    assert not file.exists()


def test_what_is_typed_is_no_html(client: TestClient) -> None:
    answer = client.post("/einstellungen", data=FILLED | {"people": '"><script>x</script>'})
    assert "<script" not in answer.text


def test_how_a_name_is_said_stays(client: TestClient, file: Path) -> None:
    file.write_text('people = [{name = "Zoë", say = "Zo-ä"}, "Anna"]\n', encoding="utf-8")
    client.post("/einstellungen", data=FILLED | {"people": "Zoë, Bernd"})
    settings = load_settings(environment={}, file=file)
    assert [(str(one), one.say) for one in settings.people] == [("Zoë", "Zo-ä"), ("Bernd", "")]


def test_a_file_that_is_wrong_is_not_overwritten(client: TestClient, file: Path) -> None:
    file.write_text("people = [\n", encoding="utf-8")
    assert "verstehe ich nicht" in client.get("/einstellungen").text
    answer = client.post("/einstellungen", data=FILLED | {"people": "Anna"})
    assert answer.status_code == 400
    assert file.read_text(encoding="utf-8") == "people = [\n"
