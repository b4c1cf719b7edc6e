"""One typed settings object: from options, environment, the user's file, and defaults.

Lists are lists in the file, and separated by commas in the environment.

Order of precedence: command-line option, ``RUECKGRAT_*`` in the environment, ``settings.toml``,
default. Every message about a wrong value says where that value came from.
"""

import os
import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import tomlkit
from pydantic import Field, ValidationError
from tomlkit.exceptions import ParseError, TOMLKitError

from skill.errors import SettingsError, reason
from skill.files import as_it_lies, is_folder, is_there, same_file, write_whole
from skill.paths import expanded, own_dialogs_dir, user_dir
from skill.settings.home import HomeConnection
from skill.settings.household import Household, YesNo
from skill.settings.page import PageSettings
from skill.settings.wiring import Wiring
from skill.written.mistakes import suggest
from skill.written.text import NotTextError, read_text, typed
from skill.written.yaml_model import wrong_value

_ENVIRONMENT_PREFIX = "RUECKGRAT_"
_PATHS = ("model", "dialogs", "mqtt_password_file", "mqtt_ca", "mqtt_key")
_ONE_A_LINE = 'Schreib in jede Zeile eine Einstellung, etwa: microphone = "USB"'
_BARE = re.compile(r"\s*(\w+)\s*=\s*([^\W\d_][\w :/.-]*?)\s*(?:#.*)?")
"""A word that is no value of TOML: everything but numbers, true and false wants quotes."""


class Settings(Household, Wiring, HomeConnection, PageSettings):
    """What a person may choose. Empty strings mean "choose for me"."""

    model: Annotated[str, Field(description="speech model: a name, or a folder")] = ""
    microphone: Annotated[str, Field(description="part of the microphone's name")] = ""
    speaker: Annotated[str, Field(description="part of the speaker's name")] = ""
    voice: Annotated[str, Field(min_length=1, description="natural, or of espeak-ng")] = "gmw/de"
    words_per_minute: Annotated[int, Field(ge=80, le=300, description="speed of speech")] = 130
    volume: Annotated[
        float, Field(ge=-12, le=8, description="how loud it begins, in dB; 0 is normal")
    ] = 0.0
    dialogs: Annotated[str, Field(description="folder with exercises of one's own")] = ""
    learn_words: Annotated[
        YesNo, Field(description="keep what is not understood, as text, for `understood`")
    ] = False

    @property
    def voices_in_use(self) -> tuple[str, ...]:
        """All voices that may speak here, each once: the usual one first."""
        return tuple(dict.fromkeys((self.voice, *self.voices.values())))

    @property
    def dialog_folders(self) -> tuple[Path, ...]:
        """The folders on top of the built-in dialogs: the user's own, if it is there, and last
        the one that the settings name.
        """
        own = own_dialogs_dir()
        folders = [own] if is_folder(own) else []
        named = as_it_lies(expanded(self.dialogs))
        if self.dialogs and not (folders and same_file(named, own)):
            folders.append(named)
        return tuple(folders)


@dataclass(frozen=True)
class _Given:
    """A value somebody gave, and where: "Zeile 3 von /home/.../settings.toml"."""

    value: Any
    origin: str


def settings_file() -> Path:
    """Return the user's settings file, which need not exist."""
    return user_dir("config") / "settings.toml"


def load_settings(
    options: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    file: Path | None = None,
) -> Settings:
    """Return the settings in force.

    ``options`` are what the command line was given, None standing for "not given". SettingsError
    names the file and line, the variable or the option that is wrong, and what is allowed.
    """
    given = (
        _from_file(file or settings_file())
        | _from_environment(environment)
        | _from_options(options or {})
    )
    try:
        meant = {name: _meant(name, one.value) for name, one in given.items()}
        return Settings.model_validate(meant)
    except ValidationError as error:
        raise _explain(error, given) from None


def load_in_spite_of_the_file(
    options: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    file: Path | None = None,
) -> tuple[Settings, SettingsError | None]:
    """Return the settings in force; a file that is wrong does not count, and is the error returned.

    So a slip of the pen does not keep anybody from training. What is wrong in the options or the
    environment raises SettingsError as in ``load_settings``.
    """
    try:
        return load_settings(options, environment=environment, file=file), None
    except SettingsError as error:
        without = load_settings(options, environment=environment, file=Path(os.devnull))
        return without, error


_Value: TypeAlias = str | float | Sequence[str | Mapping[str, str]] | Mapping[str, str]


def save_setting(name: str, value: _Value, file: Path | None = None) -> Path:
    """Write one setting, see ``save_settings``."""
    return save_settings({name: value}, file)


