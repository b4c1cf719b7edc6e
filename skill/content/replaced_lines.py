"""What is wrong with lines of the coach that a person's own are to replace."""

from collections.abc import Iterator, Mapping, Sequence

from skill.content.lint import LintFinding
from skill.written.mistakes import closest, suggest
from skill.written.spoken import placeholders


def unlike(
    known: Mapping[str, Sequence[str]], lines: Mapping[str, Sequence[str]]
) -> list[LintFinding]:
    """Return what is wrong with lines that are to replace known ones."""
    return [
        finding
        for line_id, variants in lines.items()
        for finding in (
            _other_placeholders(line_id, variants, placeholders(known[line_id][0]))
            if line_id in known
            else [
                LintFinding(
                    ("phrases", line_id), (), "ist kein Satz von mir", _near(line_id, known)
                )
            ]
        )
    ]


def _other_placeholders(
    line_id: str, variants: Sequence[str], wanted: frozenset[str]
) -> Iterator[LintFinding]:
    names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "keiner"
    for index, variant in enumerate(variants):
        if placeholders(variant) != wanted:
            yield LintFinding(
                ("phrases", line_id),
                (index,),
                "enthält nicht die richtigen Platzhalter",
                f"Hierher gehört {names}.",
            )


def _near(line_id: str, known: Mapping[str, object]) -> str:
    """Return a mend for a misspelt line; the names of all hundred would be none."""
    if closest(line_id, known):
        return suggest(line_id, known)
    return "Nimm einen Namen aus der mitgelieferten phrases.yaml."
