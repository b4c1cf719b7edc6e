from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from skill.errors import ContentError
from skill.written.mistakes import RuleError
from skill.written.yaml_model import validate
from skill.written.yaml_source import read_yaml

WriteYaml = Callable[[str], Path]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Step(Strict):
    say: str
    seconds: float = Field(default=1, gt=0)
    kind: Literal["move", "hold"] = "move"
    calm: bool = True


class Plan(Strict):
    title: str
    count: int = 1
    words: tuple[str, ...] = Field(default=(), min_length=1)
    steps: list[Step] = []
    by_name: dict[str, Step] = {}
    one: Step | str | None = None

    @field_validator("title")
    @classmethod
    def _title(cls, title: str) -> str:
        if title == "?":
            raise RuleError("ist ein Rätsel", "Sag, was du meinst.")
        return title


def test_text_becomes_what_the_shape_wants(write_yaml: WriteYaml) -> None:
    plan = validate(
        read_yaml(write_yaml("title: no\ncount: 3\nsteps: [{say: 08, seconds: 2.5, calm: false}]")),
        Plan,
    )
    assert plan == Plan(title="no", count=3, steps=[Step(say="08", seconds=2.5, calm=False)])


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("count: 1", "Zeile 1: Feld „title“ fehlt.", "Ergänze eine Zeile „title: ...“."),
        (
            "title: a\nsteps:\n  - say: b\n  - says: c",
            "Zeile 4: Feld „steps“, Eintrag 2, „says“ kenne ich nicht.",
            "Meinst du „say“? (Danach kommt noch ein Fehler.)",
        ),
        (
            "title: a\nby_name:\n  b: {say: c, tempo: d}",
            "Zeile 3: Feld „by_name“, „b“, „tempo“ kenne ich nicht.",
            "Es gibt: calm, kind, say, seconds.",
        ),
        ("title: [a]", "Feld „title“ ist eine Liste statt eines Textes.", "Schreib einen Text"),
        ("title:", "Zeile 1: Feld „title“ ist leer.", "hinter den Doppelpunkt"),
        (
            "title: a\nwords: b",
            "Zeile 2: Feld „words“ ist ein Text statt einer Liste.",
            "Beginne jeden Eintrag mit „- “.",
        ),
        ("title: a\nwords: []", "Zeile 2: Feld „words“ hat keine Einträge.", "mindestens einen"),
        ("title: a\ncount: b", "Feld „count“ ist keine ganze Zahl: „b“.", "wie 6."),
        (
            "title: a\nsteps: [{say: b, seconds: 1 s}]",
            "Feld „steps“, Eintrag 1, „seconds“ ist keine Zahl: „1 s“.",
            "wie 2.5, ohne Einheit.",
        ),
        (
            "title: a\nsteps: [{say: b, seconds: 0}]",
            "Feld „steps“, Eintrag 1, „seconds“ darf nicht „0“ sein.",
            "Erlaubt ist alles über 0.",
        ),
        (
            "title: a\nsteps: [{say: b, kind: c}]",
            "Feld „steps“, Eintrag 1, „kind“ darf nicht „c“ sein.",
            "Erlaubt ist „move“ oder „hold“.",
        ),
        (
            "title: a\nsteps: [{say: b, calm: so so}]",
            "Feld „steps“, Eintrag 1, „calm“ ist weder true noch false: „so so“.",
            "Schreib true oder false.",
        ),
        (
            "title: a\nsteps: [b]",
            "Feld „steps“, Eintrag 1 ist ein Text statt einzelner Felder.",
            "Schreib „Name: Wert“ darunter, eingerückt.",
        ),
        ("title: '?'", "Feld „title“ ist ein Rätsel.", "Sag, was du meinst."),
        (
            "- a",
            "Zeile 1: Die Datei ist eine Liste statt einzelner Felder.",
            "„Name: Wert“",
        ),
    ],
)
def test_mistakes_name_line_field_and_mend(
    write_yaml: WriteYaml, text: str, problem: str, mend: str
) -> None:
    path = write_yaml(text)
    with pytest.raises(ContentError) as caught:
        validate(read_yaml(path), Plan)
    assert str(path) in caught.value.problem
    assert problem in caught.value.problem
    assert mend in caught.value.mend


def test_given_fields_may_not_be_in_the_file(write_yaml: WriteYaml) -> None:
    source = read_yaml(write_yaml("count: 1"))
    assert validate(source, Plan, given={"title": "a"}).title == "a"
    source = read_yaml(write_yaml("count: 1\ntitle: b"))
    with pytest.raises(ContentError, match="Zeile 2: Feld „title“ setze ich selbst"):
        validate(source, Plan, given={"title": "a"})
