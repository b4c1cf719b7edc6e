"""The whole way from a network to a Vosk directory, with an untrained network and three words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

for _module in ("torch", "pynini", "wordfreq"):
    pytest.importorskip(_module, reason="the extra `train` is not installed")
if shutil.which("fstconvert") is None or shutil.which("espeak-ng") is None:
    pytest.skip("libfst-tools or espeak-ng is not installed", allow_module_level=True)

from models.training import export, graph  # noqa: E402
from models.training.lexicon import Entry  # noqa: E402
from models.training.network import PhoneNet  # noqa: E402
from models.training.phones import PHONES  # noqa: E402

_ASK_VOSK = """
import json, sys, vosk
vosk.SetLogLevel(-1)
model = vosk.Model(sys.argv[1])
grammar = json.dumps(["weiter", "zurück", "[unk]"], ensure_ascii=False)
recogniser = vosk.KaldiRecognizer(model, 16000, grammar)
recogniser.AcceptWaveform(bytes(32000))
known = [model.vosk_model_find_word(word) >= 0 for word in ("weiter", "[unk]", "quark123")]
print(json.dumps([known, "text" in json.loads(recogniser.FinalResult())]))
"""


@pytest.mark.slow
def test_stock_vosk_loads_what_is_written(tmp_path: Path) -> None:
    if find_spec("vosk") is None:
        pytest.skip("vosk is not installed")
    export.write_acoustic(tmp_path, PhoneNet(8).eval(), np.full(len(PHONES), 1 / len(PHONES)))
    export.write_graph(tmp_path, tmp_path, 3, export.Decoding())
    spelt = (tmp_path / "graph/pronunciations.txt").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("weiter ") for line in spelt)
    # Another process: pynini and vosk must not share one.
    answer = subprocess.run(
        [sys.executable, "-c", _ASK_VOSK, str(tmp_path)], capture_output=True, check=True, text=True
    )
    assert json.loads(answer.stdout) == [[True, True, False], True]


def test_homophones_take_disambiguation_symbols() -> None:
    entries = [Entry("mal", ("m", "A:", "l")), Entry("mahl", ("m", "A:", "l"))]
    built = graph.build(entries, {"[unk]": 1, "mal": 2, "mahl": 3}, {"[unk]": 1.0})
    assert len(built.disambiguation) == 1
