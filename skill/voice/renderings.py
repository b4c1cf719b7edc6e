"""Lines of text to samples that are ready to be played: from memory, disk, or rendered anew."""

import logging
from collections import OrderedDict

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.voice.cache import LineCache
from skill.voice.polish import polish
from skill.voice.respelling import Respeller
from skill.voice.synthesis import Synthesiser

FORMAT = 2
"""Raise it whenever a change to ``polish`` makes kept renderings sound different from new ones."""

MAX_MEMORY_BYTES = 16 * 1024 * 1024
"""Renderings held in memory: about six minutes of speech."""

SECONDS_PER_CHARACTER = 0.08
"""How long a line is that could not be rendered, to plan with: measured in docs/voice.md."""

_log = logging.getLogger(__name__)


class Renderings:
    """Spoken lines by their written text; each is rendered once and then kept."""

    def __init__(
        self,
        synthesiser: Synthesiser,
        respell: Respeller,
        cache: LineCache,
        max_memory_bytes: int = MAX_MEMORY_BYTES,
    ) -> None:
        self._synthesiser = synthesiser
        self._respell = respell
        self._cache = cache
        self._max_memory_bytes = max_memory_bytes
        self._memory: OrderedDict[str, Pcm] = OrderedDict()
        self._memory_bytes = 0

    def pcm(self, text: str) -> Pcm:
        """Return the line at 22,050 Hz, trimmed and levelled; VoiceError if it can't be spoken."""
        kept = self._memory.get(text)
        if kept is not None:
            self._memory.move_to_end(text)
            return kept
        pcm = self._load_or_render(self._respell(text))
        self._remember(text, pcm)
        return pcm

    def seconds(self, text: str) -> float:
        """Return how long the line is; an estimate if it can't be spoken."""
        try:
            return len(self.pcm(text)) / VOICE_RATE_HZ
        except VoiceError as error:
            _log.info("The length of a line is only estimated: %s", error)
            return len(text) * SECONDS_PER_CHARACTER

    def is_kept(self, text: str) -> bool:
        """Return whether the line is at hand without rendering it."""
        return text in self._memory or self._cache.has(self._key(self._respell(text)))

    def _key(self, spoken: str) -> str:
        return f"{FORMAT}\n{self._synthesiser.identity}\n{spoken}"

    def _load_or_render(self, spoken: str) -> Pcm:
        key = self._key(spoken)
        pcm = self._cache.get(key)
        if pcm is None:
            pcm = polish(self._synthesiser.render(spoken))
            self._cache.put(key, pcm)
        return pcm

    def _remember(self, text: str, pcm: Pcm) -> None:
        self._memory[text] = pcm
        self._memory_bytes += pcm.nbytes
        while self._memory_bytes > self._max_memory_bytes:
            _, given_up = self._memory.popitem(last=False)
            self._memory_bytes -= given_up.nbytes
