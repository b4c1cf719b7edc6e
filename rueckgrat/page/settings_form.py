"""The form of the settings: what may be wished on the page, and how it comes into the file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from skill.content.personal import without
from skill.content.schema import Content
from skill.settings import Settings
from skill.settings.layers import load_in_spite_of_the_file, save_settings
from skill.written.text import typed

_VOLUMES = {
    "-12": "sehr leise",
    "-8": "leise",
    "-4": "etwas leiser",
    "0": "normal",
    "4": "lauter",
    "8": "laut",
}


@dataclass(frozen=True)
class SettingsForm:
    """The settings that the page may change, in the user's file (or in ``file``).

    ``voices`` returns what the voice can be called.
    """

    content: Content
    voices: Callable[[], Iterable[str]]
    file: Path | None = None

    def html(self, given: Mapping[str, str] | None = None) -> str:
        """Return the form as HTML, filled in as the settings are, or as it was ``given``."""
        settings, wrong = load_in_spite_of_the_file(file=self.file)
        if wrong:
            return f'<p role="alert">{escape(str(wrong))}</p>'
        filled = _as_written(settings) if given is None else dict(given)
        left_out = set(settings.leave_out)
        if given is not None:
            left_out = {name.partition(":")[2] for name in given if name.startswith("without:")}
        boxes = "".join(
            _checkbox(f"without:{one.id}", one.title, one.id in left_out)
            for one in self.content.exercises
        )
        voices = dict.fromkeys([settings.voice, *self.voices()])
        return (
            '<form method="post" action="/einstellungen">'
            + _text("people", "Wer trainiert hier?", filled, "Namen, mit Komma: Anna, Bernd")
            + _text(
                *("invitations", "Wann soll ich einladen?", filled),
                "Tage und Uhrzeit: Mo, Mi, Fr 18:00. Leer: nie.",
            )
            + _text("quiet", "Ruhezeit", filled, "Da lade ich nie ein: 22:00-07:00")
            + _select("voice", "Stimme", filled, {name: name for name in voices})
            + _select("volume", "Lautstärke am Anfang", filled, _volumes(settings))
            + f"<fieldset><legend>Diese Übungen lasse ich weg</legend>{boxes}</fieldset>"
            + '<p><button type="submit">Speichern</button></p></form>'
        )

    def save(self, fields: Sequence[tuple[str, str]]) -> None:
        """Keep what was filled in, all or nothing; comments in the file stay.

        SkillError says what is wrong. Of people only the names can be changed: how a name is said
        stays as it is written in the file.
        """
        given = {name: typed(value).strip() for name, value in fields}
        settings, wrong = load_in_spite_of_the_file(file=self.file)
        if wrong:
            raise wrong
        left_out = [name.partition(":")[2] for name, _ in fields if name.startswith("without:")]
        without(self.content, left_out)  # raises where nothing would be left
        changes: dict[str, Any] = {
            "people": _people(given.get("people", ""), settings),
            "invitations": _listed(given.get("invitations", "")),
            "quiet": given.get("quiet", ""),
            "voice": given.get("voice", settings.voice),
            "volume": _volume(given.get("volume", ""), settings),
            "leave_out": left_out,
        }
        now = _plain(settings)
        new = {name: value for name, value in changes.items() if value != now[name]}
        if new:
            save_settings(new, self.file)


def _plain(settings: Settings) -> dict[str, Any]:
    """Return the settings that the form knows, as they would be written into the file."""
    return {
        "people": [_person(one) for one in settings.people],
        "invitations": list(settings.invitations),
        "quiet": settings.quiet,
        "voice": settings.voice,
        "volume": settings.volume,
        "leave_out": list(settings.leave_out),
    }


def _as_written(settings: Settings) -> dict[str, str]:
    return {
        "people": ", ".join(settings.people),
        "invitations": ", ".join(settings.invitations),
        "quiet": settings.quiet,
        "voice": settings.voice,
        "volume": f"{settings.volume:g}",
    }


def _person(name: str) -> str | dict[str, str]:
    say = getattr(name, "say", "")
    return {"name": str(name), "say": say} if say else str(name)


def _people(text: str, settings: Settings) -> list[str | dict[str, str]]:
    known = {str(one): one for one in settings.people}
    return [_person(known.get(name, name)) for name in _listed(text)]


def _listed(text: str) -> list[str]:
    """Return the parts of "Anna, Bernd"; days in front of a time of day stay with it."""
    parts, days = [], ""
    for part in (one.strip() for one in text.split(",")):
        days = f"{days}, {part}" if days else part
        if not _is_day(part):
            parts.append(days)
            days = ""
    return [one for one in (*parts, days) if one]


def _is_day(part: str) -> bool:
    return part.lower().rstrip(".") in {"mo", "di", "mi", "do", "fr", "sa", "so"}


def _volumes(settings: Settings) -> dict[str, str]:
    """Return what can be chosen: what is set stays so, also where it lies between our steps."""
    now = _as_written(settings)["volume"]
    return {now: f"wie jetzt ({now} dB)".replace("-", "−")} | _VOLUMES


def _volume(chosen: str, settings: Settings) -> float:
    return float(chosen) if chosen in _VOLUMES else settings.volume


def _text(name: str, label: str, filled: Mapping[str, str], hint: str) -> str:
    value = escape(filled.get(name, ""), quote=True)
    return (
        f'<label>{label} <input name="{name}" value="{value}">'
        f'<span class="hint">{escape(hint)}</span></label>'
    )


def _select(name: str, label: str, filled: Mapping[str, str], options: Mapping[str, str]) -> str:
    chosen = filled.get(name, "")
    rows = "".join(
        f'<option value="{escape(value, quote=True)}"{" selected" * (value == chosen)}>'
        f"{escape(text)}</option>"
        for value, text in options.items()
    )
    return f'<label>{label} <select name="{name}">{rows}</select></label>'


def _checkbox(name: str, label: str, is_set: bool) -> str:
    checked = " checked" * is_set
    box = f'<input type="checkbox" name="{escape(name, quote=True)}" value="1"{checked}>'
    return f"<label>{box} {escape(label)}</label>"
