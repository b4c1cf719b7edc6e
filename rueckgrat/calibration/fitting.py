"""Fits the speech model to a person's voice, and keeps that only if takes held out are the better.

Learnt is from the takes that tune; judged on those that test, as they are and with noise.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rueckgrat.adaptation.acoustic_model import (
    AcousticModel,
    ForeignModelError,
    read_acoustic_model,
)
from rueckgrat.adaptation.kaldi import Floats
from rueckgrat.adaptation.learning import SpokenTake, learn
from rueckgrat.adaptation.noise import with_noise
from rueckgrat.adaptation.pronunciations import Pronunciations
from rueckgrat.calibration.evaluation import Ears, Evaluation, LearntVoice, evaluate
from rueckgrat.calibration.measuring import Figures, ask
from rueckgrat.calibration.own_ear import deleting, open_ears
from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.quality import Fault, fault, measure
from rueckgrat.calibration.recordings import Recording
from skill.content.schema import Content
from skill.ear import SpeechModel
from skill.errors import SkillError, reason
from skill.files import write_whole
from skill.messages.blocks import EAR_RATE_HZ
from skill.models.fitted import fitted_network, network_file, networks_for, networks_of
from skill.written.spoken import words

SEVERAL = "Auf deine Stimme habe ich mich nicht eingestellt, weil hier mehrere trainieren."
NOTHING = "Auf deine Stimme konnte ich mich nicht einstellen: Brauchbare Aufnahmen fehlen."

_AROUND_SECONDS = 0.25
"""Kept of a take on both sides of its speech: silence teaches little, and takes time."""

_TEST_SNR_DB = 10.0
_TEST_SEED = 2

_SURER = 0.01
"""So much more confidence on average is worth keeping a voice, where no more is understood."""


@dataclass(frozen=True)
class HeldOut:
    """What an ear makes of the takes that test: as they are, and with noise at 10 dB."""

    quiet: Figures
    noisy: Figures

    @property
    def right(self) -> int:
        """How many commands were understood, of ``said``."""
        return self.quiet.right + self.noisy.right

    @property
    def said(self) -> int:
        """How many commands were said."""
        return len(self.quiet.commands) + len(self.noisy.commands)

    @property
    def fired(self) -> int:
        """How often a command was heard where none was said."""
        return len(self.quiet.fired) + len(self.noisy.fired)

    @property
    def confidence(self) -> float:
        """How sure the ear was on average; what was not understood counts as 0."""
        outcomes = (*self.quiet.commands, *self.noisy.commands)
        sure = [one.heard[0].confidence if one.right else 0.0 for one in outcomes]
        return float(np.mean(sure)) if sure else 0.0


def helps(before: HeldOut, after: HeldOut) -> bool:
    """Return whether a fitted model is the better one on takes that it has not learnt from.

    Nothing may get worse: in quiet and in all no fewer commands are understood, and no more are
    heard where none was said. And either more are understood, or the ear is surer of them.
    """
    if after.quiet.right < before.quiet.right or after.fired > before.fired:
        return False
    if after.right != before.right:
        return after.right > before.right
    return after.confidence >= before.confidence + _SURER


def fit_voice(
    model_dir: Path, content: Content, name: str, found: Evaluation, plain: Ears, several: bool
) -> Evaluation:
    """Learn the voice that was evaluated with ``plain``; return the evaluation with it, or without.

    What was learnt before for this model, of anybody, is forgotten. Where ``several`` people train
    nobody's voice is learnt. Raises SkillError where the result cannot be written.
    """
    if several:
        return _without(model_dir, found, SEVERAL)
    try:
        model = read_acoustic_model(model_dir)
        biases = learn_voice(model_dir, model, found.recordings)
    except ForeignModelError as error:
        return _without(model_dir, found, error.problem)
    if biases is None:
        return _without(model_dir, found, NOTHING)
    network = model.with_biases(list(biases))
    ears = open_ears(model_dir, fitted_model(model_dir, network), content)
    test = [one for one in found.recordings if one.part is Split.TEST]
    before, after = hold_out(test, plain), hold_out(test, ears)
    counts = f"{after.right} statt {before.right} von {after.said} Wörtern zum Prüfen verstanden"
    if not helps(before, after):
        sentence = (
            "Auf deine Stimme habe ich mich nicht eingestellt, denn es hätte nicht geholfen"
            f" ({counts}, still und mit Lärm)."
        )
        return _without(model_dir, found, sentence)
    _keep(model_dir, name, network)
    sentence = f"Auf deine Stimme habe ich mich eingestellt: {counts}, still und mit Lärm."
    return replace(evaluate(found.recordings, ears), voice=LearntVoice(True, sentence))


def learn_voice(
    model_dir: Path, model: AcousticModel, recordings: Sequence[Recording]
) -> Floats | None:
    """Return other biases for the network, learnt from the takes that tune; None without any."""
    takes = [one for one in recordings if one.part is Split.TUNE and one.transcript]
    cut = [_cut(one) for one in takes if fault(measure(one.pcm)) in (None, Fault.SOFT)]
    return learn(model, Pronunciations(model_dir, model.outputs_of), cut)


def hold_out(test: Sequence[Recording], ears: Ears) -> HeldOut:
    """Return what an ear with the usual thresholds makes of takes."""
    random = np.random.default_rng(_TEST_SEED)
    noisy = [
        replace(one, pcm=with_noise(one.pcm, _speech(one), _TEST_SNR_DB, random)) for one in test
    ]
    quiet, loud = (ask(ears.fitted({}), takes, ears.live) for takes in (test, noisy))
    return HeldOut(quiet, loud)


def forget_voice(name: str) -> None:
    """Delete a person's voice for all speech models; SkillError where that is impossible."""
    _delete(networks_of(name))


