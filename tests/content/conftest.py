import shutil
from pathlib import Path

import pytest

from skill.paths import dialogs_dir
from tests.content.dialogs_copy import DialogsCopy


@pytest.fixture
def dialogs(tmp_path: Path) -> DialogsCopy:
    shutil.copytree(dialogs_dir(), tmp_path / "dialogs")
    return DialogsCopy(tmp_path / "dialogs")
