"""Sub-commands of the recipe."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .config import (
    DEFAULT_DIALOGS,
    DEFAULT_MODEL,
    DEFAULT_RECORDINGS,
    DEFAULT_WORK,
    RECIPE,
    RecipeError,
)

if TYPE_CHECKING:
    from .pipeline import Pipeline


def main(arguments: list[str] | None = None) -> int:
    """Run a sub-command; return the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        options.command(options)
    except RecipeError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    parser.add_argument("--recordings", type=Path, default=DEFAULT_RECORDINGS)
    parser.add_argument("--work", type=Path, default=DEFAULT_WORK)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--dialogs", type=Path, default=DEFAULT_DIALOGS)
    parser.add_argument(
        "--run", default="adopt", help="whose network to write (polish: never heard the held-out)"
    )
    parser.add_argument(
        "--aligner", type=Path, help="a finished model that finds the phones (saves two runs)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        commands.add_parser(name, help=command.__doc__).set_defaults(command=command)
    return parser


def _all(options: argparse.Namespace) -> None:
    """the whole recipe: train, write the acoustic model, build the graph"""
    _train(options)
    _acoustic(options)
    _graph(options)


def _quick(options: argparse.Namespace) -> None:
    """the whole way on a small scale: a usable model in about 40 minutes on two cores"""
    options.run = RECIPE.quick.name
    _pipeline(options).quick_network()
    _acoustic(options)
    _graph(options)


def _onward(options: argparse.Namespace) -> None:
    """go on from the model named by --aligner (minutes, once prepared)"""
    from . import export, finished

    if options.aligner is None:
        raise RecipeError("Name the model to go on from: --aligner MODEL.")
    options.run = RECIPE.onward.name
    old = finished.network(options.aligner, RECIPE)  # --model may be the same folder
    _pipeline(options).onward_network()
    _acoustic(options)
    network = finished.between(old, finished.network(options.model, RECIPE), RECIPE.onward_share)
    export.write_acoustic(options.model, network, finished.priors(options.model))
    _graph(options)


def _train(options: argparse.Namespace) -> None:
    """everything up to the trained network; goes on where it was interrupted"""
    _pipeline(options).final_network()


def _acoustic(options: argparse.Namespace) -> None:
    """write the network of --run as am/final.mdl"""
    from . import align, export
    from .train import load_network

    alignments = {RECIPE.quick.name: "alignment-1", RECIPE.onward.name: "alignment-2"}
    alignment = alignments.get(options.run, "alignment-3")
    everyone = options.run in (RECIPE.adopt.name, RECIPE.onward.name)
    labels = _pipeline(options).labels(alignment, everyone=everyone)
    network = load_network(options.work / options.run, RECIPE)
    export.write_acoustic(options.model, network, align.phone_priors(labels))


def _graph(options: argparse.Namespace) -> None:
    """rebuild the graph for the words of the dialogs (seconds; needs no recordings)"""
    from . import export

    export.write_graph(options.model, options.dialogs, RECIPE.common_words, export.Decoding())


def _testsets(options: argparse.Namespace) -> None:
    """build the test sets that "evaluate" measures on"""
    from . import testsets

    testsets.build(options.recordings, options.dialogs, options.work, RECIPE)


def _evaluate(options: argparse.Namespace) -> None:
    """measure the model in Vosk; prints a table, writes work/figures.json"""
    from . import evaluate

    evaluation = evaluate.Evaluation(options.model, options.work / "testsets", options.dialogs)
    figures = evaluation.run()
    print(evaluate.table(figures))
    (options.work / "figures.json").write_text(evaluate.as_json(figures), encoding="utf-8")


def _pipeline(options: argparse.Namespace) -> Pipeline:
    import torch

    from .pipeline import Pipeline

    torch.set_num_threads(2)
    return Pipeline(RECIPE, options.recordings, options.work, options.aligner)


_COMMANDS = {
    "all": _all,
    "quick": _quick,
    "onward": _onward,
    "train": _train,
    "acoustic": _acoustic,
    "graph": _graph,
    "testsets": _testsets,
    "evaluate": _evaluate,
}
