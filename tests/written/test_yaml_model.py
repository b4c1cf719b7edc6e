from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from skill.errors import ContentError
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
            raise ValueError("is a riddle. Say what you mean.")
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
        ("count: 1", 'line 1: field "title" is missing.', 'Add a line "title: ...".'),
        (
            "title: a\nsteps:\n  - say: b\n  - says: c",
            'line 4: field "steps", item 2, "says" is unknown.',
            'Did you mean "say"? (1 more mistake after this one.)',
        ),
        (
            "title: a\nby_name:\n  b: {say: c, tempo: d}",
            'line 3: field "by_name", "b", "tempo" is unknown.',
            "Known are: calm, kind, say, seconds.",
        ),
        ("title: [a]", 'line 1: field "title" is a list instead of a text.', "Write one text"),
        ("title:", 'line 1: field "title" is empty.', "Write a value after the colon"),
        (
            "title: a\nwords: b",
            'line 2: field "words" is a text instead of a list.',
            'Begin each entry with "- ".',
        ),
        ("title: a\nwords: []", 'line 2: field "words" has no entries.', "Add at least one"),
        ("title: a\ncount: b", 'field "count" is not a whole number: "b".', "such as 6."),
        (
            "title: a\nsteps: [{say: b, seconds: 1 s}]",
            'field "steps", item 1, "seconds" is not a number: "1 s".',
            "such as 2.5, without a unit.",
        ),
        (
            "title: a\nsteps: [{say: b, seconds: 0}]",
            'field "steps", item 1, "seconds" cannot be "0".',
            "It should be greater than 0.",
        ),
        (
            "title: a\nsteps: [{say: b, kind: c}]",
            'field "steps", item 1, "kind" cannot be "c".',
            "It must be 'move' or 'hold'.",
        ),
        (
            "title: a\nsteps: [{say: b, calm: so so}]",
            'field "steps", item 1, "calm" is neither true nor false: "so so".',
            "Write true or false.",
        ),
        (
            "title: a\nsteps: [b]",
            'field "steps", item 1 is a text instead of fields.',
            'Write "name: value" below it, indented.',
        ),
        ("title: '?'", 'field "title" is a riddle.', "Say what you mean."),
        ("- a", "line 1: the file is a list instead of fields.", 'Write "name: value"'),
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
    with pytest.raises(ContentError, match='line 2: field "title" is set by the trainer itself'):
        validate(source, Plan, given={"title": "a"})
