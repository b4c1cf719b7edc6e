from pathlib import Path

import pytest

from tests.packaging.made_up_machine import Machine


@pytest.fixture
def speaker(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def installed(speaker: Machine) -> Machine:
    code, said = speaker.run("install.sh")
    assert code == 0, said
    speaker.log.unlink()
    return speaker
