"""Is there a whole speech model in this directory? Asked before libvosk is.

libvosk reports a missing directory as a bare ``Exception`` and dies by a segmentation fault when
the graph is missing or cut short, so the files are looked at first.
"""

import struct
from pathlib import Path

from skill.errors import ModelError, reason
from skill.files import is_file, is_folder, is_there

_FILES = (
    *("am/final.mdl", "conf/mfcc.conf", "conf/model.conf"),
    *("graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int"),
)
_GRAPHS = ("graph/HCLr.fst", "graph/Gr.fst")
_MAY_BE_EMPTY = ("graph/disambig_tid.int",)
_FIXED_GRAPH = "graph/HCLG.fst"

_KALDI_BINARY = b"\0B"
_FST_MAGIC = 2125659606
"""``kFstMagicNumber`` of OpenFst's ``fst.h``: the first four bytes of every graph file."""

_CONST_STATE_BYTES = 20
_CONST_ARC_BYTES = 16
"""Sizes on disk in a graph of type "const" (OpenFst's ``const-fst.h``)."""

_MEND = (
    "Hol es noch einmal mit „rueckgrat model fetch“, oder nimm ein anderes mit"
    " „rueckgrat model use“."
)


def check_model_dir(model_dir: Path) -> None:
    """Raise ModelError unless every file that run-time grammars need is there and looks whole.

    Looks whole: not empty, the right kind, and a graph no shorter than its states and arcs. The
    look-ahead table behind the arcs of ``HCLr.fst`` declares no length; a file cut in there
    passes. Only a checksum finds that, and the fetched archive has one.
    """
    if not is_folder(model_dir):
        raise ModelError(f"In {model_dir} ist kein Sprachmodell.", _MEND, code="model-missing")
    try:
        _check_files(model_dir)
    except OSError as error:
        raise ModelError(
            f"{error.filename or model_dir} kann ich nicht lesen ({reason(error)}).",
            "Mach den Ordner lesbar, oder hol ein Modell mit „model fetch“.",
            code="model-unreadable",
            path=model_dir,
        ) from error


def _check_files(model_dir: Path) -> None:
    if is_there(model_dir / _FIXED_GRAPH):
        raise ModelError(
            f"Das Sprachmodell in {model_dir} hat einen festen Graphen ({_FIXED_GRAPH}) und lässt"
            " sich keine Befehle vorgeben.",
            "Nimm ein kleines Modell: eines mit graph/HCLr.fst und graph/Gr.fst.",
            code="model-too-big",
        )
    for name in _FILES:
        path = model_dir / name
        if not is_file(path):
            raise ModelError(f"Dem Sprachmodell in {model_dir} fehlt {name}.", _MEND)
        if path.stat().st_size == 0 and name not in _MAY_BE_EMPTY:
            raise ModelError(f"{path} ist leer: Das Sprachmodell ist nur halb da.", _MEND)
    if not _starts_with(model_dir / "am/final.mdl", _KALDI_BINARY):
        raise ModelError(f"{model_dir / 'am/final.mdl'} ist kein Modell von Kaldi.", _MEND)
    for name in _GRAPHS:
        _check_graph(model_dir / name)


def _starts_with(path: Path, head: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(head)) == head


def _check_graph(path: Path) -> None:
    if not _starts_with(path, struct.pack("<I", _FST_MAGIC)):
        raise ModelError(f"{path} ist kein Graph von OpenFst.", _MEND)
    try:
        whole = path.stat().st_size >= _least_bytes(path)
    except (struct.error, UnicodeDecodeError):
        whole = False
    if not whole:
        raise ModelError(f"{path} ist zu kurz: Das Sprachmodell ist nur halb da.", _MEND)


def _least_bytes(path: Path) -> int:
    """Return the bytes that the header promises; 0 for kinds of graph not read here.

    A look-ahead graph has a header of its own, four bytes of magic, and then the graph proper.
    """
    with path.open("rb") as file:
        head = file.read(512)
    kind, states, arcs, end = _header(head)
    if kind.endswith("_lookahead"):
        kind, states, arcs, _ = _header(head[end + 4 :])
    return states * _CONST_STATE_BYTES + arcs * _CONST_ARC_BYTES if kind == "const" else 0


def _header(head: bytes) -> tuple[str, int, int, int]:
    """Return kind, states, arcs and length of an OpenFst header (``fst.cc``: ``FstHeader::Read``).

    Magic, two strings (kind of graph, kind of arc), version, flags, then as 64-bit numbers
    properties, start state, states, arcs.
    """
    kind, place = _string(head, 4)
    _, place = _string(head, place)
    states, arcs = struct.unpack_from("<qq", head, place + 24)
    return kind, states, arcs, place + 40


def _string(head: bytes, place: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<i", head, place)
    start = place + 4
    text, *_ = struct.unpack_from(f"{max(length, 0)}s", head, start)
    return text.decode(), start + length
