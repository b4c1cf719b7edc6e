"""Nothing grows into one object that does everything."""

import ast
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
FILES = [path for name in ("rueckgrat", "skill") for path in (CHECKOUT / name).rglob("*.py")]
MOST_PUBLIC = 20


def test_no_class_has_more_than_twenty_public_methods():
    classes = [
        node
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert classes
    assert [one.name for one in classes if len(_public_methods(one)) > MOST_PUBLIC] == []


def _public_methods(one):
    methods = (node.name for node in one.body if isinstance(node, ast.FunctionDef))
    return [name for name in methods if not name.startswith("_")]
