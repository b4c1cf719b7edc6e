"""WAV files whose header is damaged: what of them can be read all the same.

Writers die before they note a length, editors cut files, programs put long notes or another file
before the sound. Here the sound is found, and gets a header that says what there is.
"""

import mmap
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Data: TypeAlias = bytes | mmap.mmap
"""A whole file."""

_LOOK_BYTES = 1 << 20
"""A picture may stand before a recording, but hardly a larger one."""

_ID = re.compile(rb"[A-Za-z0-9 _-]{4}")
_BEGIN = re.compile(rb"RIFF.{4}WAVE", re.DOTALL)
_MARKED = re.compile(rb"WAVE(?=fmt |bext|LIST|JUNK|junk|fact)")
_MATTERS = re.compile(rb"fmt |data")
_OTHERS = (b"RF64", b"RIFX", b"OggS", b"fLaC", b"FORM", b"caff", b".snd")
_WHOLE_RECORDINGS = (b"OggS", b"fLaC", b"RIFF", b"ID3")
_EXTENSIBLE = 0xFFFE
_USUAL_BEGIN = len(b"RIFF....WAVE")
UNKNOWN_LENGTH = 0x7FFF_0000
"""Programs that write into a pipe leave a length of about 2 or 4 GiB: it says nothing."""

PLAIN = (0x0001, 0x0003, 0x0006, 0x0007)
"""Numbers of the formats that are samples one by one."""

_BYTES_PER_SAMPLE = dict(zip(PLAIN, (2, 4, 1, 1), strict=True))
"""Of the plain formats, where the header does not say."""


@dataclass(frozen=True)
class WavParts:
    """Where things are in a WAV: its format, and the sound from ``begins`` to ``ends``.

    ``is_right`` tells whether a reader that believes the header finds the same, ``is_whole``
    whether nothing had to be guessed.
    """

    format: bytes
    begins: int
    ends: int
    is_right: bool
    is_whole: bool

    @property
    def tag(self) -> int:
        """The number of the format of the sound, 1 for plain samples."""
        tag = int.from_bytes(self.format[:2], "little")
        if tag == _EXTENSIBLE and len(self.format) >= 26:
            return int.from_bytes(self.format[24:26], "little")
        return tag


def wav_parts(data: Data) -> WavParts | None:
    """Return the parts of a WAV, however its header is damaged; None where there are none."""
    begin = _begin(data)
    chunks = [] if begin is None else list(_chunks(data, begin))
    formats = [chunk for chunk in chunks if chunk.name == b"fmt "]
    sounds = [chunk for chunk in chunks if chunk.name == b"data"]
    if not formats or not sounds:
        return None
    sound = max(sounds, key=lambda one: one.ends - one.begins)
    written = data[formats[0].begins : formats[0].ends]
    mended = _mended_format(written)
    if mended is None:
        return None
    is_whole = (
        len(sounds) == 1
        and formats[0].begins < sound.begins
        and mended == written
        and not any(chunk.was_sought or chunk.was_too_short for chunk in chunks)
    )
    says_nothing = sound.length == 0 and sound.ends > sound.begins
    is_right = is_whole and begin == _USUAL_BEGIN and not says_nothing
    return WavParts(mended, sound.begins, sound.ends, is_right, is_whole)


def rewritten(data: Data, parts: WavParts) -> bytes:
    """Return the recording inside a WAV under a header that is right.

    Where the sound is a whole recording of another format, that alone.
    """
    sound = data[parts.begins : parts.ends]
    if holds_recording(data, parts):
        return sound
    written = parts.format
    if parts.tag in PLAIN:
        written = parts.tag.to_bytes(2, "little") + written[2:16]
    length = min(len(sound), 0xFFFF_FFFF - 100)
    head = b"fmt " + struct.pack("<I", len(written)) + written
    head += b"\0" * (len(head) % 2) + b"data" + struct.pack("<I", length)
    return b"".join((b"RIFF", struct.pack("<I", len(head) + 4 + length), b"WAVE", head, sound))


def holds_recording(data: Data, parts: WavParts) -> bool:
    """Tell whether the sound of a WAV is a whole recording of another format, such as an OGG."""
    return data[parts.begins : parts.begins + 4].startswith(_WHOLE_RECORDINGS)


# --- inside -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Chunk:
    name: bytes
    begins: int
    ends: int
    length: int
    was_sought: bool
    was_too_short: bool = False


def _begin(data: Data) -> int | None:
    """Return where the chunks of a WAV begin; None where none is to be seen."""
    head = data[:_LOOK_BYTES]
    if head.startswith(_OTHERS):
        return None
    found = _BEGIN.search(head) or _MARKED.search(head)
    return found.end() if found else None


def _chunks(data: Data, at: int) -> Iterator[_Chunk]:
    """Yield one chunk after the other; where none follows, the next one that matters is sought."""
    size, sought, filled_up = len(data), False, False
    while at + 8 <= size:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        name, begins = data[at : at + 4], at + 8
        ends, too_short = begins + length, False
        if name == b"data":
            ends, too_short = _sound_end(data, begins, length)
        elif not _is_chunk(data, at) or ends > size:
            if filled_up and _is_chunk(data, at - 1):  # the last one's length was odd, no more
                at -= 1
            elif (found := _next_that_matters(data, at + 1)) is not None:
                at = found
            else:
                return
            sought, filled_up = True, False
            continue
        yield _Chunk(name, begins, min(ends, size), length, sought, too_short)
        filled_up = ends % 2 == 1
        at, sought = ends + filled_up, False


def _sound_end(data: Data, begins: int, length: int) -> tuple[int, bool]:
    """Return where the sound ends, and whether the header says less than there is."""
    size, ends = len(data), begins + length
    if length == 0 and not _is_chunk(data, begins):
        return size, False
    if length >= UNKNOWN_LENGTH or ends >= size or length == 0:
        return min(ends, size), False
    rest = data[ends : ends + 16]
    follows = _is_chunk(data, ends) or _is_chunk(data, ends + ends % 2)
    is_filling = not rest.strip(b"\0") or size - ends < 8
    return (ends, False) if follows or is_filling else (size, True)


def _is_chunk(data: Data, at: int) -> bool:
    return _ID.fullmatch(data[at : at + 4]) is not None and at + 8 <= len(data)


def _next_that_matters(data: Data, at: int) -> int | None:
    """Return where the format or the sound begins next."""
    found = _MATTERS.search(data[at : at + _LOOK_BYTES])
    return at + found.start() if found else None


def _mended_format(written: bytes) -> bytes | None:
    """Return a format whose figures can be; None where the rate is not to be known."""
    if len(written) < 16:
        return None
    tag, channels, rate_hz, bytes_per_second, frame_bytes, bits = struct.unpack(
        "<HHIIHH", written[:16]
    )
    usual_bytes = _BYTES_PER_SAMPLE.get(tag)
    if usual_bytes is None or (channels and bits and _is_rate(rate_hz)):
        return written
    sample_bytes = bits // 8 or (frame_bytes // channels if channels else 0) or usual_bytes
    channels = channels or max(1, frame_bytes // sample_bytes)
    frame_bytes = channels * sample_bytes
    rate_hz = rate_hz if _is_rate(rate_hz) else bytes_per_second // frame_bytes
    if not _is_rate(rate_hz):
        return None
    figures = (tag, channels, rate_hz, rate_hz * frame_bytes, frame_bytes, 8 * sample_bytes)
    return struct.pack("<HHIIHH", *figures) + written[16:]


def _is_rate(rate_hz: int) -> bool:
    return 1_000 <= rate_hz <= 768_000
