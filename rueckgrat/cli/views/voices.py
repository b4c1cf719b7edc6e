"""Voices in a list, and the fetching of one."""

from collections.abc import Collection, Sequence

from rich.console import Console

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.views.fetching import download_bar
from rueckgrat.voices.catalogue import PUBLISHED, PublishedVoice
from rueckgrat.voices.choosing import is_chosen
from rueckgrat.voices.fetch import fetch_voice, licence_of
from rueckgrat.voices.here import VoiceHere, voices_here
from skill.extras import NATURAL
from skill.settings import Settings

_NAME_COLUMNS = 18
_HANG = _NAME_COLUMNS + 3

_ABOUT_PIPER = (
    "Natürliche Stimmen spricht Piper. Es steht unter der GPL-3.0-or-later, deshalb ist es nicht"
    " von Anfang an dabei."
)


def show_voices(console: Console, settings: Settings) -> None:
    """Print the voices that are here and those that can be fetched.

    A * marks those that the settings choose, with the people who have it to themselves.
    """
    here = list(voices_here())
    print_line(console, "Stimmen auf diesem Gerät:", "bold")
    for voice in here:
        wanted = [name for name in settings.voices_in_use if is_chosen(name, voice)]
        _show(console, voice, "*" if wanted else " ", _whose(wanted, settings))
    for name in settings.voices_in_use:
        if not any(is_chosen(name, voice) for voice in here):
            _print(console, "*", name, _whose([name], settings))
    _show_published(console, {voice.path.stem for voice in here if voice.path})
    print_line(console)
    print_line(console, _ABOUT_PIPER)
    if not NATURAL.is_here:
        print_line(console, f"Hier fehlt es noch. Installier es: {NATURAL.command}", "yellow")


def _show_published(console: Console, fetched: Collection[str]) -> None:
    to_fetch = [voice for voice in PUBLISHED.values() if voice.name not in fetched]
    if to_fetch:
        print_line(console)
        print_line(console, "Zum Holen mit „rueckgrat voice fetch NAME“:", "bold")
    for one in to_fetch:
        _print(console, " ", one.short_name, _of_published(one))


def _whose(wanted: Sequence[str], settings: Settings) -> str:
    """Return who has a voice of these names to themselves: "für Anna"."""
    people = [who for who, voice in settings.own_voices.items() if voice in wanted]
    return f"für {' und '.join(people)}" if people and settings.voice not in wanted else ""


def show_fetching(console: Console, voice: PublishedVoice) -> None:
    """Say a voice's licence, then fetch it with a progress bar; VoiceError if that fails."""
    print_line(console, f"{voice.name}, Lizenz: {licence_of(voice)}")
    with download_bar(console, voice.short_name) as on_progress:
        path = fetch_voice(voice, on_progress)
    print_line(console, f"{voice.short_name} liegt in {path.parent}")
    if not NATURAL.is_here:
        print_line(console, f"Noch fehlt Piper. Installier es: {NATURAL.command}", "yellow")
        return
    name = voice.short_name
    print_line(console, f"Anhören: rueckgrat voice try {name} · Nehmen: rueckgrat voice use {name}")


def _show(console: Console, voice: VoiceHere, mark: str, whose: str) -> None:
    if voice.problem:
        _print(console, mark, voice.name, voice.problem, "red")
    else:
        _print(console, mark, voice.name, ", ".join(filter(None, (*voice.traits, whose))))


def _of_published(voice: PublishedVoice) -> str:
    size = f"{voice.size_bytes / 1e6:.0f} MB"
    licence = voice.licence or "Lizenz: siehe MODEL_CARD"
    return ", ".join(("Deutsch", voice.sex, size, licence, voice.sound))


def _print(console: Console, mark: str, name: str, text: str, style: str = "") -> None:
    print_line(console, f"{mark} {name:<{_NAME_COLUMNS}} {text}".rstrip(), style, hang=_HANG)