def voice_now(model_dir: Path, name: str) -> str:
    """Return a German sentence on whether the model is fitted to a person's voice now."""
    kept = set(networks_for(model_dir)) & set(networks_of(name))
    if fitted_network(model_dir) in kept:
        return (
            "Das Sprachmodell ist auf deine Stimme eingestellt, solange nur einer hier trainiert;"
            " „rueckgrat calibrate --undo“ nimmt es zurück."
        )
    if kept:
        return (
            "Das Sprachmodell ist neuer als das, was ich von deiner Stimme gelernt habe."
            " „rueckgrat calibrate“ lernt sie wieder, aus den Aufnahmen von damals."
        )
    return "Auf deine Stimme ist das Sprachmodell zurzeit nicht eingestellt."


def fitted_model(model_dir: Path, network: bytes) -> SpeechModel:
    """Return a speech model, loaded with this network in place of its own; nothing is kept."""
    with tempfile.NamedTemporaryFile(suffix=".mdl") as file:
        file.write(network)
        file.flush()
        return SpeechModel(model_dir, Path(file.name))


def _without(model_dir: Path, found: Evaluation, why: str) -> Evaluation:
    _delete(networks_for(model_dir))
    return replace(found, voice=LearntVoice(False, why))


def _keep(model_dir: Path, name: str, network: bytes) -> None:
    path = network_file(model_dir, name)
    try:
        write_whole(path, network)
    except OSError as error:
        raise SkillError(
            f"Was ich von deiner Stimme gelernt habe, kann ich nicht nach {path} schreiben"
            f" ({reason(error)}).",
            "Schaff Platz, oder nenn mit RUECKGRAT_HOME einen anderen Ort.",
            code="unwritable",
            path=path,
        ) from error
    _delete([one for one in networks_for(model_dir) if one != path])


def _delete(paths: Sequence[Path]) -> None:
    for path in paths:
        with deleting(path):
            path.unlink(missing_ok=True)


def _speech(recording: Recording) -> slice:
    levels = measure(recording.pcm)
    end = max(round(levels.end_seconds * EAR_RATE_HZ), 1)
    return slice(min(round(levels.start_seconds * EAR_RATE_HZ), end - 1), end)


def _cut(recording: Recording) -> SpokenTake:
    speech, around = _speech(recording), round(_AROUND_SECONDS * EAR_RATE_HZ)
    begin = max(speech.start - around, 0)
    pcm = recording.pcm[begin : speech.stop + around]
    moved = slice(speech.start - begin, speech.stop - begin)
    return SpokenTake(pcm, moved, words(recording.transcript))
