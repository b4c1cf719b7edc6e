"""Reads Kaldi's binary encoding, as far as our own acoustic models use it, and writes floats.

Numbers carry their size as a byte before them; words end in a space. A matrix may be compressed to
16 or 8 bits a value: value = minimum + range * q / (2^bits - 1).
"""

import struct

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_COMPRESSED = {"CM2": 2, "CM3": 1}
"""Bytes for each value of a compressed matrix."""


class KaldiFormatError(Exception):
    """Something else stands in the file than was asked for."""


class KaldiReader:
    """Goes through the bytes of one Kaldi binary file; ``place`` is where it stands.

    Every method raises KaldiFormatError where something else stands there, or nothing more.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0
        if self._take(2) != b"\0B":
            raise KaldiFormatError("no binary file of Kaldi")

    def expect(self, *words: str) -> None:
        """Go past these words."""
        for word in words:
            if (found := self.word()) != word:
                raise KaldiFormatError(f"{found} in place of {word}")

    def word(self) -> str:
        """Return the next word, such as ``<Nnet3>``."""
        end = self._data.find(b" ", self.place)
        if not 0 < end - self.place < 100:
            raise KaldiFormatError("no word")
        text = self._take(end + 1 - self.place)[:-1]
        return text.decode("ascii", errors="replace")

    def lines(self) -> list[str]:
        """Return lines of text up to an empty one, which is passed."""
        end = self._data.find(b"\n\n", self.place)
        if end < 0:
            raise KaldiFormatError("no empty line")
        text = self._take(end + 2 - self.place)
        return text.decode("ascii", errors="replace").split("\n")[:-2]

    def int32(self) -> int:
        """Return a whole number of 32 bits."""
        self._size(4)
        return self._int()

    def float32(self) -> float:
        """Return a number of 32 bits."""
        self._size(4)
        return float(struct.unpack("<f", self._take(4))[0])

    def float64(self) -> float:
        """Return a number of 64 bits."""
        self._size(8)
        return float(struct.unpack("<d", self._take(8))[0])

    def int_vector(self) -> list[int]:
        """Return whole numbers."""
        self._size(4)
        return list(map(int, np.frombuffer(self._take(4 * self._int()), "<i4")))

    def vector(self) -> Floats:
        """Return numbers; there may be none."""
        self.expect("FV")
        return np.frombuffer(self._take(4 * self.int32()), "<f4").astype(np.float32)

    def matrix(self) -> Floats:
        """Return a matrix, compressed or not, as (rows, columns)."""
        kind = self.word()
        if kind == "FM":
            rows, columns = self.int32(), self.int32()
            values = np.frombuffer(self._take(4 * rows * columns), "<f4")
            return values.reshape(rows, columns).astype(np.float32)
        if kind not in _COMPRESSED:
            raise KaldiFormatError(f"{kind} in place of a matrix")
        lowest, scale, rows, columns = struct.unpack("<ffii", self._take(16))
        size = _COMPRESSED[kind]
        steps = np.frombuffer(self._take(size * rows * columns), f"<u{size}")
        top = 2 ** (8 * size) - 1
        restored: Floats = (lowest + scale / top * steps).astype(np.float32)
        return restored.reshape(rows, columns)

    def _size(self, wanted: int) -> None:
        if self._take(1)[0] != wanted:
            raise KaldiFormatError(f"no number of {wanted} bytes")

    def _int(self) -> int:
        return int(struct.unpack("<i", self._take(4))[0])

    def _take(self, size: int) -> bytes:
        taken = self._data[self.place : self.place + size] if size >= 0 else b""
        if size < 0 or len(taken) < size:
            raise KaldiFormatError("the file ends too soon")
        self.place += size
        return taken


def vector_bytes(values: Floats) -> bytes:
    """Return how numbers stand in a file."""
    return b"FV " + struct.pack("<bi", 4, values.size) + values.astype("<f4").tobytes()
