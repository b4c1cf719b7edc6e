"""Who listens in the benchmark: the ear as it is live, and its two peers, with the same model."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from skill import paths
from skill.content.schema import Content
from skill.ear import SpeechModel, open_ear, without_echo
from skill.ear.grammar import make_grammar, without_unknown
from skill.ear.thresholds import model_file, rules_for
from skill.session import EarLike
from workbench.plain import PlainEar

EAR = "ear"
PLAIN = "plain"
CAUTIOUS = "plain + [unk] + 0.7"
CAUTIOUS_CONFIDENCE = 0.7
"""What speech-recognition forums advise against false alarms."""


def _ear(model: SpeechModel, content: Content, model_dir: Path) -> EarLike:
    """Return the ear as in a session, with the model's thresholds but nobody's own."""
    return without_echo(open_ear(model, content, rules_for(content, model_file(model_dir))))


def _plain(model: SpeechModel, content: Content, _: Path) -> EarLike:
    """Return the loop of the tutorials: the phrases as grammar."""
    grammar = without_unknown(make_grammar(content.vocabulary, (), model.knows))
    return PlainEar(model.open_recogniser(grammar), content.vocabulary)


def _cautious(model: SpeechModel, content: Content, _: Path) -> EarLike:
    """Return the same with ``[unk]`` in the grammar and a confidence threshold."""
    grammar = make_grammar(content.vocabulary, (), model.knows)
    return PlainEar(model.open_recogniser(grammar), content.vocabulary, CAUTIOUS_CONFIDENCE)


LISTENERS: Mapping[str, Callable[[SpeechModel, Content, Path], EarLike]] = {
    EAR: _ear,
    PLAIN: _plain,
    CAUTIOUS: _cautious,
}


@cache
def fingerprint(listener: str, model_dir: Path) -> str:
    """Return what tells a listener from another: its model's files, its code, the dialogs.

    Any change to one of them means that it must be measured anew.
    """
    package, dialogs = Path(__file__).resolve().parents[2], paths.dialogs_dir()
    ear = package / "ear"
    if listener == EAR:
        understanding = [package / "understanding", package / "content"]
        roots = [ear, *understanding, package / "heard.py", dialogs, model_file(model_dir)]
    else:
        plain = package / "bench" / "plain.py"
        recogniser = [ear / "vosk_recogniser.py", ear / "grammar.py"]
        roots = [plain, *recogniser, dialogs / "commands.yaml", dialogs / "exercises"]
    digest = hashlib.sha256(f"{listener} {_canceller() if listener == EAR else ''}".encode())
    for root in (*roots, *(model_dir / name for name in ("am", "conf", "graph", "ivector"))):
        for file in (root, *sorted(root.rglob("*"))):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _canceller() -> str:
    """Return which echo canceller there is: the ear uses it where it is installed."""
    try:
        return version("pyaec")
    except PackageNotFoundError:
        return ""
