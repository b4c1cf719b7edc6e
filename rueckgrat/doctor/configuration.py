"""The settings, and the person's own exercises and phrases."""

from collections.abc import Sequence

from rueckgrat.doctor.finding import Finding, ok, warning
from skill.errors import SettingsError
from skill.files import is_there
from skill.settings import settings_file


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
