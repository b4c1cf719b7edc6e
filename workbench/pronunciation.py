"""Which lines and words the voice may say wrong: what a speech model writes down of them.

    python -m workbench.pronunciation [--voice NAME] [--keep] [--json] [--worst 60] [--one-in 1]
        [--free]

Everything that the coach can say is rendered by its voice, and the built-in model writes it down.
With ``--free`` it may write any word it knows; half of the lines then come out as "something else",
which says more of the model than of the voice. So by default it writes in words of the coach, in
any order. Still it errs by itself, most with short words: only words that it knows are counted,
whatever sounds the same counts as heard, and a word stands high in the list if it is missed more
often than others of as many sounds. It is a list of words to look at, no verdict. What it cannot
find: the model's lexicon comes from espeak-ng too, so a word that both get wrong is "heard" (see
docs/voice.md for what was compared besides).
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from rueckgrat.corpus import all_sentences
from rueckgrat.exercises.unheard import keep_checked
from skill.audio.resample import resample
from skill.content.loader import load_content
from skill.ear.recogniser import Recogniser
from skill.errors import SkillError
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, VOICE_RATE_HZ, Pcm, silence
from skill.messages.cues import Say
from skill.models.catalogue import BUILT_IN
from skill.settings import Settings
from skill.trainer import Trainer, respellings_for
from skill.voice import Voice
from skill.voice.choice import BUILT_IN_VOICE, read_choice
from skill.voice.respelling import Respeller
from skill.written.spoken import words
from workbench.nearness import phonemes

_WORD = re.compile(r"[^\W_]+")

_QUIET_SECONDS = 0.5
"""Silence before and after a line, as in a session."""

_LONGEST_SOUNDS = 12
"""Words with more sounds than this are compared with each other: there are few of each length."""


@dataclass(frozen=True)
class Dictation:
    """A line, and each of its words with what was heard in its place (empty for nothing)."""

    line: str
    pairs: tuple[tuple[str, str], ...]

    def missed(self, is_heard: Callable[[str, str], bool], known: Collection[str]) -> list[str]:
        """Return the words that count, and were not heard."""
        return [one for one, other in self.pairs if one in known and not is_heard(one, other)]


@dataclass
class Tally:
    """How often a word was said and heard, and what was heard in its place."""

    word: str
    sounds: str
    said: int = 0
    heard: int = 0
    instead: Counter[str] = field(default_factory=Counter)
    surprise: float = 0.0

    @property
    def share(self) -> float:
        """Share of times that the word was heard."""
        return self.heard / self.said


def aligned(said: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each said word with the words in its place.

    Between words that were heard, the others are shared out by their place among the letters.
    """
    blocks = SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
    said_from = heard_from = 0
    for block in blocks:
        yield from _shared_out(said[said_from : block.a], heard[heard_from : block.b])
        said_from, heard_from = block.a + block.size, block.b + block.size
        yield from ((word, word) for word in said[block.a : said_from])


def _shared_out(said: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[str, str]]:
    scale = len("".join(said)) / max(1, len("".join(heard)))
    middles = [
        (len("".join(heard[:index])) + len(word) / 2) * scale for index, word in enumerate(heard)
    ]
    begin = 0
    for word in said:
        end = begin + len(word)
        there = zip(heard, middles, strict=True)
        yield word, " ".join(one for one, middle in there if begin <= middle < end)
        begin = end


def dictated(recogniser: Recogniser, pcm: Pcm) -> list[str]:
    """Return the words that a recogniser hears in a rendering (22,050 Hz)."""
    quiet = silence(round(_QUIET_SECONDS * EAR_RATE_HZ))
    samples = np.concatenate([quiet, resample(pcm, VOICE_RATE_HZ, EAR_RATE_HZ), quiet])
    heard: list[str] = []
    for start in range(0, len(samples), EAR_BLOCK_SAMPLES):
        hypothesis = recogniser.accept(samples[start : start + EAR_BLOCK_SAMPLES])
        heard += hypothesis.text.split() if hypothesis.final else []
    heard += recogniser.finish().text.split()
    recogniser.renew()
    return heard


def rendered(voice: Voice, line: str) -> Pcm:
    """Return a line as it leaves the voice; the voice is silent before and after."""
    voice.perform(Say(line, cue_id=0))
    blocks = [voice.next_block()]
    while not voice.finished_cues():
        blocks.append(voice.next_block())
    return np.concatenate(blocks)


def tallies(
    dictations: Iterable[Dictation], known: Collection[str], sounds: Mapping[str, str]
) -> list[Tally]:
    """Return the words that count, those first that are missed against expectation."""
    found = {word: Tally(word, sounds.get(word, word)) for word in sorted(known)}
    is_heard = same_sound(sounds)
    for dictation in dictations:
        for word, heard in dictation.pairs:
            if word in found:
                found[word].said += 1
                if is_heard(word, heard):
                    found[word].heard += 1
                else:
                    found[word].instead[heard or "–"] += 1
    said = [one for one in found.values() if one.said]
    by_length: dict[int, list[Tally]] = defaultdict(list)
    for one in said:
        by_length[min(len(one.sounds), _LONGEST_SOUNDS)].append(one)
    for group in by_length.values():
        share = sum(one.heard for one in group) / sum(one.said for one in group)
        for one in group:
            one.surprise = _surprise(one, share)
    return sorted(said, key=lambda one: (-one.surprise, one.word))


def same_sound(sounds: Mapping[str, str]) -> Callable[[str, str], bool]:
    """Return the rule by which a word is heard: as itself, or as one that sounds the same."""

    def is_heard(word: str, heard: str) -> bool:
        return word == heard or (heard in sounds and sounds[word] == sounds[heard])

    return is_heard


