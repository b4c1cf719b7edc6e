"""The speech model: are its files whole, does it know every word, does it decode?"""

import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from rueckgrat.doctor.finding import Figures, Finding, decimal, failure, ok, warning
from skill.ear import words_unknown
from skill.errors import ModelError
from skill.files import is_file
from skill.messages.blocks import EAR_BLOCK_SAMPLES, silence
from skill.messages.heard import Listening
from skill.models.fitted import fitted_network, networks_for
from skill.trainer import Trainer

_MOST_NAMED = 8

_FETCH = (
    "Hol es mit „rueckgrat model fetch“ neu, oder nimm „rueckgrat model use rueckgrat-small-de“."
)


def check_model(trainer: Trainer) -> Finding:
    """Load the model, open the ear as training does (which warms it up), decode one block."""
    began = time.perf_counter()
    try:
        folder, model = trainer.model_dir, trainer.model
    except ModelError as error:
        return failure("model", error.problem, _FETCH)
    content = trainer.content
    trainer.ear().process(silence(EAR_BLOCK_SAMPLES), Listening(frozenset(content.commands)))
    return judge_model(
        folder,
        words_unknown(model, content),
        content.safety_commands,
        time.perf_counter() - began,
        _voice(trainer),
    )


class VoiceState(StrEnum):
    """Whether the model is fitted to a voice that calibration has learnt."""

    NONE = ""
    FITTED = "fitted"
    OUTDATED = "outdated"


def _voice(trainer: Trainer) -> VoiceState:
    if trainer.fitted:
        return VoiceState.FITTED
    learnt = networks_for(trainer.model_dir) and not fitted_network(trainer.model_dir)
    return VoiceState.OUTDATED if learnt else VoiceState.NONE


def judge_model(
    folder: Path,
    unknown: Mapping[str, Sequence[str]],
    safety: frozenset[str],
    ready_seconds: float,
    voice: VoiceState = VoiceState.NONE,
) -> Finding:
    """Judge a model that decodes; ``unknown`` are words that it lacks, by command."""
    words = sorted({word for one in unknown.values() for word in one})
    figures: Figures = {
        "model": folder.name,
        "size_mb": round(
            sum(one.stat().st_size for one in folder.rglob("*") if is_file(one)) / 1e6, 1
        ),
        "ready_seconds": round(ready_seconds, 2),
        "unknown_words": " ".join(words),
        "voice": voice,
    }
    named = ", ".join(f"„{word}“" for word in words[:_MOST_NAMED])
    if len(words) > _MOST_NAMED:
        named += f" und {len(words) - _MOST_NAMED} mehr (alle nennt „rueckgrat model check“)"
    if safety & unknown.keys():
        return failure(
            "model",
            f"{folder.name} kennt Wörter nicht, mit denen du mich anhältst: {named}.",
            _FETCH,
            **figures,
        )
    if words:
        return warning(
            "model",
            f"{folder.name} kennt diese Wörter nicht, und ich verstehe sie also nicht: {named}.",
            "Hol mit „rueckgrat model fetch“ das größere Modell, oder nimm andere Wörter.",
            **figures,
        )
    if voice is VoiceState.OUTDATED:
        return warning(
            "model",
            f"{folder.name} ist neuer als die Stimme, die ich gelernt habe; sie gilt nicht mehr.",
            "Lern sie aus den alten Aufnahmen neu: rueckgrat calibrate",
            **figures,
        )
    measured = f"{folder.name} kennt alle Wörter und ist nach {decimal(ready_seconds, 1)} s bereit."
    if voice is VoiceState.FITTED:
        measured += " Es ist auf eine gelernte Stimme eingestellt."
    return ok("model", measured, **figures)
