"""Kaldi's binary encoding, as far as an acoustic model needs it."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import numpy as np


class KaldiWriter:
    """Collects the bytes of one Kaldi binary file."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO(b"\0B")
        self._buffer.seek(0, io.SEEK_END)

    def getvalue(self) -> bytes:
        """Return the whole file."""
        return self._buffer.getvalue()

    def token(self, *names: str) -> None:
        """Write tokens such as ``<Nnet3>``."""
        for name in names:
            self._buffer.write(name.encode("ascii") + b" ")

    def text(self, text: str) -> None:
        """Write plain text (the network's configuration)."""
        self._buffer.write(text.encode("ascii"))

    def int32(self, *values: int) -> None:
        """Write 32-bit integers, each with its size byte."""
        for value in values:
            self._buffer.write(struct.pack("<bi", 4, value))

    def float32(self, value: float) -> None:
        """Write a float with its size byte."""
        self._buffer.write(struct.pack("<bf", 4, value))

    def float64(self, value: float) -> None:
        """Write a double with its size byte."""
        self._buffer.write(struct.pack("<bd", 8, value))

    def int_vector(self, values: Sequence[int]) -> None:
        """Write a vector of 32-bit integers (no size bytes inside)."""
        self._buffer.write(struct.pack("<bi", 4, len(values)))
        self._buffer.write(np.asarray(values, dtype="<i4").tobytes())

    def float_vector(self, values: np.ndarray) -> None:
        """Write a float vector; it may be empty."""
        self.token("FV")
        self.int32(len(values))
        self._buffer.write(np.asarray(values, dtype="<f4").tobytes())

    def matrix(self, values: np.ndarray, bits: int) -> None:
        """Write a matrix in Kaldi's compressed form: ``bits`` (8 or 16) per value."""
        lowest, scale, quantised = quantise(values, bits)
        self.token({8: "CM3", 16: "CM2"}[bits])
        self._buffer.write(struct.pack("<ffii", lowest, scale, *values.shape))
        self._buffer.write(quantised.tobytes())


def quantise(values: np.ndarray, bits: int) -> tuple[float, float, np.ndarray]:
    """Return (minimum, range, unsigned integers) with value = minimum + range * q / (2^bits - 1).

    With 8 bits the few outliers beyond 6 standard deviations are clipped: else they would coarsen
    all other weights.
    """
    limit = 6.0 * float(values.std()) if bits == 8 else np.inf
    lowest = max(float(values.min()), -limit)
    highest = min(float(values.max()), limit)
    scale = max(highest - lowest, 1e-12)
    top = 2**bits - 1
    steps = np.rint((np.clip(values, lowest, highest) - lowest) / scale * top)
    return lowest, scale, steps.astype("<u1" if bits == 8 else "<u2")


def dequantise(values: np.ndarray, bits: int) -> np.ndarray:
    """Return the values as a reader of :meth:`KaldiWriter.matrix` will see them."""
    lowest, scale, quantised = quantise(values, bits)
    return lowest + scale * quantised.astype(np.float32) / (2**bits - 1)
