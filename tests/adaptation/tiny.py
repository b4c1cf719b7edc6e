"""A network of a few weights in the layout of the recipe, as bytes of ``final.mdl``."""

from pathlib import Path

import numpy as np

from models.training.kaldi import KaldiWriter

WIDTH, OUTPUTS = 6, 4
TRIPLES = ((1, 0, 0), (1, 0, 3), (2, 0, 1), (3, 0, 2))
"""Phone 1, silence, has two outputs."""

LINES = """
input-node name=input dim=40
component-node name=l1.affine component=l1.affine input=Append(Offset(input, -1), input)
component-node name=l1.relu component=l1.relu input=l1.affine
component-node name=l2.affine component=l2.affine input=Append(Offset(l1.relu, -3), l1.relu)
component-node name=l2.relu component=l2.relu input=l2.affine
component-node name=l3.affine component=l3.affine input=Append(Sum(Offset(l1.relu, -6), \
Offset(l2.relu, -6)), Sum(Offset(l1.relu, 3), Offset(l2.relu, 3)))
component-node name=l3.relu component=l3.relu input=l3.affine
component-node name=l4.affine component=l4.affine input=Sum(Sum(l1.relu, l2.relu), l3.relu)
component-node name=l4.logsoftmax component=l4.logsoftmax input=l4.affine
output-node name=output input=l4.logsoftmax objective=linear
"""

INPUTS = {"l1": 80, "l2": 2 * WIDTH, "l3": 2 * WIDTH, "l4": WIDTH}


def weights(name: str) -> tuple[np.ndarray, np.ndarray]:
    rows = OUTPUTS if name == "l4" else WIDTH
    random = np.random.default_rng(int(name[1]))
    spread = 0.03 if name == "l1" else 0.6
    return random.normal(0, spread, (rows, INPUTS[name])), random.normal(0, 0.5, rows)


def final_mdl(lines: str = LINES, kind: str = "FixedAffineComponent") -> bytes:
    writer = KaldiWriter()
    writer.token("<TransitionModel>", "<Topology>")
    writer.int_vector([1, 2, 3])
    writer.int_vector([-1, 0, 0, 0])
    writer.int32(1, 2, 0, 2)
    for target in (0, 1):
        writer.int32(target)
        writer.float32(0.5)
    writer.int32(-1, 0)
    writer.token("</Topology>", "<Triples>")
    writer.int32(len(TRIPLES))
    for triple in TRIPLES:
        writer.int32(*triple)
    writer.token("</Triples>", "<LogProbs>")
    writer.float_vector(np.log(np.full(2 * len(TRIPLES) + 1, 0.5)))
    writer.token("</LogProbs>", "</TransitionModel>", "<Nnet3>")
    writer.text(lines + "\n")
    writer.token("<NumComponents>")
    writer.int32(2 * len(INPUTS))
    for name in INPUTS:
        matrix, bias = weights(name)
        writer.token("<ComponentName>", f"{name}.affine", f"<{kind}>", "<LinearParams>")
        writer.matrix(matrix, 16 if name == "l1" else 8)
        writer.token("<BiasParams>")
        writer.float_vector(bias)
        writer.token(f"</{kind}>")
        last = name == "l4"
        _nonlinearity(
            writer,
            f"{name}.{'logsoftmax' if last else 'relu'}",
            "LogSoftmaxComponent" if last else "RectifiedLinearComponent",
        )
    writer.token("</Nnet3>", "<LeftContext>")
    writer.int32(0)
    writer.token("<RightContext>")
    writer.int32(0)
    writer.token("<Priors>")
    writer.float_vector(np.array([0.4, 0.3, 0.2, 0.1]))
    return writer.getvalue()


def write_model(folder: Path, network: bytes = b"") -> Path:
    """Write as much of a speech model as learning needs; words: "da" and "du"."""
    files = {
        "am/final.mdl": network or final_mdl(),
        "conf/mfcc.conf": b"--use-energy=false\n--num-mel-bins=40\n--num-ceps=40\n"
        b"--cepstral-lifter=0\n--low-freq=20\n--high-freq=7600\n--sample-frequency=16000\n"
        b"--dither=0\n",
        "graph/pronunciations.txt": b"da 2 3\nda 2\ndu 3\n",
        "graph/phones/word_boundary.int": b"1 nonword\n2 begin\n3 end\n",
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _nonlinearity(writer: KaldiWriter, name: str, kind: str) -> None:
    writer.token("<ComponentName>", name, f"<{kind}>", "<Dim>")
    writer.int32(1)
    nothing = np.zeros(0)
    for statistic in ("<ValueAvg>", "<DerivAvg>"):
        writer.token(statistic)
        writer.float_vector(nothing)
    writer.token("<Count>")
    writer.float64(0.0)
    writer.token("<OderivRms>")
    writer.float_vector(nothing)
    for statistic in ("<OderivCount>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
        writer.token(statistic)
        writer.float64(0.0)
    writer.token(f"</{kind}>")
