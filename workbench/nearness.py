"""Which decoys sound like which command: the neighbours that catch what is nearly a command.

    python -m workbench.nearness

prints, for each phrase, its nearest decoys and how near they are. A phrase without a near one takes
every similar word for itself; a safety word with a very near one may be lost to it.
"""

import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from skill.content.loader import load_content
from skill.errors import SkillError

NEAR = 0.6
"""From this similarity on a decoy is a rival: as "weite" beside "weiter"."""

_SHOWN = 3
_STRESS = str.maketrans("", "", "',%=_:|!")


@dataclass(frozen=True)
class Neighbours:
    """The decoys nearest to a phrase, nearest first, each with its similarity (0 to 1)."""

    phrase: str
    nearest: tuple[tuple[str, float], ...]

    @property
    def similarity(self) -> float:
        """Similarity of the nearest; 0 without decoys."""
        return self.nearest[0][1] if self.nearest else 0.0


def phonemes(texts: Collection[str]) -> dict[str, str]:
    """Return espeak-ng's German phoneme mnemonics of each text, without stress and length.

    Raises SkillError where espeak-ng is missing.
    """
    program = shutil.which("espeak-ng")
    if program is None:
        raise SkillError("espeak-ng is not installed.", "Install it: apt install espeak-ng.")
    lines = "".join(f"{text}\n\n" for text in texts)  # a blank line ends a sentence
    command = [program, "-q", "-x", "-v", "de", "--stdin"]
    answer = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    spoken = [line.strip() for line in answer.stdout.splitlines() if line.strip()]
    return {
        text: line.translate(_STRESS).replace(" ", "")
        for text, line in zip(texts, spoken, strict=True)
    }


def nearest(phrase: str, decoys: Iterable[str], sounds: Mapping[str, str]) -> Neighbours:
    """Return the decoys that sound most like a phrase, by the share of phonemes in common."""
    ranked = sorted(
        (
            (decoy, Levenshtein.normalized_similarity(sounds[phrase], sounds[decoy]))
            for decoy in decoys
        ),
        key=lambda one: -one[1],
    )
    return Neighbours(phrase, tuple(ranked[:_SHOWN]))


def all_neighbours() -> list[Neighbours]:
    """Return the neighbours of every phrase of the built-in dialogs, the loneliest phrase first."""
    content = load_content()
    phrases = tuple(content.vocabulary)
    sounds = phonemes((*phrases, *content.decoys))
    found = [nearest(phrase, content.decoys, sounds) for phrase in phrases]
    return sorted(found, key=lambda one: one.similarity)


if __name__ == "__main__":
    for one in all_neighbours():
        words = ", ".join(f"{decoy} {similarity:.2f}" for decoy, similarity in one.nearest)
        print(f"{one.phrase:24} {words}")