def save_settings(values: Mapping[str, _Value], file: Path | None = None) -> Path:
    """Write some settings to the user's file, all or none of them, and return the file.

    Comments and all other settings stay as they are; the file is replaced in one step, so that
    it is never half-written. A file that is already wrong is reported, not overwritten.
    """
    path = file or settings_file()
    document = _read(path)
    load_settings(values, environment={}, file=path)
    for name, value in values.items():
        _put(document, name, value)
    try:
        write_whole(path, tomlkit.dumps(document))
    except OSError as error:
        raise SettingsError(
            f"Deine Einstellungen kann ich nicht in {path} schreiben ({reason(error)}).",
            "Erlaub mir, in den Ordner zu schreiben, oder nenn mit RUECKGRAT_HOME einen anderen.",
            code="settings-unwritable",
            path=path,
        ) from error
    return path


def _put(document: tomlkit.TOMLDocument, name: str, value: _Value) -> None:
    """Put a setting into the file; a new table in one line, so that it may stand anywhere."""
    if not isinstance(value, Mapping):
        document[name] = value
        return
    table = document.get(name)
    if not isinstance(table, MutableMapping):
        table = document[name] = tomlkit.inline_table()
    for key in table.keys() - value.keys():
        del table[key]
    table.update(value)


def _read(path: Path) -> tomlkit.TOMLDocument:
    text = ""
    try:
        text = read_text(path)
        return tomlkit.parse(text)
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, ValueError) as error:
        where, mend = _explain_toml(error, text)
        raise SettingsError(
            f"Die Einstellungen in {path} verstehe ich nicht{where}.",
            f"{mend} {_ONE_A_LINE}".strip(),
            code="settings-not-toml",
            path=path,
        ) from error
    except OSError as error:
        raise SettingsError(
            f"Die Einstellungen in {path} kann ich nicht lesen ({reason(error)}).",
            "Mach sie lesbar, oder lösch die Datei.",
            code="settings-unreadable",
            path=path,
        ) from error


def _explain_toml(error: Exception, text: str) -> tuple[str, str]:
    """Return the place that TOML's own, English message blames, and how to mend it."""
    if isinstance(error, NotTextError):
        return f": {reason(error)}", "Speichere die Datei neu, mit der Kodierung „UTF-8“."
    if not isinstance(error, ParseError):
        return "", ""
    lines = [*text.split("\n"), ""]
    line = lines[min(error.line, len(lines)) - 1]
    where = f", wegen Zeile {error.line}{f', Zeichen {error.col}' if error.col else ''}"
    if "already exists" in str(error):
        return where, "Die Einstellung steht zweimal da, lösch eine davon."
    if set("„“”»«‚‘’") & set(line):
        return where, 'Nimm gerade Anführungszeichen: "..."'
    if bare := _BARE.fullmatch(line):
        return where, f'Setz den Wert in Anführungszeichen: {bare[1]} = "{bare[2]}"'
    if text.count("[") != text.count("]"):
        return where, "Schließ jede Klammer, die du öffnest: [ und ] gehören zusammen."
    return where, ""


def _from_file(path: Path) -> dict[str, _Given]:
    document = _read(path)
    lines = tomlkit.dumps(document).splitlines()
    return {
        name: _Given(value, f"Zeile {_line_of(name, lines)} von {path}")
        for name, value in document.unwrap().items()
    }


def _line_of(name: str, lines: list[str]) -> int:
    """Return the line that a top-level name stands in, counted from 1."""
    for number, line in enumerate(lines, start=1):
        if line.split("=")[0].strip(" \t\"'[]") == name:
            return number
    return 1


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Given]:
    variables = {name: _ENVIRONMENT_PREFIX + name.upper() for name in Settings.model_fields}
    return {
        name: _Given(environment[variable], f"Umgebungsvariable {variable}")
        for name, variable in variables.items()
        if environment.get(variable)
    }


def _from_options(options: Mapping[str, Any]) -> dict[str, _Given]:
    return {
        name: _Given(value, f"Option --{name.replace('_', '-')}")
        for name, value in options.items()
        if value is not None
    }


def _meant(name: str, value: Any) -> Any:
    """Return a value with its texts as they were meant, however they were typed.

    A path that leads somewhere stays as it is: what it names may have been spelt in any way.
    """
    if isinstance(value, list):
        return [_meant(name, one) for one in value]
    if isinstance(value, dict):
        return {_meant(name, key): _meant(name, one) for key, one in value.items()}
    if not isinstance(value, str) or (name in _PATHS and is_there(expanded(value))):
        return value
    return typed(value)


def _explain(error: ValidationError, given: Mapping[str, _Given]) -> SettingsError:
    first = error.errors()[0]
    code = first["type"].replace("_", "-")
    if not first["loc"]:
        problem, mend = wrong_value(first)
        return SettingsError(f"Der Trainer {problem}.", mend, code=code)
    name = str(first["loc"][0])
    origin = given[name].origin
    if first["type"] == "extra_forbidden":
        problem, mend = "gibt es nicht", suggest(name, Settings.model_fields)
    else:
        problem, mend = wrong_value(first)
    said = f"Die Einstellung {name} {problem} ({origin})."
    return SettingsError(said, mend, code=code, name=name, origin=origin)
