"""Writes a model directory that Vosk loads: acoustic model, graph, settings.

Only the acoustic model needs PyTorch: the graph is rebuilt without it after a change of dialogs.
"""

from __future__ import annotations

import logging
import math
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pynini
import pywrapfst

from rueckgrat.adaptation.acoustic_model import read_acoustic_model

from . import graph, lexicon, words
from .config import RECIPE, RecipeError
from .phones import OUTPUTS
from .topology import Topology, placed, word_boundary_lines

if TYPE_CHECKING:
    from .network import PhoneNet

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Decoding:
    """Settings of the decoder; the prices were chosen on development data (see the model card)."""

    unknown_penalty: float = 5.0
    """What ``[unk]`` costs for every phone (natural logarithm of a probability)."""
    other_penalty: float = 3.0
    """What ``[other]`` costs for every phone."""
    decoy_cost: float = 1.0
    """What a word costs that is in no command (natural logarithm of a probability)."""
    unknown_share: float = 0.01
    """Share of ``[unk]``, and of ``[other]``, in free decoding."""
    options: dict[str, object] = field(
        default_factory=lambda: {
            "min-active": 200,
            "max-active": 3000,
            "beam": 10.0,
            "lattice-beam": 2.0,
            "acoustic-scale": RECIPE.acoustic_scale,
            "frame-subsampling-factor": 3,
            "frames-per-chunk": 15,
            "endpoint.silence-phones": 1,
            "endpoint.rule2.min-trailing-silence": 0.5,
            "endpoint.rule3.min-trailing-silence": 0.75,
            "endpoint.rule4.min-trailing-silence": 1.0,
        }
    )


_FRONT_END = {
    "use-energy": "false",
    "num-mel-bins": 40,
    "num-ceps": 40,
    "cepstral-lifter": 0,
    "low-freq": 20,
    "high-freq": 7600,
    "sample-frequency": 16000,
    "dither": 0,
}
"""What Vosk computes from the audio; :mod:`fbank` is the same before the cosine transform."""


def write_acoustic(model: Path, network: PhoneNet, priors: np.ndarray) -> None:
    """Write ``am/final.mdl`` and ``conf/mfcc.conf``."""
    from .acoustic import final_mdl

    _folder(model / "am").joinpath("final.mdl").write_bytes(final_mdl(network, priors))
    _write_options(_folder(model / "conf") / "mfcc.conf", _FRONT_END)


def write_graph(model: Path, dialogs: Path, common: int, decoding: Decoding) -> None:
    """Write ``graph/`` and ``conf/model.conf`` for the words of today's dialogs."""
    entries = lexicon.build(dialogs, common, decoding.decoy_cost)
    vocabulary = lexicon.vocabulary(entries)
    numbers = {word: number for number, word in enumerate(vocabulary, start=1)}
    garbage_costs = {
        words.UNKNOWN: decoding.unknown_penalty,
        words.OTHER: decoding.other_penalty,
    }
    built = graph.build(entries, numbers, garbage_costs, Topology(_outputs(model)))
    folder = _folder(model / "graph")
    relabelled = _convert_for_lookahead(built.hcl, folder / "HCLr.fst")
    numbers = {word: relabelled[number] for word, number in numbers.items()}
    _write_grammar(folder / "Gr.fst", numbers, decoding)
    lines = [f"{label}\n" for label in built.disambiguation]
    (folder / "disambig_tid.int").write_text("".join(lines))
    boundaries = "\n".join(word_boundary_lines()) + "\n"
    (_folder(folder / "phones") / "word_boundary.int").write_text(boundaries)
    (folder / "pronunciations.txt").write_text(pronunciation_text(entries), encoding="utf-8")
    _write_options(_folder(model / "conf") / "model.conf", decoding.options)
    _LOG.info("%d words, %d pronunciations", len(vocabulary), len(entries))


def pronunciation_text(entries: list[lexicon.Entry]) -> str:
    """Return one line for each way to say a word: the word, and the ids of its placed phones.

    Vosk doesn't read it. A person's voice is learnt with it: what was to be said is known then.
    """
    lines = (f"{entry.word} {' '.join(map(str, placed(entry.phones)))}\n" for entry in entries)
    return "".join(lines)


def _outputs(model: Path) -> int:
    """Return how many outputs the network has that stands there, else one of today's."""
    if not (model / "am" / "final.mdl").exists():
        return len(OUTPUTS)
    return int(read_acoustic_model(model).log_priors.size)


def _convert_for_lookahead(hcl: pynini.Fst, path: Path) -> dict[int, int]:
    """Write HCL as a look-ahead FST; return the new id of every word id."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # OpenFst finds the FST type by this file name in the library path.
        (folder / "olabel_lookahead-fst.so").symlink_to(_lookahead_library())
        hcl.write(str(folder / "hcl.fst"))
        subprocess.run(
            [
                _tool("fstconvert"),
                "--fst_type=olabel_lookahead",
                f"--save_relabel_opairs={folder / 'relabel'}",
                *(str(folder / "hcl.fst"), str(path)),
            ],
            check=True,
            env={**os.environ, "LD_LIBRARY_PATH": str(folder)},
        )
        pairs = [line.split() for line in (folder / "relabel").read_text().splitlines()]
    return {int(old): int(new) for old, new in pairs}


def _write_grammar(path: Path, numbers: dict[str, int], decoding: Decoding) -> None:
    """Write the unigram grammar for free decoding, with the words as its symbol table."""
    garbage = (words.UNKNOWN, words.OTHER)
    shares = words.frequencies(word for word in numbers if word not in garbage)
    total = sum(shares.values()) / (1.0 - len(garbage) * decoding.unknown_share)
    costs = {numbers[word]: -math.log(share / total) for word, share in shares.items()}
    costs |= {numbers[word]: -math.log(decoding.unknown_share) for word in garbage}
    grammar = graph.unigram(costs)
    symbols = pywrapfst.SymbolTable()
    symbols.add_symbol("<eps>", 0)
    for word, number in sorted(numbers.items(), key=lambda item: item[1]):
        symbols.add_symbol(word, number)
    grammar.set_output_symbols(symbols)
    pywrapfst.convert(grammar, "const").write(str(path))


def _write_options(path: Path, options: dict[str, object]) -> None:
    path.write_text("".join(f"--{name}={value}\n" for name, value in options.items()))


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise RecipeError(f"{name} is missing: apt install libfst-tools.")
    return path


def _lookahead_library() -> str:
    found = sorted(str(path) for path in Path("/usr/lib").glob("*/libfstlookahead.so.*"))
    if not found:
        raise RecipeError("libfstlookahead is missing: apt install libfst-tools.")
    return found[0]