def _surprise(one: Tally, share: float) -> float:
    """Return how many standard deviations more often it was missed than its like."""
    spread = math.sqrt(one.said * share * (1 - share))
    return (one.said * share - one.heard) / spread if spread else 0.0


def measure(
    setting: str, one_in: int, free: bool, report: Callable[[str], None]
) -> tuple[list[Dictation], list[Tally]]:
    """Return what was heard of every line (or of one in so many), and of every known word.

    ``setting`` names the voice; VoiceError if it can't be used.
    """
    content, settings = load_content(), Settings(voice=setting)
    trainer = Trainer(settings, model=BUILT_IN, content=content)
    model, voice = trainer.model, trainer.voice()
    own = sorted({word for one in all_sentences(content) for word in words(one).split()})
    recogniser = model.open_recogniser(() if free else list(filter(model.knows, own)))
    lines = all_sentences(content)[::one_in]
    dictations = []
    for number, line in enumerate(lines, start=1):
        heard = dictated(recogniser, rendered(voice, line))
        dictations.append(Dictation(line, tuple(aligned(words(line).split(), heard))))
        if number % 100 == 0:
            report(f"{number} of {len(lines)} lines")
    pairs = [pair for one in dictations for pair in one.pairs]
    every_word = {word for pair in pairs for text in pair for word in text.split()}
    known = {word for word, _ in pairs if model.knows(word)}
    respell = Respeller(respellings_for(settings, content, read_choice(setting)))
    as_written = {word.lower(): word for line in lines for word in _WORD.findall(line)}
    spelt = {word: respell(as_written.get(word, word)) for word in sorted(every_word)}
    sounds = phonemes(tuple(dict.fromkeys(spelt.values())))
    by_word = {word: sounds[spelling] for word, spelling in spelt.items()}
    return dictations, tallies(dictations, known, by_word)


def as_dict(dictations: Sequence[Dictation], found: Sequence[Tally]) -> dict[str, object]:
    """Return all figures, for JSON."""
    said = sum(one.said for one in found)
    every = sum(len(one.pairs) for one in dictations)
    return {
        "lines": len(dictations),
        "words_said": every,
        "words_counted": said,
        "words_heard": sum(one.heard for one in found),
        "different_words": len(found),
        "missed_mostly": sum(one.share < 0.5 for one in found),
        "worst_words": [
            {
                **{"word": one.word, "sounds": one.sounds, "said": one.said, "heard": one.heard},
                **{"surprise": round(one.surprise, 1), "instead": dict(one.instead.most_common(3))},
            }
            for one in found
        ],
        "worst_lines": [
            {"line": line, "counted": counted, "missed": missed}
            for line, counted, missed in worst_lines(dictations, found)
        ],
    }


def worst_lines(
    dictations: Iterable[Dictation], found: Iterable[Tally]
) -> list[tuple[str, int, list[str]]]:
    """Return each line, its number of words that count and the missed ones, worst first."""
    sounds = {one.word: one.sounds for one in found}
    is_heard = same_sound(sounds)
    rows = [
        (one.line, sum(word in sounds for word, _ in one.pairs), one.missed(is_heard, sounds))
        for one in dictations
    ]
    counted = [row for row in rows if row[1]]
    return sorted(counted, key=lambda row: (-len(row[2]) / row[1], -row[1], row[0]))


def _print(console: Console, figures: Mapping[str, object], worst: int) -> None:
    said, heard = figures["words_counted"], figures["words_heard"]
    console.print(
        f"{heard} of {said} words heard ({figures['different_words']} different ones that the "
        f"model knows, in {figures['lines']} lines; {figures['words_said']} words in all). "
        f"{figures['missed_mostly']} of the different ones were missed more often than heard."
    )
    table = Table("word", "sounds", "said", "heard", "surprise", "instead")
    rows: list[dict[str, object]] = figures["worst_words"]  # type: ignore[assignment]
    for row in rows[:worst]:
        instead: dict[str, int] = row["instead"]  # type: ignore[assignment]
        heard_instead = ", ".join(f"{text} {count}" for text, count in instead.items())
        cells = (str(row[name]) for name in ("word", "sounds", "said", "heard", "surprise"))
        table.add_row(*cells, heard_instead)
    console.print(table)
    table = Table("line", "counted", "missed")
    rows = figures["worst_lines"]  # type: ignore[assignment]
    for row in rows[:worst]:
        table.add_row(str(row["line"]), str(row["counted"]), ", ".join(row["missed"]))  # type: ignore[arg-type]
    console.print(table)


def came_through(found: Iterable[Tally]) -> set[str]:
    """Return the words that were heard at least as often as they were missed."""
    return {one.word for one in found if 2 * one.heard >= one.said}


def main(
    voice: Annotated[str, typer.Option(help="Which voice, as in the settings.")] = BUILT_IN_VOICE,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the words that came through as checked.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    worst: Annotated[int, typer.Option(min=1, help="How many words and lines to list.")] = 60,
    one_in: Annotated[int, typer.Option(min=1, help="Take only one line in so many.")] = 1,
    free: Annotated[bool, typer.Option("--free", help="Let it write down any words.")] = False,
) -> None:
    """List the words and lines of the voice that a speech model understands least."""
    try:
        dictations, found = measure(voice, one_in, free, lambda text: typer.echo(text, err=True))
        if keep:
            path = keep_checked(read_choice(voice), came_through(found))
            typer.echo(f"Words that came through are kept in {path}", err=True)
    except SkillError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    figures = as_dict(dictations, found)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        _print(Console(width=140, markup=False), figures, worst)


if __name__ == "__main__":
    typer.run(main)
