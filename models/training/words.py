"""The words that the model knows: commands, names, questions, numbers, first names, decoys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from .config import RecipeError

_WORD = re.compile(r"[a-zäöüß]+")

UNKNOWN = "[unk]"
"""Any other word, at a price for small grammars, where nothing else competes with the phrases."""

OTHER = "[other]"
"""Any other word, more readily: for grammars with decoys, as the trainer's."""

NUMBERS: tuple[str, ...] = (
    *("null", "eins", "zwei", "drei", "vier"),
    *("fünf", "sechs", "sieben", "acht", "neun"),
    *("zehn", "elf", "zwölf", "dreizehn", "vierzehn"),
    *("fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
    *("zwanzig", "einundzwanzig", "zweiundzwanzig", "dreiundzwanzig", "vierundzwanzig"),
    *("fünfundzwanzig", "sechsundzwanzig", "siebenundzwanzig", "achtundzwanzig", "neunundzwanzig"),
    *("dreißig",),
)

SEED_PHRASES: tuple[str, ...] = (
    *("weiter", "wiederholen", "wiederhole", "nochmal", "noch mal", "noch einmal", "zurück"),
    *("pause", "weiter machen", "weitermachen", "stopp", "stop", "halt", "beenden", "ende"),
    *("aufhören", "schluss", "überspringen", "auslassen", "langsamer", "schneller", "lauter"),
    *("leiser", "hilfe", "wie viele noch", "welche übung", "was kann ich sagen", "fertig"),
    *("genug", "ja", "jawohl", "klar", "okay", "bereit", "los", "nein", "nee", "nicht", "aua"),
    *("autsch", "schmerz", "schmerzen", "das tut weh", "es tut weh", "alle", "alle drei"),
    *("alle übungen", "brücke", "die brücke", "roll up", "rollup", "bein anheben", "beinheben"),
    *("bein", "anheben", "tschüss", "hallo trainer", "start", "starten", "anfangen", "training"),
    *("trainer", "warnzeichen", "arzt", "erste", "zweite", "dritte", "eine andere übung"),
    *("rückentraining", "intervalltraining", "entspannung", "widerstand", "fragen", "links"),
    *("rechts", "einatmen", "ausatmen", "zwo", "ein", "eine", "einen", "zum", "menü", "zweimal"),
    *(
        "ich bin",
        "hier ist",
        "gast",
        "hallo coach",
        "hallo rückgrat",
        "hey trainer",
        "guten morgen",
    ),
    *("guten tag", "guten abend", "servus", "moin", "hi", "grüß dich", "wach auf", "computer"),
)
"""What people say to the trainer, whatever the dialogs say; households choose words to wake it."""


def lines(name: str) -> list[str]:
    """Return the lines of a text file beside this module that say something; "#" is a remark."""
    whole = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    said = (line.partition("#")[0].strip() for line in whole)
    return [line for line in said if line]


def listed(name: str) -> list[str]:
    """Return the words of such a text file."""
    return [word for line in lines(name) for word in line.split()]


MINIMAL_PAIRS: tuple[str, ...] = tuple(dict.fromkeys(listed("minimal_pairs.txt")))
"""Words that differ by one sound: what the network must hear most sharply."""

LOOK_ALIKES: tuple[str, ...] = tuple(listed("look_alikes.txt"))
"""Neighbours of the commands in sound. As decoys they catch what would else fire a command."""

FIRST_NAMES: dict[str, tuple[str, ...]] = {
    name: tuple(filter(None, spellings.split("/")))
    for name, _, spellings in (word.partition("=") for word in listed("first_names.txt"))
}
"""Names that people may give in their settings, and how each sounds where that is not plain.

No command, until somebody has such a name; then as important as a command.
"""


def dialog_phrases(dialogs: Path) -> list[str]:
    """Return all that the dialogs let people say: commands, names, questions; empty without."""
    phrases: list[str] = []
    commands = _load(dialogs / "commands.yaml").get("commands", {})
    for name, command in commands.items():
        phrases += _strings(command.get("phrases", []), f"commands.yaml, command {name}")
        phrases += command.get("slots", {})
    for folder in ("exercises", "programmes"):
        for path in sorted(dialogs.glob(f"{folder}/*.yaml")):
            phrases += _strings(_load(path).get("spoken_names", []), path.name)
    for path in sorted(dialogs.glob("knowledge/*.yaml")):
        for name, topic in _load(path).get("topics", {}).items():
            phrases += _strings(topic.get("questions", []), f"{path.name}, topic {name}")
    return list(dict.fromkeys(phrase.lower().strip() for phrase in phrases))


def sentence_words(dialogs: Path) -> list[str]:
    """Return every word of the sentence templates, of what stands around them, and of rules.

    Read as text: the recipe needs the words, not the sentences.
    """
    content = _load(dialogs / "commands.yaml")
    templates = list(content.get("rules", {}).values())
    for name in ("fillers", "carriers", "negations", "absences"):
        templates += content.get(name, [])
    for row in content.get("commands", {}).values():
        for field in ("sentences", "opening"):
            templates += row.get(field, [])
        for field in ("also", "signs"):
            templates += [one for group in row.get(field, {}).values() for one in group]
    plain = (re.sub(r"<[^>]*>", " ", template) for template in templates)
    return list(dict.fromkeys(word for text in plain for word in _WORD.findall(text)))


def decoys(dialogs: Path) -> list[str]:
    """Return the words and phrases of ``decoys.yaml``, which are no commands."""
    groups = _load(dialogs / "decoys.yaml").get("decoys", {})
    found = [text for name, group in groups.items() for text in _strings(group, f"decoys, {name}")]
    return list(dict.fromkeys(found))


def command_phrases(dialogs: Path) -> list[str]:
    """Return the dialogs' phrases, the seed phrases and the numbers.

    The seeds always belong to it: the model should not lose a word when a dialog does.
    """
    return list(dict.fromkeys([*dialog_phrases(dialogs), *SEED_PHRASES, *NUMBERS]))


def command_words(dialogs: Path) -> list[str]:
    """Return every single word of the command phrases."""
    return list(
        dict.fromkeys(word for phrase in command_phrases(dialogs) for word in phrase.split())
    )


def decoy_words(dialogs: Path) -> list[str]:
    """Return every single word of the decoys and of the look-alikes."""
    words = [word for phrase in decoys(dialogs) for word in phrase.split()]
    return list(dict.fromkeys([*words, *LOOK_ALIKES]))


def common_words(count: int) -> list[str]:
    """Return the ``count`` most frequent German words that are plain words, in that order."""
    from wordfreq import top_n_list

    plain = (word for word in top_n_list("de", 2 * count) if word.isalpha() and len(word) > 1)
    return [word for word, _ in zip(plain, range(count), strict=False)]


def frequencies(words: Iterable[str]) -> dict[str, float]:
    """Return the share of every word in German text; a rare word gets a small floor."""
    from wordfreq import word_frequency

    return {word: max(word_frequency(word, "de"), 1e-6) for word in words}


def _load(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise RecipeError(f"{path} should be a mapping at its top level.")
    return content


def _strings(value: Any, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RecipeError(f"{where}: expected a list of phrases.")
    return value
