"""Lines of text to samples that are ready to be played: from memory, disk, or rendered anew."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.voice.cache import LineCache
from skill.voice.polish import polish
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Synthesiser
from skill.written.spoken import sentences

FORMAT = 3
"""Raise it whenever a change to ``polish`` makes kept renderings sound different from new ones."""

MAX_MEMORY_BYTES = 16 * 1024 * 1024
"""Renderings held in memory: about six minutes of speech."""

SECONDS_PER_CHARACTER = 0.08
"""How long a line is before any has been rendered, to plan with: measured in docs/voice.md."""

LEARNT_FROM_LETTERS = 200
"""From so many on, a voice's own lines tell better how fast it speaks."""

SENTENCE_GAP_SECONDS = 0.25
"""Silence between the sentences of a line that is rendered sentence by sentence."""

_log = logging.getLogger(__name__)


class Renderings:
    """Spoken lines by their written text; each is rendered once and then kept.

    May be asked from several threads. ``by_sentence``: a line is put together from its sentences,
    so that whoever has them has every line made of them. ``stand_in`` are the same lines in a
    voice that is quick enough to say what is not ready in this one.
    """

    def __init__(
        self,
        synthesiser: Synthesiser,
        respell: Respeller,
        cache: LineCache,
        max_memory_bytes: int = MAX_MEMORY_BYTES,
        *,
        by_sentence: bool = False,
        stand_in: "Renderings | None" = None,
    ) -> None:
        self.stand_in = stand_in
        self._synthesiser = synthesiser
        self._respell = respell
        self._cache = cache
        self._max_memory_bytes = max_memory_bytes
        self._pieces: Callable[[str], list[str]] = sentences if by_sentence else _in_one
        self._memory: OrderedDict[str, Pcm] = OrderedDict()
        self._memory_bytes = 0
        self._lengths: dict[str, float] = {}
        self._letters, self._spoken_seconds = 0, 0.0
        self._memory_lock = threading.Lock()
        self._one_at_a_time = threading.Lock()  # the same line twice may differ in length

    def pcm(self, text: str) -> Pcm:
        """Return the line at 22,050 Hz, trimmed and levelled; VoiceError if it can't be spoken."""
        pcm = _joined([self._piece(piece) for piece in self._pieces(text)])
        self._lengths[text] = len(pcm) / VOICE_RATE_HZ
        return pcm

    def ready(self, text: str) -> Pcm | None:
        """Return the line if it need not be rendered: from memory, or from disk (about 1 ms)."""
        pieces = []
        for piece in self._pieces(text):
            pcm = self._ready_piece(piece)
            if pcm is None:
                return None
            pieces.append(pcm)
        return _joined(pieces)

    def seconds(self, text: str) -> float:
        """Return how long the line is, rendering it; an estimate if it can't be spoken."""
        if text not in self._lengths:
            try:
                self.pcm(text)
            except VoiceError as error:
                _log.info("The length of a line is only estimated: %s", error)
                self._lengths[text] = self.estimated_seconds(text)  # until it has been said
        return self._lengths[text]

    def known_seconds(self, text: str) -> float | None:
        """Return how long the line is, if that is known without rendering it."""
        known = self._lengths.get(text)
        if known is None and (pcm := self.ready(text)) is not None:
            known = self._lengths[text] = len(pcm) / VOICE_RATE_HZ
        return known

    def estimated_seconds(self, text: str) -> float:
        """Return how long a line may be that has yet to be rendered, by those that have been."""
        if self._letters < LEARNT_FROM_LETTERS:
            return len(text) * SECONDS_PER_CHARACTER
        return len(text) * self._spoken_seconds / self._letters

    def is_kept(self, text: str) -> bool:
        """Return whether the line is at hand without rendering it."""
        return all(
            piece in self._memory or self._cache.has(self._key(self._respell(piece)))
            for piece in self._pieces(text)
        )

    def _key(self, spoken: str) -> str:
        return f"{FORMAT}\n{self._synthesiser.identity}\n{spoken}"

    def _piece(self, text: str) -> Pcm:
        pcm = self._ready_piece(text)
        if pcm is not None:
            return pcm
        with self._one_at_a_time:
            pcm = self._ready_piece(text)  # while it waited, it may have been rendered
            return self._rendered(text) if pcm is None else pcm

    def _ready_piece(self, text: str) -> Pcm | None:
        with self._memory_lock:
            kept = self._memory.get(text)
            if kept is not None:
                self._memory.move_to_end(text)
                return kept
        pcm = self._cache.get(self._key(self._respell(text)))
        if pcm is not None:
            self._remember(text, pcm)
        return pcm

    def _rendered(self, text: str) -> Pcm:
        spoken = self._respell(text)
        pcm = polish(self._synthesiser.render(spoken))
        self._cache.put(self._key(spoken), pcm)
        self._remember(text, pcm)
        return pcm

    def _remember(self, text: str, pcm: Pcm) -> None:
        with self._memory_lock:
            if text in self._memory:
                return
            self._memory[text] = pcm
            self._memory_bytes += pcm.nbytes
            self._letters += len(text)
            self._spoken_seconds += len(pcm) / VOICE_RATE_HZ
            while self._memory_bytes > self._max_memory_bytes:
                _, given_up = self._memory.popitem(last=False)
                self._memory_bytes -= given_up.nbytes


def _in_one(text: str) -> list[str]:
    return [text]


def _joined(pieces: list[Pcm]) -> Pcm:
    """Return sentences one after the other, with a pause between them."""
    if len(pieces) == 1:
        return pieces[0]
    pause = silence(round(SENTENCE_GAP_SECONDS * VOICE_RATE_HZ))
    return np.concatenate([part for piece in pieces for part in (pause, piece)][1:])
