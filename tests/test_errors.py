"""Reasons of the system, in German."""

import errno
import os

import pytest

from skill.errors import reason


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_no_reason_is_that_of_a_library(code: int) -> None:
    said = reason(OSError(code, os.strerror(code)))
    assert os.strerror(code) not in said
    assert said[0].islower()
    assert not said.endswith(".")
