from pathlib import Path

import pytest

from rueckgrat.doctor.configuration import check_dialogs, check_settings
from rueckgrat.doctor.finding import Verdict
from skill.errors import SettingsError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    return tmp_path


def test_without_a_file_the_defaults_count(home: Path) -> None:
    found = check_settings(None)
    assert found.verdict is Verdict.OK
    assert str(home / "config" / "settings.toml") in found.measured


def test_a_wrong_file_is_a_warning_with_line_and_mend() -> None:
    found = check_settings(SettingsError("It is wrong (line 3 of settings.toml).", "Do it so."))
    assert found.verdict is Verdict.WARNING
    assert "line 3 of settings.toml" in found.measured
    assert found.mend == "Ändere diese Stelle, oder lösch sie. Do it so."


def test_own_files_that_are_left_out_are_named() -> None:
    found = check_dialogs(["Deine Datei kobra.yaml lasse ich weg."])
    assert found.verdict is Verdict.WARNING
    assert "kobra.yaml" in found.measured
    assert check_dialogs([]).verdict is Verdict.OK
