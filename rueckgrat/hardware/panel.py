"""The buttons and the light of a trainer, whatever they are connected to."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from typing import Protocol

from rueckgrat.observers.light import Colour
from skill.errors import HardwareError
from skill.settings.wiring import Wiring

_log = logging.getLogger(__name__)


class Panel(Protocol):
    """Buttons and a light."""

    def show(self, colour: Colour) -> None:
        """Let the light shine in this colour from now on."""
        ...

    def close(self) -> None:
        """Switch the light off, and let go of the pins."""
        ...


class NoPanel:
    """Nothing is connected."""

    def show(self, colour: Colour) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Close nothing."""


def open_panel(
    wiring: Wiring, press: Callable[[str], None], complain: Callable[[str], None]
) -> contextlib.AbstractContextManager[Panel]:
    """Return what is connected, until the context ends.

    ``press`` gets the name of a command, or ``skill.buttons.MUTE``, from a thread of its own.
    Without buttons one can train as well: what is wrong with them is a sentence for ``complain``.
    """
    return _opened(wiring, press, complain)


@contextlib.contextmanager
def _opened(
    wiring: Wiring, press: Callable[[str], None], complain: Callable[[str], None]
) -> Iterator[Panel]:
    panel: Panel = NoPanel()
    if wiring.is_wired:
        try:
            panel = _on_pins(wiring, press)
        except HardwareError as error:
            _log.info("No buttons", exc_info=True)
            complain(f"Tasten und Licht gehen gerade nicht, wir üben ohne sie. {error}")
    with contextlib.closing(panel):
        yield panel


def _on_pins(wiring: Wiring, press: Callable[[str], None]) -> Panel:
    try:
        from rueckgrat.hardware.gpio import GpioPanel
    except ImportError as error:
        raise HardwareError(
            "Das Paket gpiozero fehlt.",
            "Installier es: pip install 'rueckgrat[gpio]'",
            code="no-gpiozero",
        ) from error
    return GpioPanel(wiring, press)
