"""The shape of ``dialogs/calibration.yaml``: what is said, asked for and advised."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from skill.files import is_file
from skill.paths import dialogs_dir
from skill.written.mistakes import RuleError
from skill.written.shapes import Phrase, Shape
from skill.written.spoken import check_spoken, check_template, placeholders
from skill.written.yaml_model import validate
from skill.written.yaml_source import read_yaml

FILE = "calibration.yaml"

Spoken = Annotated[str, AfterValidator(check_spoken)]


def _holds(*names: str) -> AfterValidator:
    """Accept a line with exactly these placeholders."""

    def check(line: str) -> str:
        if placeholders(check_template(line)) != frozenset(names):
            wanted = " und ".join(f"{{{name}}}" for name in names)
            raise RuleError("enthält nicht die richtigen Platzhalter", f"Hierher gehört {wanted}.")
        return line

    return AfterValidator(check)


class InterviewLines(Shape):
    """What the coach says; ``again_...`` ask once more for a take that is no good."""

    hello: Spoken
    what: Annotated[str, _holds("minutes")]
    private: Spoken
    consent: Spoken
    consent_again: Spoken
    refused: Spoken
    unanswered: Spoken
    go_on: Spoken
    room: Spoken
    first_round: Spoken
    sentences: Spoken
    next_round: Spoken
    last_round: Spoken
    again_silent: Spoken
    again_clipped: Spoken
    again_soft: Spoken
    thanks: Spoken
    gone: Spoken
    result: Annotated[str, _holds("right", "all")]
    learned: Annotated[str, _holds("right", "all")]


class WordGroup(Shape):
    """Commands that are asked for ``takes`` times: all takes but the last tune, the last tests."""

    takes: Annotated[int, Field(ge=2, le=5)]
    say: Annotated[tuple[Phrase, ...], Field(min_length=1)]


class MicrophoneAdvice(Shape):
    """What to do about the microphone or the room; ``good``: nothing."""

    clipped: Spoken
    loud: Spoken
    soft: Spoken
    soft_in_noise: Spoken
    noisy: Spoken
    good: Spoken


class InterviewScript(Shape):
    """Everything that learning a voice says and asks for."""

    lines: InterviewLines
    words: Annotated[tuple[WordGroup, ...], Field(min_length=1)]
    sentences: Annotated[tuple[Spoken, ...], Field(min_length=2)]
    advice: MicrophoneAdvice


def load_script(phrases: Collection[str], extra: Sequence[Path] = ()) -> InterviewScript:
    """Return the script: of the last folder in ``extra`` that has one, else the shipped one.

    Raises ContentError with file, line and mend, also for a word that is none of ``phrases``
    (all that are understood).
    """
    own = [folder / FILE for folder in extra if is_file(folder / FILE)]
    source = read_yaml(own[-1] if own else dialogs_dir() / FILE)
    script = validate(source, InterviewScript)
    seen: set[str] = set()
    for group, words in enumerate(script.words):
        for index, word in enumerate(words.say):
            place = ("words", group, "say", index)
            if word not in phrases:
                problem = f"ist kein Satz für einen Befehl: „{word}“"
                mend = "Nimm einen aus commands.yaml, oder ergänze ihn dort."
                raise source.error(place, problem, mend)
            if word in seen:
                raise source.error(place, f"steht zweimal da: „{word}“", "Lösch eines davon.")
            seen.add(word)
    return script
