"""One name, one thing: whoever reads a class's name knows which class it is."""

import ast
from collections import defaultdict
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
FILES = [path for name in ("rueckgrat", "skill") for path in (CHECKOUT / name).rglob("*.py")]


def test_public_class_names_are_unique() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path.relative_to(CHECKOUT)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
