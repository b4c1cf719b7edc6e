import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def human_recordings() -> Path:
    """The shared recordings of people: beside the checkout, or where the environment says."""
    beside = ROOT.parent / "shared" / "recordings"
    folder = Path(os.environ.get("RUECKGRAT_RECORDINGS", beside))
    if not folder.is_dir():
        pytest.skip(f"there are no human recordings in {folder} (set RUECKGRAT_RECORDINGS)")
    return folder
