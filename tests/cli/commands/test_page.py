"""``page list``, ``page forget``, and ``--page``: what a person gets to read."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.page.companion import MISSING_EXTRA, Companion, devices_file
from rueckgrat.page.pairing import PairedDevices
from rueckgrat.replay.play import demonstration
from skill.settings import Settings
from tests.programs import CHECKOUT


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_devices_are_listed_and_forgotten() -> None:
    assert "Kein Gerät ist verbunden. Sag zu mir: „Tablet verbinden“." in run("page", "list").output
    assert "Es war kein Gerät verbunden." in run("page", "forget").output
    devices = PairedDevices(devices_file())
    devices.add("Tablet im Wohnzimmer", "2026-11-27")
    assert "Tablet im Wohnzimmer, seit 2026-11-27" in run("page", "list").output
    assert "Ein Gerät ist vergessen." in run("page", "forget").output
    devices.add("Tablet", "2026-11-27")
    devices.add("Handy", "2026-11-27")
    assert "2 Geräte sind vergessen." in run("page", "forget").output
    assert devices.all() == ()


def test_a_file_of_devices_that_cannot_be_written_is_told() -> None:
    devices_file().mkdir(parents=True)
    forgotten = run("page", "forget")
    assert forgotten.exit_code
    assert "kann ich nicht aufheben" in f"{forgotten.output}{forgotten.exception}"


def test_replay_with_page_and_without_a_file_plays_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played: list[tuple[Path, bool]] = []

    class Passed:
        passed = True

    def play(file: Path, settings: Settings, *_: Any) -> type[Passed]:
        played.append((file, settings.page))
        return Passed

    monkeypatch.setattr("rueckgrat.replay.play.play_dialog", play)
    assert run("replay", "--page").exit_code == 0
    assert run("replay", "other.dialog.yaml").exit_code == 0
    assert played == [(demonstration(), True), (Path("other.dialog.yaml"), False)]


@pytest.mark.parametrize(
    ("options", "wished"), [(["--page"], True), (["--no-page"], False), ([], None)]
)
def test_train_takes_the_option(
    options: list[str], wished: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bool] = []
    monkeypatch.setattr(
        "rueckgrat.cli.live.train_live", lambda settings, *_: taken.append(settings.page)
    )
    monkeypatch.setenv("RUECKGRAT_PAGE", "yes" if wished is None else "no")
    run("train", *options)
    assert taken == [wished is not False]


def test_without_the_extra_one_sentence_says_how_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("rueckgrat.page.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("starlette", "uvicorn"):
        monkeypatch.setitem(sys.modules, name, None)
    said: list[str] = []
    with Companion(Settings(page=True), said.append).shown(None) as port:  # type: ignore[arg-type]
        assert port == 0
    assert said == [MISSING_EXTRA]
    assert "pip install" in said[0]


WITHOUT = """
import socket, sys
opened = []
listen = socket.socket.listen
socket.socket.listen = lambda one, *more: opened.append("a socket") or listen(one, *more)
import rueckgrat.cli.app, rueckgrat.cli.live, rueckgrat.cli.commands.page, rueckgrat.replay.play
from rueckgrat.page.companion import Companion, looked_at
from skill.settings import Settings
with Companion(Settings(), print).shown(None) as port, looked_at(Settings(), print) as onlooker:
    onlooker(None)
known = [name for name in sys.modules if name.split(".")[0] in {"starlette", "uvicorn", "h11"}]
print(port, opened, known)
"""


def test_unless_it_is_wished_nothing_listens_and_nothing_of_it_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout == "0 [] []\n"


def test_where_it_is_wished_something_listens(tmp_path: Path) -> None:
    """That the test above can fail: with the page wished it does listen."""
    pytest.importorskip("uvicorn")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    wished = WITHOUT.replace("Settings()", f"Settings(page=True, page_port={port})", 1)
    wished = wished.replace(".shown(None)", ".shown(Nobody)", 1)
    nobody = """
from skill.messages.events import Snapshot
class Nobody:
    press = follow = staticmethod(lambda *_: None)
    snapshot = Snapshot
"""
    done = subprocess.run(
        [sys.executable, "-c", nobody + wished],
        cwd=CHECKOUT,
        env={"RUECKGRAT_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert f"{port} ['a socket'" in done.stdout, done.stderr
    assert "'uvicorn'" in done.stdout
