from __future__ import annotations

import numpy as np
import pytest

from models.training.kaldi import KaldiWriter, dequantise


def test_numbers_carry_their_size() -> None:
    writer = KaldiWriter()
    writer.token("<Dim>")
    writer.int32(3)
    assert writer.getvalue() == b"\0B<Dim> \x04\x03\x00\x00\x00"


def test_an_empty_vector_has_a_length() -> None:
    writer = KaldiWriter()
    writer.float_vector(np.zeros(0))
    assert writer.getvalue() == b"\0BFV \x04\x00\x00\x00\x00"


@pytest.mark.parametrize(("bits", "error"), [(8, 0.01), (16, 1e-4)])
def test_quantised_weights_stay_close(bits: int, error: float) -> None:
    values = np.random.default_rng(1).uniform(-1, 1, (40, 30))
    assert np.abs(dequantise(values, bits) - values).max() < error


def test_a_matrix_states_its_rows_and_columns() -> None:
    writer = KaldiWriter()
    writer.matrix(np.zeros((2, 3)), bits=8)
    assert writer.getvalue()[2:6] == b"CM3 "
    assert writer.getvalue()[14:22] == bytes([2, 0, 0, 0, 3, 0, 0, 0])
