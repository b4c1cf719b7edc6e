"""What is wrong with a typed command line, in German: typer's own sentences are English."""

import re
from collections.abc import Iterable
from typing import Any

from rueckgrat.cli.help import label_of


def is_typers_own(error: BaseException) -> bool:
    """Return whether typer refuses the command line; by what it can, for click's is the same."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def in_german(error: Any) -> str:
    """Return what is wrong and where more stands, as whole sentences."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "rueckgrat"
    return f"{_problem(error, context)} Mehr dazu: {path} --help"


def _problem(error: Any, context: Any) -> str:
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        known = [name for one in _parameters(context) for name in one.opts if name[0] == "-"]
        return f"Die Option {error.option_name} gibt es nicht.{_meant(error.option_name, known)}"
    if kind == "MissingParameter":
        named = f"{label_of(parameter)} ({parameter.help})" if parameter else "eine Angabe"
        return f"Da fehlt noch {named.replace('.)', ')')}."
    if kind == "BadOptionUsage":
        needs = "requires" in error.message
        value = "braucht einen Wert dahinter" if needs else "nimmt keinen Wert"
        return f"Die Option {error.option_name} {value}."
    if kind == "BadParameter" and parameter:
        return f"{label_of(parameter)}: {_expected(parameter, error.message)}"
    return _misplaced(error.message, context)


def _expected(parameter: Any, message: str) -> str:
    """Return what a value should be; typer tells only in words what is wrong with it."""
    for english, german in (
        ("is a file", "Das ist eine Datei, ich brauche einen Ordner."),
        ("is a directory", "Das ist ein Ordner, ich brauche eine Datei."),
        ("does not exist", "Das gibt es nicht."),
        ("is not readable", "Das darf ich nicht lesen."),
        ("is not writable", "Dort darf ich nicht schreiben."),
    ):
        if english in message:
            return german
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if least is not None and most is not None:
        return f"Das muss eine ganze Zahl von {least} bis {most} sein."
    if least is not None:
        return f"Das muss eine ganze Zahl ab {least} sein."
    return "Das muss eine ganze Zahl sein."


def _misplaced(message: str, context: Any) -> str:
    if found := re.search(r"No such command ['\"](.*?)['\"]\.", f"{message}."):
        known = getattr(context.command, "commands", ())
        return f"Den Befehl „{found[1]}“ gibt es nicht.{_meant(found[1], known)}"
    if message.startswith("Missing command"):
        return "Da fehlt noch ein Befehl."
    if found := re.search(r"unexpected extra argument\S* \((.*)\)", message):
        return f"Mit „{found[1]}“ kann ich hier nichts anfangen."
    return f"So verstehe ich die Zeile nicht ({message.rstrip('.')})."


def _meant(word: str, known: Iterable[str]) -> str:
    from skill.written.mistakes import suggest

    return f" {suggest(word, known, otherwise='')}".rstrip()


def _parameters(context: Any) -> list[Any]:
    return list(context.command.get_params(context)) if context else []
