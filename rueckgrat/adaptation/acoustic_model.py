"""The acoustic model of a speech model, ``am/final.mdl``: what our own recipe writes, and no other.

Read are the layers, what feeds what, which outputs belong to which phone, and the priors. Biases
can be put in place of others; every other byte stays as it was.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rueckgrat.adaptation.kaldi import Floats, KaldiFormatError, KaldiReader, vector_bytes
from skill.errors import ModelError, reason
from skill.written.text import NotTextError, read_text

INPUT = "input"
CEPSTRA = 40
"""Numbers in a frame; as many as there are mel bands, so that one becomes the other."""

_FRONT_END = {
    "--use-energy=false",
    "--num-mel-bins=40",
    "--num-ceps=40",
    "--cepstral-lifter=0",
    "--low-freq=20",
    "--high-freq=7600",
    "--sample-frequency=16000",
    "--dither=0",
}
"""The only ``conf/mfcc.conf`` for which ``features`` computes the same as Vosk."""


class ForeignModelError(ModelError):
    """The speech model is not of our own kind, so its layers cannot be changed here."""


@dataclass(frozen=True)
class Term:
    """One piece of a layer's input: the sum of nodes, ``offset`` frames of 10 ms away."""

    nodes: tuple[str, ...]
    offset: int


@dataclass(frozen=True)
class AffineLayer:
    """An affine map of ``terms`` laid side by side; ReLU follows, but after the last layer.

    ``matrix`` is (out, in). ``output`` is the node that others take their input from.
    """

    name: str
    output: str
    terms: tuple[Term, ...]
    matrix: Floats
    bias: Floats


@dataclass(frozen=True)
class AcousticModel:
    """What is in ``final.mdl``.

    ``layers`` stand in the order in which they are computed. ``outputs_of`` gives the network's
    outputs (pdfs) for each phone id; a phone may have several. ``places`` say which bytes of
    ``data`` each layer's bias is.
    """

    data: bytes
    layers: tuple[AffineLayer, ...]
    outputs_of: Mapping[int, tuple[int, ...]]
    log_priors: Floats
    places: Mapping[str, slice]

    def with_biases(self, biases: Sequence[Floats]) -> bytes:
        """Return the file with other biases for the first layers; all else to the byte."""
        data = bytearray(self.data)
        for layer, bias in zip(self.layers, biases, strict=False):
            if bias.shape != layer.bias.shape:
                raise ValueError(f"{layer.name} has {layer.bias.size} biases, not {bias.shape}")
            data[self.places[layer.name]] = vector_bytes(bias)
        return bytes(data)


def read_acoustic_model(model_dir: Path) -> AcousticModel:
    """Read the acoustic model of a speech model's folder.

    Raises ForeignModelError for one of another kind, ModelError for one that cannot be read.
    """
    try:
        data = (model_dir / "am" / "final.mdl").read_bytes()
        options = read_text(model_dir / "conf" / "mfcc.conf")
    except (OSError, NotTextError) as error:
        raise ModelError(
            f"Das Sprachmodell in {model_dir} kann ich nicht lesen ({reason(error)}).",
            "Mach den Ordner lesbar, oder hol es neu mit „rueckgrat model fetch“.",
            code="model-unreadable",
            path=model_dir,
        ) from error
    if set(options.split()) != _FRONT_END:
        raise foreign(model_dir.name)
    try:
        return parse(data)
    except (KaldiFormatError, ValueError) as error:
        raise foreign(model_dir.name) from error


def foreign(name: str) -> ForeignModelError:
    """Return the error for a model that is none of ours."""
    return ForeignModelError(
        f"Das Sprachmodell {name} ist nicht von der Art, die ich auf eine Stimme einstellen kann.",
        "Das kann nur das eingebaute: „rueckgrat model use rueckgrat-small-de“.",
        name=name,
    )


def parse(data: bytes) -> AcousticModel:
    """Return the model in these bytes; KaldiFormatError or ValueError if it is none of ours."""
    reader = KaldiReader(data)
    outputs_of = _transition_model(reader)
    reader.expect("<Nnet3>")
    graph = _Graph(reader.lines())
    reader.expect("<NumComponents>")
    parts: dict[str, tuple[Floats, Floats]] = {}
    places: dict[str, slice] = {}
    for _ in range(reader.int32()):
        reader.expect("<ComponentName>")
        name, kind = reader.word(), reader.word()
        if kind == "<FixedAffineComponent>":
            parts[name], places[name] = _affine(reader)
        elif kind in ("<RectifiedLinearComponent>", "<LogSoftmaxComponent>"):
            _nonlinearity(reader, kind)
            graph.kinds[name] = kind
        else:
            raise KaldiFormatError(f"a component of kind {kind}")
    reader.expect("</Nnet3>", "<LeftContext>")
    reader.int32()
    reader.expect("<RightContext>")
    reader.int32()
    reader.expect("<Priors>")
    priors = reader.vector()
    layers = tuple(graph.layers(parts))
    if len(priors) != len(layers[-1].bias) or priors.min() <= 0 or reader.place != len(data):
        raise KaldiFormatError("the priors do not fit")
    return AcousticModel(data, layers, outputs_of, np.log(priors), places)


