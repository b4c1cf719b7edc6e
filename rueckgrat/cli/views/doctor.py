"""Shows what the doctor finds: for a person line by line, for machines as JSON."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.live import Live
from rich.text import Text

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.views.notices import notice
from rueckgrat.cli.views.transcript import hearing_now
from rueckgrat.doctor import Finding, Verdict, works
from skill import __version__

TITLES = {
    "python": "Python",
    "platform": "System",
    "clock": "Uhr",
    "settings": "Einstellungen",
    "dialogs": "Übungen",
    "storage_data": "Speicher",
    "storage_config": "Speicher",
    "storage_cache": "Speicher",
    "history": "Verlauf",
    "permissions": "Rechte",
    "voice": "Stimme",
    "model": "Sprachmodell",
    "load": "Tempo",
    "memory": "Arbeitsspeicher",
    "microphone": "Mikrofon",
    "speaker": "Lautsprecher",
    "level": "Pegel",
    "loop": "Hörprobe",
    "echo": "Echo",
}

_VERDICTS = {
    Verdict.OK: ("gut    ", "green"),
    Verdict.UNMEASURED: ("offen  ", "bold"),
    Verdict.WARNING: ("Achtung", "bold yellow"),
    Verdict.FAILURE: ("Fehler ", "bold red"),
}
_TITLE_WIDTH = max(map(len, TITLES.values()))
_INDENT = " " * (7 + 2 + _TITLE_WIDTH + 2)


class DoctorView:
    """Shows findings as they come, and a level meter on a terminal; ``quiet`` shows nothing."""

    def __init__(self, console: Console, quiet: bool = False) -> None:
        self._console = console
        self._quiet = quiet
        self._meter: Live | None = None

    def tell(self, sentence: str) -> None:
        """See ``doctor.Watcher``."""
        self._end_meter()
        if not self._quiet:
            notice(self._console, sentence)

    def level(self, dbfs: float) -> None:
        """See ``doctor.Watcher``."""
        if self._quiet or not self._console.is_terminal:
            return
        if self._meter is None:
            self._meter = Live(console=self._console, transient=True, auto_refresh=False)
            self._meter.start()
        self._meter.update(hearing_now(dbfs, f"{dbfs:.0f} dB"), refresh=True)

    def show(self, finding: Finding) -> None:
        """Print a finding, and its mend under it."""
        self._end_meter()
        if self._quiet:
            return
        word, style = _VERDICTS[finding.verdict]
        title = f"{TITLES[finding.name]:<{_TITLE_WIDTH}}"
        line = Text.assemble((word, style), "  ", (title, "bold"), "  ", finding.measured)
        print_line(self._console, line, hang=len(_INDENT))
        if finding.mend:
            print_line(self._console, f"{_INDENT}{finding.mend}", "cyan")

    def conclude(self, findings: Sequence[Finding], with_sound: bool) -> None:
        """Print the last sentence."""
        style = "bold green" if works(findings) else "bold red"
        print_line(self._console, f"\n{conclusion(findings, with_sound)}", style)

    def _end_meter(self) -> None:
        if self._meter:
            self._meter.stop()
            self._meter = None


def conclusion(findings: Sequence[Finding], with_sound: bool) -> str:
    """Return in one sentence whether training will work."""
    failures = [TITLES[one.name] for one in findings if one.verdict is Verdict.FAILURE]
    warnings = sum(one.verdict is Verdict.WARNING for one in findings)
    if failures:
        return f"So klappt das Training nicht. Behebe zuerst: {', '.join(failures)}."
    better = "" if not warnings else " Ein paar Dinge gehen noch besser, siehe oben."
    if not with_sound:
        left_out = "Mikrofon und Lautsprecher habe ich ausgelassen."
        return f"So weit klappt das Training. {left_out}{better}"
    return f"Das Training klappt hier.{better}"


def as_json_text(findings: Sequence[Finding], with_sound: bool) -> str:
    """Return everything as one JSON object; its keys, and the names of findings, stay as they are.

    ``version``, ``works``, ``with_sound``, ``sentence`` and ``findings``: each with ``name``,
    ``verdict`` (ok, unmeasured, warning, failure), ``measured``, ``mend`` and ``figures``.
    """
    document = {
        "version": __version__,
        "works": works(findings),
        "with_sound": with_sound,
        "sentence": conclusion(findings, with_sound),
        "findings": [one.as_dict() for one in findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
