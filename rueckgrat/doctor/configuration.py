"""The settings, the person's own exercises and phrases, and whether the home is reached."""

from collections.abc import Sequence

from rueckgrat.doctor.finding import Finding, ok, warning
from rueckgrat.home.visit import reach
from skill.errors import SettingsError, SkillError
from skill.files import is_there
from skill.settings import Settings, settings_file


def check_settings(wrong: SettingsError | None) -> Finding:
    """Tell what is wrong with the settings file, of which training leaves out all."""
    file = settings_file()
    if wrong:
        return warning(
            "settings",
            f"Mit den Einstellungen stimmt etwas nicht, deshalb gilt die ganze Datei nicht:"
            f" {wrong.problem}",
            f"Ändere diese Stelle, oder lösch sie. {wrong.mend}",
            file=str(file),
        )
    if not is_there(file):
        measured = f"Es gibt keine eigenen Einstellungen ({file}), also gelten die üblichen."
        return ok("settings", measured, file=str(file))
    return ok("settings", f"{file} ist in Ordnung.", file=str(file))


def check_dialogs(left_out: Sequence[str]) -> Finding:
    """Tell which of a person's own files are left out; ``left_out`` has a sentence for each."""
    if left_out:
        return warning(
            "dialogs",
            " ".join(left_out),
            "Bis dahin trainierst du ohne das, was darin steht.",
            left_out=len(left_out),
        )
    return ok("dialogs", "Übungen und Sätze sind vollständig.", left_out=0)


def check_home(settings: Settings) -> Finding:
    """Tell whether the broker that the settings name lets the trainer in; that may take 15 s."""
    try:
        broker = reach(settings)
    except SkillError as error:
        mend = f"Bis dahin trainierst du ohne die Verbindung nach Hause. {error.mend}"
        return warning("home", error.problem, mend)
    where = f"{broker.host}:{broker.port}"
    how = "verschlüsselt" if broker.is_encrypted else "unverschlüsselt"
    measured = f"Der Broker {where} lässt mich herein, {how}."
    return ok("home", measured, broker=where, is_encrypted=broker.is_encrypted)
