import os
from pathlib import Path

from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.permissions import check_permissions

FILES = (Path("/dev/snd/pcmC0D0c"), Path("/dev/snd/pcmC0D0p"))


def test_a_user_who_may_not_open_the_card_is_told_of_the_group() -> None:
    found = check_permissions(FILES, in_group_audio=False, may=lambda path, mode: False)
    assert found.verdict is Verdict.WARNING
    assert "2 von 2" in found.measured
    assert "usermod -aG audio" in found.mend


def test_whatever_the_right_comes_from_it_counts() -> None:
    asked = []

    def may(path: Path, mode: int) -> bool:
        asked.append(mode)
        return True

    assert check_permissions(FILES, in_group_audio=False, may=may).verdict is Verdict.OK
    assert set(asked) == {os.R_OK | os.W_OK}


def test_where_there_is_no_card_nothing_is_closed() -> None:
    assert check_permissions((), in_group_audio=False).verdict is Verdict.UNMEASURED
