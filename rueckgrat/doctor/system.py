"""Python, the operating system and its clock."""

from datetime import datetime

from rueckgrat.doctor.finding import Figures, Finding, failure, ok, warning

OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 14)
"""As ``requires-python`` in pyproject.toml."""

_FIRST_YEAR = 2026
"""This program did not exist before; a Raspberry Pi without a network begins in 1970, or when it
was switched off."""

_LAST_YEAR = 2100

_NO_ZONE = ("UTC", "GMT", "Universal", "Zulu", "Etc/UTC")


def check_python(version: tuple[int, int, int]) -> Finding:
    """Look whether the program runs on this Python."""
    name = ".".join(map(str, version))
    if version[:2] < OLDEST_PYTHON:
        return failure(
            "python",
            f"Python {name} ist zu alt, ich brauche mindestens 3.11.",
            "Nimm ein neueres System: Debian 12 oder Raspberry Pi OS „bookworm“ bringen 3.11 mit.",
            version=name,
        )
    if version[:2] > NEWEST_PYTHON:
        return warning(
            "python",
            f"Python {name} ist neuer als alles, womit ich erprobt bin.",
            "Läuft etwas nicht, dann nimm Python 3.11 bis 3.14.",
            version=name,
        )
    return ok("python", f"Python {name}.", version=name)


def check_platform(system: str, machine: str, bits: int) -> Finding:
    """Look at operating system and processor; ``bits`` are those of Python, not of the kernel."""
    figures: Figures = {"system": system, "machine": machine, "bits": bits}
    if system != "linux":
        return failure(
            "platform",
            f"Das hier ist {system}; ich laufe nur unter Linux.",
            "Nimm einen Linux-Rechner oder einen Raspberry Pi.",
            **figures,
        )
    if bits < 64:
        return failure(
            "platform",
            f"Dieses System arbeitet mit {bits} Bit ({machine}), ich brauche 64.",
            "Spiel das 64-Bit-System auf: im Raspberry Pi Imager „Raspberry Pi OS Lite (64-bit)“.",
            **figures,
        )
    return ok("platform", f"Linux mit {bits} Bit ({machine}).", **figures)


def check_clock(now: datetime) -> Finding:
    """Look at date and time zone; ``now`` knows its zone.

    A wrong clock only spoils invitations, quiet hours and the history, so it is never a failure.
    """
    zone = now.tzname() or ""
    offset = now.utcoffset()
    shown = f"{now:%d.%m.%Y, %H:%M} Uhr ({zone})"
    figures: Figures = {
        "time": now.isoformat(timespec="seconds"),
        "zone": zone,
        "utc_offset_seconds": offset.total_seconds() if offset is not None else None,
    }
    if not _FIRST_YEAR <= now.year < _LAST_YEAR:
        return warning(
            "clock",
            f"Die Uhr geht falsch: {shown}.",
            "Verbinde das Gerät kurz mit dem Netz, oder stell sie mit"
            " „sudo timedatectl set-time 'JJJJ-MM-TT HH:MM'“.",
            **figures,
        )
    if zone in _NO_ZONE:
        return warning(
            "clock",
            f"Die Uhr zeigt Weltzeit: {shown}. Einladungen und Ruhezeiten kämen zur falschen"
            " Stunde.",
            "Stell die Zeitzone ein: „sudo timedatectl set-timezone Europe/Berlin“.",
            **figures,
        )
    return ok("clock", f"{shown}.", **figures)
