"""From recordings to a person's thresholds, and to what those are worth on takes kept back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from rueckgrat.calibration.advice import Overview, advice, overview
from rueckgrat.calibration.measuring import Figures, ask
from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.quality import measure
from rueckgrat.calibration.recordings import Recording
from rueckgrat.calibration.tuning import choose
from skill.errors import SkillError
from skill.parts import EarLike


@dataclass(frozen=True)
class Ears:
    """The ears that are compared, and what they go by.

    ``lenient`` opens one that rejects nothing for its confidence, ``fitted`` one with thresholds
    of a person's own on top of the usual ones; ``usual`` gives those, by command. ``live`` are the
    commands that count: all of them, which no state of the coach ever does.
    """

    lenient: Callable[[], EarLike]
    fitted: Callable[[Mapping[str, float]], EarLike]
    usual: Callable[[str], float]
    safety: Collection[str]
    live: Collection[str]


@dataclass(frozen=True)
class LearntVoice:
    """Whether the speech model is fitted to a person's voice, and why, as a German sentence."""

    kept: bool
    sentence: str


@dataclass(frozen=True)
class Evaluation:
    """What was found.

    ``lenient`` are all takes without thresholds; ``before`` and ``after`` the takes that test,
    with the usual thresholds and with the person's, which were chosen on the other takes. Where a
    voice was learnt and kept all of them, but ``voice``, are of the fitted model.
    """

    recordings: tuple[Recording, ...]
    lenient: Figures
    before: Figures
    after: Figures
    thresholds: Mapping[str, float]
    usual: Mapping[str, float]
    levels: Overview
    advice: tuple[str, ...]
    voice: LearntVoice | None = None


def evaluate(recordings: Sequence[Recording], ears: Ears) -> Evaluation:
    """Measure, choose thresholds on the takes that tune, and measure those that test again.

    Raises SkillError where no command was recorded: there is nothing to be learned from that.
    """
    if not any(one.command for one in recordings):
        raise SkillError(
            "Es ist noch kein Befehl aufgenommen.",
            "Nimm welche auf: rueckgrat calibrate",
            code="no-commands",
        )
    lenient = ask(ears.lenient(), recordings, ears.live)
    thresholds = choose(lenient.of_part(Split.TUNE), ears.usual, ears.safety)
    test = [one for one in recordings if one.part is Split.TEST]
    before = ask(ears.fitted({}), test, ears.live)
    after = ask(ears.fitted(thresholds), test, ears.live) if thresholds else before
    levels = overview([measure(one.pcm) for one in recordings if one.transcript])
    return Evaluation(
        recordings=tuple(recordings),
        lenient=lenient,
        before=before,
        after=after,
        thresholds=thresholds,
        usual={name: ears.usual(name) for name in _names(recordings)},
        levels=levels,
        advice=tuple(advice(levels)),
    )


def _names(recordings: Sequence[Recording]) -> list[str]:
    """Return the names of the commands that were said, in the order they were first said."""
    return list(dict.fromkeys(one.command.name for one in recordings if one.command))
