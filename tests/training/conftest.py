"""The recipe's tests need its own dependencies, which training with the coach never needs."""

from __future__ import annotations

import pytest

for _module in ("torch", "wordfreq"):
    pytest.importorskip(_module, reason="the recipe's dependencies (extra `train`) are missing")
