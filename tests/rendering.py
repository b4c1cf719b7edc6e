"""Every line sounds the same in each run, whatever was said before it.

What espeak-ng renders depends a little (by 1 to 10 samples, and in phase) on what the process has
rendered before: a counter for the flutter of its voice is never set back. Tests that listen to the
coach would hear another one each time. So here every line is rendered by a process of its own.
"""

import multiprocessing
from functools import cache, partial
from multiprocessing.connection import Connection

import skill.voice
from skill.messages.blocks import Pcm, silence
from skill.messages.cues import Pitch
from skill.voice.cache import LineCache
from skill.voice.synthesis import Pyttsx3Synthesiser

_CACHE_BYTES = 2**30
"""A home of several people's lines, in two voices: with less they push each other out."""


class SteadySynthesiser(Pyttsx3Synthesiser):
    """Renders as if nothing had been rendered before; about 50 ms a line."""

    def __init__(self, voice_name: str, words_per_minute: int, pitch: Pitch = Pitch.NORMAL) -> None:
        super().__init__(voice_name, words_per_minute, pitch)
        self._as_given = voice_name, words_per_minute, pitch
        self.identity += " steady"

    def render(self, text: str) -> Pcm:
        if not text.strip():
            return silence(0)
        receiver, sender = _context().Pipe(duplex=False)
        process = _context().Process(target=_render, args=(sender, self._as_given, text))
        process.start()
        sender.close()
        try:
            rendered: Pcm | Exception = receiver.recv()
        finally:  # whatever happens: one that could not send would never end
            process.kill()
            process.join()
        if isinstance(rendered, Exception):
            raise rendered
        return rendered


@cache
def _context() -> "multiprocessing.context.ForkServerContext":
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["skill.voice.synthesis"])
    return context


def _render(sender: Connection, how: tuple[str, int, Pitch], text: str) -> None:
    try:
        sender.send(Pyttsx3Synthesiser(*how).render(text))
    except Exception as error:
        sender.send(error)


def make_steady() -> None:
    """Let every voice that is opened in this process be a steady one, and keep all its lines."""
    skill.voice.Pyttsx3Synthesiser = SteadySynthesiser  # type: ignore[misc]
    skill.voice.LineCache = partial(LineCache, max_bytes=_CACHE_BYTES)  # type: ignore[misc]
