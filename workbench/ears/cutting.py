"""Cuts single words out of read sentences: Vosk says where they are.

A recogniser whose grammar is the one sentence is a forced alignment, nearly: its grammar becomes
a bigram model, which lets words be skipped and said again. So a word is taken only where it and
its neighbours came out in the order in which they are written. Everything else is counted.

Words that the model doesn't know stand in the grammar as their parts ("eis schrank") or as the
known word spelt most alike; they themselves are never cut. Sentences may lack their end.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np
from rapidfuzz import distance, process

from skill.ear import SpeechModel
from skill.ear.recogniser import Word
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from workbench.ears.corpora import Recording, readable

_LEAD_SECONDS = 0.3
_MARGIN_SECONDS = 0.06
"""Kept before and behind a word: Vosk's times lie on a grid of 30 ms."""

_FADE_SECONDS = 0.01
_SHORTEST_SECONDS = 0.12
_LEAST_PART_LETTERS = 3


@dataclass(frozen=True)
class Place:
    """Where a word was found in a recording, in seconds."""

    file: str
    text: str
    start_seconds: float
    end_seconds: float


class WordCutter:
    """Finds words in sentences with one model; ``neighbours`` may stand for unknown words."""

    def __init__(self, model: SpeechModel, neighbours: Iterable[str]) -> None:
        self._model = model
        self._neighbours = neighbours

    def places(self, sentences: Sequence[Recording]) -> list[Place]:
        """Return where words were found for certain; sentences that can't be read have none."""
        return [
            Place(
                sentence.path.name,
                word.text,
                round(word.start_seconds - _LEAD_SECONDS, 3),
                round(word.end_seconds - _LEAD_SECONDS, 3),
            )
            for sentence, pcm in readable(sentences)
            for word in self._words(words_of(sentence.transcript), pcm)
        ]

    def _words(self, spoken: Sequence[str], pcm: Pcm) -> list[Word]:
        tokens = [token for word in spoken for token in self._stand_in(word)]
        return [
            word
            for word in certain(self._model_words(tokens, pcm), tokens)
            if word.text in spoken and word.end_seconds - word.start_seconds >= _SHORTEST_SECONDS
        ]

    def _model_words(self, tokens: Sequence[str], pcm: Pcm) -> list[Word]:
        """Return what a recogniser of this sentence, or of its beginning, hears."""
        beginnings = [" ".join(tokens[:count]) for count in range(1, len(tokens) + 1)]
        if not beginnings:
            return []
        recogniser = self._model.open_recogniser(beginnings)
        lead = round(_LEAD_SECONDS * EAR_RATE_HZ)
        first = recogniser.accept(np.pad(pcm, (lead, lead)))
        return [*first.words, *recogniser.finish().words]

    def _stand_in(self, word: str) -> list[str]:
        if self._model.knows(word):
            return [word]
        parts = _parts(word, self._model.knows)
        return parts or [self._most_alike(word)]

    def _most_alike(self, word: str) -> str:
        found = process.extractOne(
            word, self._known, scorer=distance.Levenshtein.normalized_similarity
        )
        return str(found[0])

    @cached_property
    def _known(self) -> list[str]:
        return sorted({word for word in self._neighbours if self._model.knows(word)})


def certain(said: Sequence[Word], tokens: Collection[str]) -> list[Word]:
    """Return the words that were said, with both neighbours, in the order of ``tokens``."""
    texts = [word.text for word in said]
    wanted = list(tokens)
    found = []
    for run in SequenceMatcher(None, texts, wanted, autojunk=False).get_matching_blocks():
        for offset in range(run.size):
            at, place = run.a + offset, run.b + offset
            led = offset > 0 or (at == 0 and place == 0)
            followed = offset < run.size - 1 or (at == len(texts) - 1 and place == len(wanted) - 1)
            if led and followed:
                found.append(said[at])
    return found


def _parts(word: str, knows: Callable[[str], bool]) -> list[str]:
    """Return a compound as two known words, the first as long as can be; empty if it is none."""
    for place in range(len(word) - _LEAST_PART_LETTERS, _LEAST_PART_LETTERS - 1, -1):
        if knows(word[:place]) and knows(word[place:]):
            return [word[:place], word[place:]]
    return []


def words_of(transcript: str) -> list[str]:
    """Return the words of a transcript in small letters, without punctuation and figures."""
    return re.findall(r"[^\W\d_]+", transcript.lower())


def piece(pcm: Pcm, place: Place) -> Pcm:
    """Return a word with its margins, faded in and out so that the cut does not click."""
    first = round((place.start_seconds - _MARGIN_SECONDS) * EAR_RATE_HZ)
    end = round((place.end_seconds + _MARGIN_SECONDS) * EAR_RATE_HZ)
    cut = pcm[max(first, 0) : max(end, 0)].astype(np.float64)
    fade = np.linspace(0, 1, min(round(_FADE_SECONDS * EAR_RATE_HZ), len(cut)))
    cut[: len(fade)] *= fade
    cut[len(cut) - len(fade) :] *= fade[::-1]
    return cut.astype(np.int16)
