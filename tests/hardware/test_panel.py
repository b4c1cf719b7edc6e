"""A trainer with nothing connected, or with nothing to connect it with."""

import sys

import pytest

from rueckgrat.hardware.panel import NoPanel, open_panel
from skill.settings.wiring import Wiring


def test_where_nothing_is_wired_nothing_is_opened_or_said() -> None:
    said: list[str] = []
    with open_panel(Wiring(), said.append, said.append) as opened:
        assert isinstance(opened, NoPanel)
    assert said == []


def test_without_the_extra_one_trains_without_and_hears_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "gpiozero", None)
    monkeypatch.delitem(sys.modules, "rueckgrat.hardware.gpio", raising=False)
    said: list[str] = []
    with open_panel(Wiring(button_pin=3), said.append, said.append) as opened:
        assert isinstance(opened, NoPanel)
    [sentence] = said
    assert "wir üben ohne sie" in sentence
    assert "pip install 'rueckgrat[gpio]'" in sentence
