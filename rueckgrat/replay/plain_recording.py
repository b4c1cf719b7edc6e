"""A user who just talks: a plain recording, and then silence until the coach has no more to say."""

from rueckgrat.observers.record import Record
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, Pcm, silence


class PlainRecording:
    """Plays ``pcm`` (16 kHz) from the first block on, then listens.

    It leaves when the coach has had no line to say for ``patience_seconds``, at the latest
    ``tail_seconds`` after the recording's end.
    """

    def __init__(self, pcm: Pcm, patience_seconds: float = 5.0, tail_seconds: float = 60.0) -> None:
        self._pcm = pcm
        self._position = 0
        self._patience_seconds = patience_seconds
        self._tail_seconds = tail_seconds
        self._seconds = pcm.size / EAR_BLOCK_SAMPLES * BLOCK_SECONDS

    def next_block(self, record: Record, now_seconds: float) -> Pcm | None:
        """Return the next 1,600 samples; None to end."""
        if now_seconds >= self._seconds and self._has_waited(record, now_seconds):
            return None
        block = self._pcm[self._position : self._position + EAR_BLOCK_SAMPLES]
        self._position += EAR_BLOCK_SAMPLES
        return block if block.size == EAR_BLOCK_SAMPLES else _padded(block)

    def _has_waited(self, record: Record, now_seconds: float) -> bool:
        quiet_from = max(record.quiet_from_seconds, self._seconds)
        leave = min(quiet_from + self._patience_seconds, self._seconds + self._tail_seconds)
        return now_seconds >= leave


def _padded(block: Pcm) -> Pcm:
    padded = silence(EAR_BLOCK_SAMPLES)
    padded[: block.size] = block
    return padded
