"""The help of every command, in German, laid out for any width: typer's own speaks English."""

import inspect
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import CommandFunctionType

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

MOST_COLUMNS = 100
NARROW_COLUMNS = 60
"""Below this what a row means stands under its label, not beside it."""

_HELP_OPTION = "Zeig diese Hilfe."


class _German:
    """What commands and groups share; mixed in before typer's classes."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option ``--help``, with its text in German."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP_OPTION
            option.opts.sort(key=len)  # typer takes them from a set, in any order
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, text, arguments, options, commands and examples into ``formatter``."""
        formatter.write(help_of(ctx))


class GermanCommand(_German, TyperCommand):
    """A command that explains itself in German."""


class GermanGroup(_German, TyperGroup):
    """A group of commands that explains itself in German."""


class GermanTyper(typer.Typer):
    """A typer whose commands, and the group that they are, explain themselves in German."""

    def __init__(self, *, cls: type[TyperGroup] = GermanGroup, **settings: Any) -> None:
        names = {"help_option_names": ["-h", "--help"]}
        super().__init__(cls=cls, add_completion=False, context_settings=names, **settings)

    def command(
        self,
        name: str | None = None,
        *,
        cls: type[TyperCommand] | None = GermanCommand,
        **settings: Any,
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Return what makes a function a command."""
        return super().command(name, cls=cls, **settings)


def help_of(ctx: Any) -> str:
    """Return the whole help of the command that ``ctx`` is about, as wide as stdout."""
    from rich.console import Console

    from rueckgrat.cli.lines import console_on

    measured = console_on(sys.stdout)
    console = Console(
        file=io.StringIO(),
        width=min(measured.width, MOST_COLUMNS),
        force_terminal=measured.is_terminal,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(_usage(ctx), soft_wrap=False)
    _print_text(console, ctx.command.help or "")
    for title, rows in _sections(ctx):
        console.print()
        _print_section(console, title, list(rows))
    _print_text(console, ctx.command.epilog or "")
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def label_of(parameter: Any) -> str:
    """Return how a parameter is written: "--out ORDNER", "--stay/--no-stay", "DATEI"."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    names = ", ".join(parameter.opts)
    if parameter.is_flag:
        return "/".join([names, *parameter.secondary_opts])
    return f"{names} {parameter.metavar or parameter.name.upper()}"


def _usage(ctx: Any) -> "Text":
    pieces = ["[OPTIONEN]"]
    for one in ctx.command.params:
        if one.param_type_name == "argument":
            more = "..." if one.nargs != 1 else ""
            pieces.append((label_of(one) if one.required else f"[{label_of(one)}]") + more)
    if isinstance(ctx.command, TyperGroup):
        pieces.append("BEFEHL" if ctx.command.no_args_is_help else "[BEFEHL]")
    return _with_code(f"Aufruf: `{ctx.command_path} {' '.join(pieces)}`")


def _sections(ctx: Any) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """Yield a title and rows of label and meaning; options by their panel."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for one in ctx.command.get_params(ctx):
        is_argument = one.param_type_name == "argument"
        title = "Angaben" if is_argument else getattr(one, "rich_help_panel", "") or "Optionen"
        panels.setdefault(title, []).append((label_of(one), _meaning(one)))
    first = ("Angaben", "Optionen")
    for title in sorted(panels, key=lambda title: first.index(title) if title in first else 9):
        yield title, panels[title]
    if isinstance(ctx.command, TyperGroup):
        commands = [(name, ctx.command.commands[name]) for name in ctx.command.list_commands(ctx)]
        yield "Befehle", [(name, _first_paragraph(one.help or "")) for name, one in commands]


def _meaning(parameter: Any) -> str:
    default = parameter.default
    if parameter.required:
        return f"{parameter.help} (nötig)"
    if default in (None, "", ()) or isinstance(default, bool):
        return parameter.help or ""
    return f"{parameter.help} (sonst {default})"


def _print_section(console: "Console", title: str, rows: list[tuple[str, str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(Text(f"{title}:", style="bold"))
    if console.width < NARROW_COLUMNS:
        for label, meaning in rows:
            console.print(_indented(Text(label, style="cyan"), 2))
            console.print(_indented(_with_code(meaning), 6))
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column()
    for label, meaning in rows:
        table.add_row(label, _with_code(meaning))
    console.print(_indented(table, 2))


def _print_text(console: "Console", text: str) -> None:
    """Print paragraphs; of a list ("- one") the lines after the first hang."""
    from rich.table import Table

    for paragraph in _paragraphs(text):
        console.print()
        if not paragraph.startswith("- "):
            console.print(_with_code(paragraph))
            continue
        item = Table.grid(padding=(0, 1, 0, 0))
        item.add_row("-", _with_code(paragraph.removeprefix("- ")))
        console.print(_indented(item, 2))


def _indented(what: "RenderableType", columns: int) -> "RenderableType":
    from rich.padding import Padding

    return Padding(what, (0, 0, 0, columns), expand=False)


def _with_code(text: str) -> "Text":
    """Return a text in which what stands between backticks is bold, without them."""
    from rich.text import Text

    parts = text.split("`")
    return Text.assemble(*((part, "bold" if at % 2 else "") for at, part in enumerate(parts)))


def _first_paragraph(text: str) -> str:
    return next(iter(_paragraphs(text)), "")


def _paragraphs(text: str) -> list[str]:
    blocks = inspect.cleandoc(text).split("\n\n")
    return [joined for block in blocks if (joined := " ".join(block.split()))]
