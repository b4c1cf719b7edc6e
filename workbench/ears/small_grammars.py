"""Words cut from fluent speech, recognised among 30: what the model itself makes of strangers.

The recogniser is asked alone, without the ear's rules: grammars of 30 words of the same texts,
with and without ``[unk]`` (rejection).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from skill.calibration.peers import EAR
from skill.ear import SpeechModel
from skill.ear.grammar import UNKNOWN_WORD
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from workbench.ears import corpora
from workbench.ears.corpora import Part, Recording
from workbench.ears.cutting import Place, piece
from workbench.ears.figures import AT_LEAST, Figure, present, share
from workbench.ears.measuring import Bench, in_processes, model_of, workshop_of
from workbench.ears.scenes import spread
from workbench.ears.store import Store, key_of

GRAMMAR_WORDS = 30
GOALS = {"without [unk]": 90.0, "with [unk]": 80.0}
_LIMIT = 300
_LEAST_LETTERS = 3
_LONG_LETTERS = 6
_PADDING_SECONDS = 0.5


def small_grammar_rows(
    bench: Bench,
    model: Path,
    parts: Sequence[Part],
    *,
    one_in: int,
    jobs: int,
    report: Callable[[str], None],
) -> Iterator[Figure]:
    """Yield recall of cut words, for emodb with its goals and for unheard sentences of kerstin."""
    group = f"Words cut from fluent speech, among {GRAMMAR_WORDS} (recogniser alone)"
    limit = max(_LIMIT // one_in, GRAMMAR_WORDS)
    tasks = [
        (bench, model, corpus, part, limit) for corpus in corpora.SENTENCES[::-1] for part in parts
    ]
    hits: dict[str, list[tuple[str, bool, bool]]] = {}
    for (_, _, corpus, part, _), found in in_processes(recognise_cut_words, tasks, jobs):
        report(f"words cut from {corpus}, {part}")
        hits.setdefault(corpus, []).extend((word, bool(a), bool(b)) for word, a, b in found)
    for corpus, of in sorted(hits.items()):
        yield from _yield_row(bench, group, corpus, parts)
        long = [one for one in of if len(one[0]) >= _LONG_LETTERS]
        for column, (label, goal) in enumerate(GOALS.items(), start=1):
            for name, chosen in (("", of), (f", {_LONG_LETTERS} letters and more", long)):
                right = sum(bool(one[column]) for one in chosen)
                values = present({EAR: share(right, len(chosen))})
                own_goal = goal if corpus == "emodb" and not name else None
                if values:
                    yield Figure(group, f"{corpus}, {label}{name}", values, own_goal, AT_LEAST)


def _yield_row(bench: Bench, group: str, corpus: str, parts: Sequence[Part]) -> Iterator[Figure]:
    """Yield how many of the words could be cut out; those behind a sentence's cut can't."""
    found = [workshop_of(bench).cut_count(corpus, part) for part in parts]
    value = share(sum(cut for cut, _ in found), sum(written for _, written in found))
    if value:
        yield Figure(group, f"{corpus}, words found for certain of all written", {EAR: value})


def recognise_cut_words(
    bench: Bench, model_dir: Path, corpus: str, part: Part, limit: int
) -> list[tuple[str, bool, bool]]:
    """Return each word, whether it was recognised without, and whether with ``[unk]``."""
    workshop, model = workshop_of(bench), model_of(model_dir)
    cut = [
        one
        for one in workshop.cut_words(corpus, part)
        if len(one[1].text) >= _LEAST_LETTERS and model.knows(one[1].text)
    ]
    chosen = spread(cut, limit, lambda one: one[1].text, _name)
    vocabulary = sorted({place.text for _, place in cut})
    store = Store(bench.store, fresh=bench.fresh)
    network = (model_dir / "am" / "final.mdl").read_bytes()
    key = key_of("small grammars 1", network, *map(_name, chosen), *vocabulary)
    kept = store.get(key)
    if kept is None:
        kept = [_recognise(model, recording, place, vocabulary) for recording, place in chosen]
        store.put(key, kept)
    return [(word, without, with_unknown) for word, without, with_unknown in kept]


def grammar_for(word: str, vocabulary: Sequence[str], seed: str) -> list[str]:
    """Return ``word`` among others of the vocabulary, 30 in all, the same ones every time."""
    others = [other for other in vocabulary if other != word]
    digest = hashlib.sha256(f"{word} {seed}".encode()).digest()
    chance = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    chosen = chance.permutation(len(others))[: GRAMMAR_WORDS - 1]
    return sorted([word, *(others[index] for index in chosen)])


def _recognise(
    model: SpeechModel, recording: Recording, place: Place, vocabulary: Sequence[str]
) -> tuple[str, bool, bool]:
    grammar = grammar_for(place.text, vocabulary, _name((recording, place)))
    pcm = piece(recording.read(), place)
    plain, rejecting = (
        _heard(model, words, pcm) == place.text for words in (grammar, [*grammar, UNKNOWN_WORD])
    )
    return place.text, plain, rejecting


def _heard(model: SpeechModel, grammar: Sequence[str], pcm: Pcm) -> str:
    """Return all that a recogniser hears in a word between silences, fed in blocks."""
    recogniser = model.open_recogniser(grammar)
    silence = round(_PADDING_SECONDS * EAR_RATE_HZ)
    padded = np.pad(pcm, (silence, silence))
    texts = [
        recogniser.accept(padded[first : first + EAR_BLOCK_SAMPLES])
        for first in range(0, len(padded), EAR_BLOCK_SAMPLES)
    ]
    said = [one.text for one in texts if one.final] + [recogniser.finish().text]
    return " ".join(text for text in said if text)


def _name(one: tuple[Recording, Place]) -> str:
    return f"{one[1].file} {one[1].text} {one[1].start_seconds}"
