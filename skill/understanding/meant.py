"""What an utterance means: a command, a question worth asking back, or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from skill.content.schema import Content
from skill.content.sentences import graph_of
from skill.content.word_graph import Sense
from skill.messages.heard import Command, Meaning, Passed
from skill.understanding.cover import Piece, PieceKind, cover
from skill.understanding.rules import UnderstandingRules
from skill.understanding.safety import SafetySpotter, Spotted, pause_seconds
from skill.understanding.sentences import Sentences, talk_graph
from skill.understanding.spoken import SpokenWord, as_spoken, plain
from skill.understanding.support import CONTENT, Support, level_dbfs

UNKNOWN_WORDS: Final = "unknown words"
NOT_ASKED: Final = "an answer to no question"
NEGATED: Final = "negated"

_ANSWERS = frozenset({"yes", "no"})
"""Commands that are fillers beside another one: "ja weiter", "nein stopp"."""

_KEPT_TEXTS = 64
"""A partial result is asked about several times in each block, and stands for several blocks."""

_SHORT_NO = 3
"""Words of a "no" that turns what follows ("noch nicht"); a longer one is a clause of its own."""

_LONGEST_UNSURE = 5
"""Words of an utterance that is worth a question back: longer ones are talk."""


class Understanding:
    """Understands utterances. Never the nearest command: what is not explained is not obeyed.

    An utterance is taken apart into sentences of ``content``, fillers, negations and other words.
    Safety sentences count whatever stands around them. Any other command counts where nothing but
    fillers, and words that the sound does not support, surround it; of several the last one.
    """

    def __init__(self, content: Content, rules: UnderstandingRules | None = None) -> None:
        self._rules = rules or UnderstandingRules()
        self._safety_names = content.safety_commands
        self._slotted = frozenset(name for name, row in content.commands.items() if row.slots)
        self._asked = frozenset(
            name for name, row in content.commands.items() if row.asked or row.called
        )
        self._spellings = content.spellings
        self._of_text = lru_cache(_KEPT_TEXTS)(self._understood)
        around = (*content.fillers, *content.carriers)
        self._single = frozenset(one for one in around if " " not in one)
        self._fillers = Sentences(talk_graph(around))
        spoken_fillers = frozenset(one for one in content.fillers if " " not in one)
        self._negations = frozenset((*content.negations, *content.absences))
        self._sentences = Sentences(content.sentences, spoken_fillers)
        # A small graph of their own: looking for them in that of all sentences takes ten times as
        # long, for each partial result, and building it takes 16 ms once.
        safety = {name: content.commands[name] for name in self._safety_names}
        self._spotter = SafetySpotter(
            Sentences(graph_of(safety, content.rules), spoken_fillers),
            Sentences(talk_graph([one for one in content.decoys if " " in one])),
            spoken_fillers,
            frozenset(content.negations),
            frozenset(content.absences),
            self._rules,
        )
        self._support = Support(frozenset(content.vocabulary), self._single, self._rules)

    def is_safety(self, command: Command) -> bool:
        """Return whether the command passes all gates of convenience."""
        return command.name in self._safety_names

    def is_listed(self, sentence: str) -> bool:
        """Return whether this is a phrase that a command goes by, as the coach teaches them."""
        return sentence in self._support.listed

    def text(self, text: str, live: frozenset[str]) -> Meaning:
        """Return what a written utterance means where the commands ``live`` count."""
        return self._of_text(text, live)

    def _understood(self, text: str, live: frozenset[str]) -> Meaning:
        return self.meaning(as_spoken(text), live)

    def meaning(self, words: Sequence[SpokenWord], live: Collection[str]) -> Meaning:
        """Return what an utterance means where the commands ``live`` count."""
        if not words:
            return Meaning(None, UNKNOWN_WORDS)
        respelt, places = self._respelt(words)
        meaning = self._meaning(respelt, live)
        if meaning.first == meaning.last:
            return meaning
        first, last = places[meaning.first], places[meaning.last - 1]
        return replace(meaning, first=first[0], last=last[1])

    def _meaning(self, words: Sequence[SpokenWord], live: Collection[str]) -> Meaning:
        texts = [word.text for word in words]
        for spotted in self._spotter.find(words):
            if self._is_longer_sentence(texts, spotted, live):
                break
            if self._support.safety(spotted, words):
                return self._safety(texts, spotted.sense, spotted.first, spotted.last)
        pieces = cover(
            texts,
            self._sentences,
            self._fillers,
            self._negations,
            lambda sense: sense.command.name in live and not self.is_safety(sense.command),
        )
        kept, turning = self._not_negated(pieces, words)
        commands = self._strongest(self._without_answers(kept), words)
        if not commands:
            return self._elsewhere(texts, live, bool(turning))
        chosen = commands[-1]
        if not self._support.sentence(words[chosen.first : chosen.last], "yes" in live):
            return Meaning(None, UNKNOWN_WORDS)
        rest = [one for one in pieces if one.kind is not PieceKind.SENTENCE and one not in turning]
        return self._judged(chosen, rest, words)

    def _respelt(
        self, words: Sequence[SpokenWord]
    ) -> tuple[list[SpokenWord], list[tuple[int, int]]]:
        """Return words in the spelling of the sentences, and which of ``words`` each one is.

        One word may become two ("weitermachen"), and two may become one ("noch mal").
        """
        respelt: list[SpokenWord] = []
        places: list[tuple[int, int]] = []
        for place, word in enumerate(words):
            pair = f"{respelt[-1].text} {word.text}" if respelt else ""
            if pair in self._spellings:
                respelt[-1] = _joined(respelt[-1], word, self._spellings[pair])
                places[-1] = (places[-1][0], place + 1)
                continue
            for text in self._spellings.get(word.text, word.text).split():
                respelt.append(replace(word, text=text) if text != word.text else word)
                places.append((place, place + 1))
        return respelt, places

    def goes_on(self, text: str, live: frozenset[str]) -> bool:
        """Return whether a longer live sentence, meaning something else, begins with this one."""
        words = plain(text).split()
        now = self.text(text, live).command
        ahead = self._ahead(words)
        return any(name in live and (now is None or name != now.name) for name in ahead)

    def unfinished(self, text: str, live: frozenset[str]) -> bool:
        """Return whether this is no sentence yet, but the first words of a live one."""
        if self.text(text, live).command:
            return False
        return any(name in live for name in self._ahead(plain(text).split()))

    def safety_span(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return where the gravest safety sentence stands among the words: first, last + 1.

        For a place where others speak as well: there a negation may be theirs, and any word may
        be the first of an utterance.
        """
        spotted = self._spotter.find(tuple(map(SpokenWord, words)), among_others=True)
        return (spotted[0].first, spotted[0].last) if spotted else None

    # --- inside ----------------------------------------------------------------------------

    def _is_longer_sentence(
        self, texts: Sequence[str], spotted: Spotted, live: Collection[str]
    ) -> bool:
        """Return whether all that was said is a longer sentence, such as a question about pain."""
        if len(texts) <= spotted.last - spotted.first:
            return False
        names = {sense.command.name for sense in self._whole(texts)}
        return bool(names & set(live)) and not names & self._safety_names

    def _ahead(self, words: Sequence[str]) -> frozenset[str]:
        """Return commands that may still come of these words, fillers before them or not."""
        found = frozenset[str]()
        for first in range(len(words)):
            found |= self._sentences.ahead(words[first:])
            if words[first] not in self._single:
                break
        return found

    def _safety(self, texts: Sequence[str], sense: Sense, first: int, last: int) -> Meaning:
        passed = tuple(
            Passed(text, "filler" if text in self._single else "beside safety")
            for place, text in enumerate(texts)
            if not first <= place < last
        )
        sentence = " ".join(texts[first:last])
        return Meaning(
            sense.command,
            sentence=sentence,
            template=sense.template,
            passed=passed,
            first=first,
            last=last,
        )

    def _not_negated(
        self, pieces: Sequence[Piece], words: Sequence[SpokenWord]
    ) -> tuple[list[Piece], list[Piece]]:
        """Return the sentences that no negation turns, and the pieces that turned others."""
        sentences = [one for one in pieces if one.kind is PieceKind.SENTENCE]
        turned: set[int] = set()
        turning = []
        for place, piece in enumerate(pieces):
            if not self._negates(piece, words):
                continue
            after = next(
                (one for one in pieces[place + 1 :] if one.kind is not PieceKind.FILLER), None
            )
            before = next(
                (one for one in reversed(pieces[:place]) if one.kind is not PieceKind.FILLER), None
            )
            if after and after.kind is PieceKind.SENTENCE and not self._breath(words, after.first):
                turned.add(after.first)
                turning.append(piece)
            # Behind what it turns it stands as often: where both can be meant, neither counts.
            if (
                piece.kind is PieceKind.NEGATION
                and before
                and before.kind is PieceKind.SENTENCE
                and before.senses[0].command.name not in _ANSWERS
            ):
                turned.add(before.first)
                turning.append(piece)
        return [one for one in sentences if one.first not in turned], turning

    def _negates(self, piece: Piece, words: Sequence[SpokenWord]) -> bool:
        """Return whether this turns what follows: "nicht", and the "no" of "noch nicht"."""
        if piece.kind is PieceKind.NEGATION:
            return True
        return (
            piece.kind is PieceKind.SENTENCE
            and piece.senses[0].command.name == "no"
            and piece.last - piece.first <= _SHORT_NO
            and words[piece.last - 1].text in self._negations
        )

    def _breath(self, words: Sequence[SpokenWord], place: int) -> bool:
        return pause_seconds(words, place) >= self._rules.breath_seconds

    @staticmethod
    def _without_answers(pieces: list[Piece]) -> list[Piece]:
        """Leave "ja" and "nein" out where anything else is said."""
        others = [one for one in pieces if one.senses[0].command.name not in _ANSWERS]
        return others or pieces

    def _strongest(self, pieces: list[Piece], words: Sequence[SpokenWord]) -> list[Piece]:
        """Leave sentences out that are much softer than the loudest one: noise made them."""
        levels = [level_dbfs(words[one.first : one.last]) for one in pieces]
        known = [level for level in levels if level is not None]
        if not known:
            return pieces
        least = max(known) - self._rules.softer_db
        return [
            one
            for one, level in zip(pieces, levels, strict=True)
            if level is None or level >= least
        ]

    def _elsewhere(self, texts: Sequence[str], live: Collection[str], negated: bool) -> Meaning:
        """Return a command that does not count now, if that and nothing else was said."""
        if negated:
            return Meaning(None, NEGATED)
        senses = self._whole(texts)
        if not senses:
            return Meaning(None, UNKNOWN_WORDS)
        command = senses[0].command
        if command.name in self._slotted and command.name not in live:
            return Meaning(None, NOT_ASKED)  # talk becomes numbers more than anything else
        return self._safety(texts, senses[0], 0, len(texts))

    def _whole(self, texts: Sequence[str]) -> tuple[Sense, ...]:
        """Return the senses of the utterance, with or without the fillers around it."""
        first, last = 0, len(texts)
        while first < last:
            if senses := self._sentences.whole(texts[first:last]):
                return senses
            if texts[last - 1] in self._single and last - first > 1:
                last -= 1
            elif texts[first] in self._single:
                first, last = first + 1, len(texts)
            else:
                return ()
        return ()

    def _judged(self, chosen: Piece, rest: Sequence[Piece], words: Sequence[SpokenWord]) -> Meaning:
        """Return the command if nothing that was really said stands beside it."""
        passed = []
        for piece in rest:
            why = "filler"
            if piece.kind is not PieceKind.FILLER:
                why = self._support.why(piece.first, chosen.first, chosen.last, words)
            passed.append(Passed(words[piece.first].text, why))
        sense = chosen.senses[0]
        meaning = Meaning(
            sense.command,
            sentence=" ".join(word.text for word in words[chosen.first : chosen.last]),
            template=sense.template,
            passed=tuple(passed),
            first=chosen.first,
            last=chosen.last,
        )
        hurting = [one for one in passed if one.why == CONTENT]
        ignored = [one for one in passed if one.why not in ("filler", CONTENT)]
        if not hurting and len(ignored) <= self._rules.most_ignored:
            return meaning
        unsure = len(hurting) == 1 and len(words) <= _LONGEST_UNSURE
        maybe = sense.command if unsure and sense.command.name in self._asked else None
        return replace(meaning, command=None, reason=UNKNOWN_WORDS, maybe=maybe)


def _joined(one: SpokenWord, other: SpokenWord, text: str) -> SpokenWord:
    """Return two words that are written as one: as sure as the less sure of them."""
    voices = [word.voice for word in (one, other) if word.voice is not None]
    return SpokenWord(
        text,
        min(one.confidence, other.confidence),
        one.start_seconds,
        other.end_seconds,
        level_dbfs([one, other]),
        max(voices) if voices else None,
    )
