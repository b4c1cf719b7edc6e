import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.paths import dialogs_dir
from tests.content.dialogs_copy import DialogsCopy


@pytest.fixture
def dialogs(tmp_path: Path) -> DialogsCopy:
    shutil.copytree(dialogs_dir(), tmp_path / "dialogs")
    return DialogsCopy(tmp_path / "dialogs")


@pytest.fixture
def write_yaml(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "test.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
