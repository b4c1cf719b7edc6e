"""Who is asked: the ear, with one model or two, with and without its rules, and plain loops."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rueckgrat.calibration.peers import CAUTIOUS, EAR, LISTENERS, PLAIN
from skill.content.schema import Content
from skill.ear import EarRules, SpeechModel, open_ear, without_echo
from skill.ear.echo import EchoCancellingEar
from skill.ear.thresholds import model_file, rules_for
from skill.parts import EarLike

PHRASES: Final = "ear, listed phrases only"
"""The ear as it was before it understood whole sentences: "Understood" is off."""

BY_LEVEL: Final = "ear, no echo cancellation"
BARE: Final = "ear, bare"
"""The ear with the figures of no file: its confidence is the recogniser's own."""

EARS = (EAR, PHRASES, BY_LEVEL, BARE)
PEERS = (PLAIN, CAUTIOUS)


def _phrases_only(model: SpeechModel, content: Content, model_dir: Path) -> EarLike:
    return LISTENERS[EAR](model, phrases_only(content), model_dir)


def _by_level(model: SpeechModel, content: Content, model_dir: Path) -> EarLike:
    rules = rules_for(content, model_file(model_dir))
    ear = open_ear(model, content, rules)
    return EchoCancellingEar(ear, None, rules.confidence_over_voice)


def _bare(model: SpeechModel, content: Content, _: Path) -> EarLike:
    return without_echo(open_ear(model, content, EarRules()))


MAKERS: Mapping[str, Callable[[SpeechModel, Content, Path], EarLike]] = {
    **LISTENERS,
    PHRASES: _phrases_only,
    BY_LEVEL: _by_level,
    BARE: _bare,
}


@dataclass(frozen=True)
class Contender:
    """A listener of ``MAKERS`` with a model; ``title`` heads its column."""

    title: str
    listener: str
    model: Path

    @property
    def is_peer(self) -> bool:
        """Whether this is a plain loop."""
        return self.listener in PEERS


def contenders(
    model: Path, against: Path | None = None, *, phrases: bool = False
) -> list[Contender]:
    """Return who is asked in a run: the ear that is judged first, the plain loops last.

    ``against`` is another model, heard by the same ear; ``phrases`` adds ears that know listed
    phrases only.
    """
    models = {EAR: model}
    if against:
        models[f"ear, {_name_beside(against, model)}"] = against
    ears = [Contender(title, EAR, path) for title, path in models.items()]
    if phrases:
        ears += [
            Contender(title.replace(EAR, PHRASES, 1), PHRASES, path)
            for title, path in models.items()
        ]
    return [*ears, *(Contender(who, who, model) for who in PEERS)]


def in_order(titles: Iterable[str]) -> list[str]:
    """Return titles as the table shows them: the judged ear first, plain loops last."""
    return sorted(dict.fromkeys(titles), key=lambda one: (one != EAR, one in PEERS))


def phrases_only(content: Content) -> Content:
    """Return the content without templates and words that may stand around a command."""
    none: dict[str, object] = {"sentences": (), "also": {}, "opening": (), "signs": {}}
    commands = {name: row.model_copy(update=none) for name, row in content.commands.items()}
    fields = {name: getattr(content, name) for name in type(content).model_fields}
    words = dict.fromkeys(("fillers", "carriers", "negations", "absences"), ())
    return type(content).model_construct(**{**fields, "commands": commands, **words})


def _name_beside(one: Path, other: Path) -> str:
    """Return a model's name, with its folder's where the other one has the same."""
    one, other = one.resolve(), other.resolve()
    return f"{one.parent.name}/{one.name}" if one.name == other.name else one.name
