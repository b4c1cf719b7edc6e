"""What was not understood on the terminal: grouped by its words, the latest first."""

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.views.notices import notice
from rueckgrat.observers.not_understood import Rejected, not_understood_file, read_rejected
from rueckgrat.understanding.explanation import name_of
from rueckgrat.understanding.table import obeyed_in
from skill.content.own import content_for
from skill.content.personal import personal
from skill.content.schema import Content
from skill.content.states import STATES
from skill.errors import SkillError, reason
from skill.messages.heard import Command
from skill.paths import own_dialogs_dir
from skill.settings import Settings, settings_file
from skill.understanding import Understanding, as_spoken

NOTHING_YET = "Bisher habe ich mir nichts gemerkt."
FORGOTTEN = "Alles gelöscht."


def show_rejected(settings: Settings, console: Console) -> None:
    """Print what was not understood, and what it would be today; SkillError."""
    if not settings.learn_words:
        notice(
            console,
            "Was ich nicht verstehe, merke ich mir nicht. Soll ich es als Text behalten, dann"
            f" schreib in {settings_file()}: learn_words = true",
        )
    rejected = _read()
    if not rejected:
        notice(console, NOTHING_YET)
        return
    content = personal(
        content_for(settings.dialog_folders, lambda sentence: notice(console, sentence)),
        settings.people,
        settings.wake,
    )
    understanding = Understanding(content)
    for group in _by_text(rejected):
        print_line(console, _line(group, _today(understanding, content, group[-1])), hang=9)
    notice(
        console,
        f"Eigene Wörter schreibst du in {own_dialogs_dir() / 'own-commands.yaml'}"
        " (docs/de/eigene-uebungen.md). Alles löschen: rueckgrat understood --forget",
    )


def forget_rejected(console: Console) -> None:
    """Delete what was kept; SkillError if that is impossible."""
    path = not_understood_file()
    try:
        path.unlink()
    except FileNotFoundError:
        notice(console, NOTHING_YET)
    except OSError as error:
        raise SkillError(f"{path} kann ich nicht löschen ({reason(error)}).") from error
    else:
        notice(console, FORGOTTEN)


def _read() -> list[Rejected]:
    path = not_understood_file()
    try:
        return read_rejected(path)
    except OSError as error:
        raise SkillError(f"{path} kann ich nicht lesen ({reason(error)}).") from error


def _by_text(rejected: Sequence[Rejected]) -> list[list[Rejected]]:
    """Return the utterances of the same words together, oldest first; the latest group first."""
    groups: dict[str, list[Rejected]] = defaultdict(list)
    for one in rejected:
        groups[one.text].append(one)
    return sorted(groups.values(), key=lambda group: group[-1].at, reverse=True)


def _today(understanding: Understanding, content: Content, last: Rejected) -> Command | None:
    """Return what the words would be obeyed as today where they were said last."""
    if last.state not in STATES:  # of another version
        return None
    return obeyed_in(understanding, content, as_spoken(last.text), last.state)[1]


def _line(group: Sequence[Rejected], today: Command | None) -> Text:
    last = group[-1]
    return Text.assemble(
        (f"{len(group):>3}-mal  ", "dim"),
        f"„{last.text}“",
        (f"  zuletzt {last.at:%d.%m.%Y} in {last.state}  ", "dim"),
        (f"heute: {name_of(today)}", "green" if today else "red"),
    )