def _transition_model(reader: KaldiReader) -> dict[int, tuple[int, ...]]:
    """Go past the transition model; return the outputs of each phone."""
    reader.expect("<TransitionModel>", "<Topology>")
    reader.int_vector()
    reader.int_vector()
    if (reader.int32(), reader.int32()) != (1, 2):
        raise KaldiFormatError("another topology than one state for a phone")
    if (reader.int32(), reader.int32()) != (0, 2):
        raise KaldiFormatError("another topology than staying and going on")
    for _ in range(2):
        reader.int32()
        reader.float32()
    if (reader.int32(), reader.int32()) != (-1, 0):
        raise KaldiFormatError("another topology than one state for a phone")
    reader.expect("</Topology>", "<Triples>")
    outputs_of = defaultdict(list)
    for _ in range(reader.int32()):
        phone, _, output = reader.int32(), reader.int32(), reader.int32()
        outputs_of[phone].append(output)
    reader.expect("</Triples>", "<LogProbs>")
    reader.vector()
    reader.expect("</LogProbs>", "</TransitionModel>")
    return {phone: tuple(outputs) for phone, outputs in outputs_of.items()}


def _affine(reader: KaldiReader) -> tuple[tuple[Floats, Floats], slice]:
    reader.expect("<LinearParams>")
    matrix = reader.matrix()
    reader.expect("<BiasParams>")
    begin = reader.place
    bias = reader.vector()
    place = slice(begin, reader.place)
    reader.expect("</FixedAffineComponent>")
    return (matrix, bias), place


def _nonlinearity(reader: KaldiReader, kind: str) -> None:
    """Go past a component without weights; what training has counted in it does not matter."""
    reader.expect("<Dim>")
    reader.int32()
    for statistic in ("<ValueAvg>", "<DerivAvg>", "<Count>", "<OderivRms>", "<OderivCount>"):
        reader.expect(statistic)
        reader.float64() if statistic.endswith("Count>") else reader.vector()
    for statistic in ("<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
        reader.expect(statistic)
        reader.float64()
    reader.expect(kind.replace("<", "</"))


class _Graph:
    """What feeds what, from the lines of the network's configuration."""

    def __init__(self, lines: list[str]) -> None:
        self.kinds: dict[str, str] = {}
        self._nodes: list[tuple[str, str, str]] = []
        self._output = ""
        for line in filter(None, lines):
            self._read(line)

    def _read(self, line: str) -> None:
        kind, _, rest = line.partition(" ")
        fields = dict(re.findall(r"(\S+?)=(.+?)(?= [\w-]+=|$)", rest))
        if kind == "component-node":
            self._nodes.append((fields["name"], fields["component"], fields["input"]))
        elif kind == "output-node":
            self._output = fields["input"]
        elif fields != {"name": INPUT, "dim": str(CEPSTRA)}:
            raise KaldiFormatError(f"another input: {line}")

    def layers(self, parts: dict[str, tuple[Floats, Floats]]) -> list[AffineLayer]:
        """Return the layers: an affine node each, and the node of its nonlinearity."""
        after = {source: node for node, part, source in self._nodes if part in self.kinds}
        found, known = [], {INPUT: CEPSTRA}
        for node, part, source in self._nodes:
            if part in self.kinds:
                continue
            matrix, bias = parts[part] if part in parts else _no(part)
            terms = tuple(_term(text) for text in _arguments("Append", source))
            width = sum(_width(term, known) for term in terms)
            if matrix.shape != (bias.size, width) or node not in after:
                raise KaldiFormatError(f"{node} does not fit its input")
            known[after[node]] = bias.size
            found.append(AffineLayer(part, after[node], terms, matrix, bias))
        last = [node for node, part, _ in self._nodes if self.kinds.get(part, "")[1:2] == "L"]
        if not found or last != [self._output] or self._output != found[-1].output:
            raise KaldiFormatError("no log softmax at the end")
        return found


def _no(part: str) -> tuple[Floats, Floats]:
    raise KaldiFormatError(f"no component {part}")


def _width(term: Term, known: Mapping[str, int]) -> int:
    widths = {known.get(node, -1) for node in term.nodes}
    if len(widths) != 1 or -1 in widths:
        raise KaldiFormatError(f"a sum of unlike nodes: {term}")
    return widths.pop()


def _term(text: str) -> Term:
    """Return what a descriptor without ``Append`` means; all of a sum must be equally far away."""
    pairs = list(_summands(text, 0))
    if len({offset for _, offset in pairs}) != 1:
        raise KaldiFormatError(f"a sum over several times: {text}")
    return Term(tuple(node for node, _ in pairs), pairs[0][1])


def _summands(text: str, offset: int) -> list[tuple[str, int]]:
    if text.startswith("Sum("):
        return [pair for part in _arguments("Sum", text) for pair in _summands(part, offset)]
    if text.startswith("Offset("):
        inner, frames = _arguments("Offset", text)
        return _summands(inner, offset + int(frames))
    if not re.fullmatch(r"[\w.]+", text):
        raise KaldiFormatError(f"an unknown descriptor: {text}")
    return [(text, offset)]


def _arguments(function: str, text: str) -> list[str]:
    """Return what stands in the brackets of a call; the whole text where it is none."""
    if not text.startswith(f"{function}("):
        return [text]
    parts, depth, begin = [], 0, len(function) + 1
    for place in range(begin, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0 or (text[place] == "," and depth == 0):
            parts.append(text[begin:place].strip())
            begin = place + 1
    return parts
