"""What is kept of people: all entries, by person."""

from collections.abc import Callable

from rueckgrat.history.files import history_file, is_kept
from rueckgrat.history.history import open_history
from rueckgrat.history.words import closed_mend
from skill.errors import SkillError
from skill.files import is_closed
from skill.messages.notes import HistoryEntry
from skill.written.mistakes import suggest
from skill.written.text import typed


def entries_by_person(
    person: str | None, on_problem: Callable[[str], None]
) -> dict[str, list[HistoryEntry]]:
    """Return the entries of the one who is named, or of all there are, oldest first.

    Makes no history where there is none. ``on_problem`` gets a German sentence if something is
    wrong with the file. SkillError for a person without entries.
    """
    if not is_kept(history_file()):
        return {}
    if is_closed(history_file()):
        raise SkillError(
            f"Den Verlauf in {history_file().parent} darf ich nicht lesen.",
            closed_mend(history_file()),
            code="history-closed",
            path=history_file(),
        )
    with open_history() as history:
        if history.problem:
            on_problem(history.problem)
        names = history.people()
        wanted = names if person is None else [typed(person).strip().lower()]
        if names and wanted[0] not in names:
            raise SkillError(
                f"Von „{person}“ gibt es keinen Verlauf.",
                suggest(wanted[0], filter(None, names)),
                code="unknown-person",
                name=person,
            )
        return {name: history.entries(name) for name in wanted}
