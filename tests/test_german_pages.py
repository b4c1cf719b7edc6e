"""The pages for who trains keep their promises, and are German; the README's are in test_readme."""

import re
from pathlib import Path
from typing import Any

import pytest

from skill.content.loader import load_content
from skill.settings import Settings
from skill.understanding import Understanding, as_spoken
from tests.cli.walk import commands, english_words

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = [CHECKOUT / "README.de.md", *sorted((CHECKOUT / "docs/de").glob("*.md"))]
BY_NAME = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
_SHELL = r"\$\([^)]*\)|\$\{[^}]*\}|\$\w+|(apt-get|make|systemctl) [^.,:)]*"
"""What is put into a sentence, or to be typed."""

SCRIPTS = sorted((CHECKOUT / "deploy").glob("*.sh"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", BY_NAME[page.name])
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_two_readmes_lead_to_each_other_and_to_every_page() -> None:
    assert "](README.de.md)" in (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert "](README.md)" in BY_NAME["README.de.md"]
    for page in PAGES[1:]:
        assert f"](docs/de/{page.name})" in BY_NAME["README.de.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path) -> None:
    known = commands()
    for line in _typed(BY_NAME[page.name]):
        words = line.split("#")[0].split()
        path = words.pop(0) if words and words[0] in known and words[0] else ""
        while words and f"{path} {words[0]}".strip() in known:
            path = f"{path} {words.pop(0)}".strip()
        names = {name for one in (known[path], known["train"]) for name in _options(one)}
        unknown = [word for word in words if word.startswith("-") and word not in names]
        assert unknown == [], line
        if hasattr(known[path], "commands"):
            assert path == "history" or not words or words[0][0] == "-", line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_are_german(page: Path) -> None:
    prose = re.sub(r"(?s)```.*?```|`[^`]*`|\[[^]]*\]\([^)]*\)|\*[^*]+\*", " ", BY_NAME[page.name])
    assert english_words(prose) == set()


def test_every_setting_is_explained() -> None:
    rows = [line for line in BY_NAME["befehle.md"].splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split(" | ")[0])}
    assert set(Settings.model_fields) <= named


def test_what_one_can_say_is_understood() -> None:
    table = re.findall(r"(?m)^\| (?!Sag|---)(.+?) \| ", BY_NAME["README.de.md"])
    said = [phrase.strip("* ") for row in table for phrase in row.split(",")]
    said += re.findall(r"„([^“]+)“", BY_NAME["README.de.md"].split("## Was du sagen kannst")[1])
    understanding = Understanding(load_content())
    everywhere = frozenset(load_content().commands)
    for phrase in said:
        meaning = understanding.meaning(as_spoken(phrase), everywhere)
        assert meaning.command, phrase


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_scripts_speak_german(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    pattern = r"\b(?:say|fail|step|remove|reason)\s+\"([^\"]*)|echo \"([^\"]*[a-z] [^\"]*)"
    sentences = [first or second for first, second in re.findall(pattern, text)]
    shown = re.search(r"sed -n '(\d+),(\d+)s", text)
    if shown:
        first, last = map(int, shown.groups())
        sentences += text.splitlines()[first - 1 : last]
    assert script.name in {"make-release.sh", "setup.sh"} or len(sentences) > 4
    if script.name != "make-release.sh":  # for who makes a release
        prose = [re.sub(_SHELL, " ", one) for one in sentences]
        assert [one for one in prose if english_words(one)] == []


def _typed(page: str) -> list[str]:
    """Return what follows ``rueckgrat`` where a page shows what to type."""
    fenced = "\n".join(re.findall(r"(?s)```\w*\n(.*?)```", page))
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"(?s)```.*?```", "", page))
    lines = [*fenced.splitlines(), *inline]
    typed = [line[len("rueckgrat") :] for line in lines if re.match(r"rueckgrat( |$)", line)]
    typed += [line[len("sudo rueckgrat") :] for line in lines if line.startswith("sudo rueckgrat ")]
    return typed + re.findall(r"ARGS=\"([^\"]*)\"", "\n".join(lines))


def _options(command: Any) -> list[str]:
    names = [name for one in command.params for name in (*one.opts, *one.secondary_opts)]
    return [*names, "--help", "-h"]
