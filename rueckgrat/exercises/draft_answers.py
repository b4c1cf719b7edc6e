"""Answers that make a draft of an exercise, checked one by one; see ``draft``.

Everything takes what was typed and returns what it means, or raises WrongAnswerError.
"""

from collections.abc import Callable

from skill.content.breath_lint import told_breath
from skill.content.lint import taken_by
from skill.content.own_lint import CUE_LETTERS_A_SECOND
from skill.content.schema import Content
from skill.written.mistakes import RuleError
from skill.written.spoken import (
    LONGEST_CUE_LETTERS,
    LONGEST_LINE_LETTERS,
    check_cue,
    check_phrase,
    check_spoken,
    contains_phrase,
)

_MOST_REPETITIONS, _LONGEST_SECONDS = 30, 120


class WrongAnswerError(Exception):
    """An answer that cannot be taken; says why in German."""


class SpokenAnswers:
    """Answers that are to be said or heard, checked against everything else that is.

    ``knows`` tells whether the speech model knows a word; None: nobody can tell.
    """

    def __init__(self, content: Content, knows: Callable[[str], bool] | None) -> None:
        self._content = content
        self._knows = knows or (lambda _: True)

    def spoken(self, text: str) -> str:
        """Return a text that the coach can say without interrupting itself."""
        try:
            check_spoken(text)
        except RuleError:
            raise WrongAnswerError(
                "Das kann ich nicht sagen. Nimm Buchstaben und Satzzeichen, höchstens"
                f" {LONGEST_LINE_LETTERS}, und schreib andere Zeichen als Wort."
            ) from None
        for command in self._content.safety_commands:
            for phrase in self._content.commands[command].phrases:
                if contains_phrase(text, phrase):
                    raise WrongAnswerError(
                        f"„{phrase}“ darf ich nicht sagen, ich würde mich selbst unterbrechen."
                        " Sag es mit anderen Worten."
                    )
        return text

    def sentence(self, text: str) -> str:
        """Return a text as a sentence that the coach can say."""
        return self.spoken(text if text.endswith((".", "!", "?")) else f"{text}.")

    def cue(self, text: str, breath: str | None = None) -> str:
        """Return a sentence short enough to be said during a movement.

        It tells no other ``breath`` ("in", "out", empty for free) than the movement's; None: any.
        """
        cue = self.sentence(text)
        try:
            check_cue(cue)
        except RuleError:
            raise WrongAnswerError(
                f"Das sind {len(cue)} Zeichen, in eine Bewegung passen {LONGEST_CUE_LETTERS}."
            ) from None
        told = told_breath(cue)
        if breath is not None and told and told.value != breath:
            raise WrongAnswerError("Der Atem geht hier anders. Beginne mit einem anderen Wort.")
        return cue

    def names(self, text: str) -> tuple[str, ...]:
        """Return names, separated by commas, that nothing else is called."""
        names = comma_separated(text.lower())
        for name in names:
            try:
                check_phrase(name)
            except RuleError:
                raise WrongAnswerError(
                    f"„{name}“ kann ich nicht hören. Nimm nur Buchstaben, Zahlen als Wörter."
                ) from None
            if other := taken_by(self._content, "exercise", name):
                raise WrongAnswerError(
                    f"„{name}“ könnte ich mit „{other}“ verwechseln. Nimm andere Wörter."
                )
            for word in name.split():
                if not self._knows(word):
                    raise WrongAnswerError(
                        f"„{word}“ kennt das Sprachmodell nicht. Nimm ein anderes Wort."
                    )
        return names


def comma_separated(text: str) -> tuple[str, ...]:
    """Return the parts, each of them once; at least one."""
    parts = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not parts:
        raise WrongAnswerError("Schreib wenigstens ein Wort.")
    return parts


def phase_name(text: str, taken: set[str]) -> str:
    """Return the name of a movement that is none of ``taken``; empty after the last."""
    if text == ".":
        if not taken:
            raise WrongAnswerError("Eine Bewegung braucht es wenigstens.")
        return ""
    if text in taken:
        raise WrongAnswerError(f"„{text}“ gibt es schon, nimm einen anderen Namen.")
    return text


def repetitions(text: str) -> int:
    """Return how often an exercise is repeated."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_REPETITIONS:
        raise WrongAnswerError(f"Nimm eine Zahl von 1 bis {_MOST_REPETITIONS}, z. B. 6.")
    return int(text)


def phase_seconds(text: str, say: str) -> float:
    """Return how long a movement takes: long enough for what is said in it."""
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_SECONDS:
        raise WrongAnswerError(f"Nimm eine Zahl bis {_LONGEST_SECONDS}, z. B. 3 oder 2,5.")
    if seconds < len(say) / CUE_LETTERS_A_SECOND:
        raise WrongAnswerError(f"In dieser Zeit kann ich „{say}“ nicht sagen. Nimm mehr.")
    return seconds
