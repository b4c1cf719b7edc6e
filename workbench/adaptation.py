"""What learning a person's voice is worth: numbers said by people, before and after.

    python -m workbench.adaptation [--model FOLDER] [--speaker hd05 ...] [--takes N] [--one-in N]

Learns from a few takes of each number (``calibrate`` learns from one or two of each of its words),
and plays the person's other takes to the whole ear where a number is asked for, clean and in noise.
Their English numbers are talk, in which nothing should fire. Recordings that the model has learnt
from tell little: ``--pitch`` makes strangers of the same people.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from rueckgrat.adaptation.acoustic_model import read_acoustic_model
from rueckgrat.adaptation.learning import LearningRules, SpokenTake, learn
from rueckgrat.adaptation.pronunciations import Pronunciations
from rueckgrat.calibration.fitting import fitted_model
from rueckgrat.calibration.measuring import hear_all
from rueckgrat.calibration.peers import EAR, LISTENERS
from skill.audio.resample import resample
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.ear import SpeechModel
from skill.errors import SkillError
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Listening
from skill.models import BUILT_IN, choose_model
from skill.paths import user_dir
from workbench.ears import corpora
from workbench.ears.clips import Clip, padded
from workbench.ears.conditions import CLEAN, Surroundings, in_condition
from workbench.ears.corpora import Recording, readable
from workbench.ears.scenes import NUMBER_STATE, spread
from workbench.ears.store import Store
from workbench.ears.workshop import Workshop
from workbench.program import console, ends_well, report, start

app = typer.Typer(add_completion=False)

CONDITIONS = (CLEAN, "noise 10 dB")
GERMAN, ENGLISH = "heidelberg_digits", "english_digits"

_AROUND_SECONDS = 1.5
_AROUND_TAKE_SECONDS = 0.25


@dataclass(frozen=True)
class Line:
    """What an ear made of one kind of clips of a person: ``right`` of ``said``, and how surely.

    Of talk right is whatever does not fire. ``confidence`` is the mean over all commands, 0 for
    one that was not understood.
    """

    speaker: str
    words: str
    condition: str
    said: int
    right_before: int
    right_after: int
    confidence_before: float
    confidence_after: float


@app.command()
def main(
    model: Annotated[str, typer.Option(help="The speech model: a name or a folder.")] = BUILT_IN,
    speaker: Annotated[
        list[str] | None, typer.Option(help="Whose voice; may stand several times.")
    ] = None,
    takes: Annotated[int, typer.Option(min=1, help="Takes of each number to learn from.")] = 5,
    numbers: Annotated[int, typer.Option(min=1, help="Learn only so many of the numbers.")] = 10,
    one_in: Annotated[int, typer.Option(min=1, help="Play only one take in so many.")] = 1,
    pitch: Annotated[float, typer.Option(min=0.5, max=2.0, help="Resample all takes.")] = 1.0,
    layers: Annotated[int, typer.Option(min=1, max=6)] = LearningRules.layers,
    rounds: Annotated[int, typer.Option(min=1)] = LearningRules.rounds,
    stride: Annotated[float, typer.Option()] = LearningRules.stride,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    recordings: Annotated[Path | None, typer.Option(help="The folder of recordings.")] = None,
) -> None:
    """Measure what an ear with a learnt voice hears, beside one without."""
    with ends_well():
        rules = LearningRules(layers=layers, rounds=rounds, stride=stride)
        chosen = choose_model(model)
        bench = VoiceBench(chosen, corpora.recordings_dir(recordings), rules, takes, numbers, pitch)
        lines = [line for one in speaker or ("hd05", "hd10") for line in bench.lines(one, one_in)]
    lines += list(all_together(lines))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in lines], indent=1, ensure_ascii=False))
        return
    console().print(as_table(lines, f"{chosen.name}, {takes} takes to learn from"))


class VoiceBench:
    """Learns voices and plays other takes of them; reads each recording once."""

    def __init__(
        self,
        model_dir: Path,
        recordings: Path,
        rules: LearningRules,
        takes: int = 5,
        numbers: int = 10,
        pitch: float = 1.0,
    ) -> None:
        self._content = load_content()
        self._workshop = Workshop(
            self._content, recordings, Store(user_dir("cache") / "bench-adaptation")
        )
        self._model_dir = model_dir
        self._network = read_acoustic_model(model_dir)
        self._pronunciations = Pronunciations(model_dir, self._network.outputs_of)
        self._plain = SpeechModel(model_dir)
        self._rules = rules
        self._takes = takes
        self._numbers = numbers
        self._pitch = pitch

    def lines(self, speaker: str, one_in: int = 1) -> Iterator[Line]:
        """Yield what is heard of a speaker; SkillError where there are no recordings of theirs."""
        spoken = [one for one in self._workshop.read(GERMAN) if one.speaker == speaker]
        if not spoken:
            raise SkillError(f"There are no recordings of {speaker}.", "See --recordings.")
        words = list(dict.fromkeys(one.transcript for one in spoken))
        learnt = words[: self._numbers]
        taught = spread(
            [one for one in spoken if one.transcript in learnt],
            self._takes * len(learnt),
            lambda one: one.transcript,
            lambda one: one.name,
        )
        fitted = self._learn(speaker, taught)
        others = [one for one in spoken if one not in taught]
        talk = [one for one in self._workshop.read(ENGLISH) if one.speaker == speaker]
        kinds = {
            "numbers": [one for one in others if one.transcript in learnt],
            "numbers not learnt": [one for one in others if one.transcript not in learnt],
            "talk": talk,
        }
        surroundings = self._workshop.surroundings("test")
        for kind, found in kinds.items():
            clips = list(self._clips(found[::one_in], kind != "talk"))
            for condition in CONDITIONS if clips else ():
                yield self._line(speaker, kind, condition, clips, surroundings, fitted)

    def _line(
        self,
        speaker: str,
        kind: str,
        condition: str,
        clips: Sequence[Clip],
        surroundings: Surroundings,
        fitted: SpeechModel,
    ) -> Line:
        played = [in_condition(one, condition, surroundings) for one in clips]
        before, after = (self._hear(model, played) for model in (self._plain, fitted))
        right = [sum(fine for fine, _ in one) for one in (before, after)]
        sure = [fmean(confidence for _, confidence in one) for one in (before, after)]
        return Line(speaker, kind, condition, len(clips), *right, *sure)

    def _learn(self, speaker: str, taught: Sequence[Recording]) -> SpeechModel:
        began = time.process_time()
        takes = [self._take(pcm, one.transcript) for one, pcm in readable(taught)]
        biases = learn(self._network, self._pronunciations, takes, self._rules)
        if biases is None:
            raise SkillError(
                f"Nothing can be learnt of {speaker}.", "Does the model know the words?"
            )
        report(f"{speaker}: {len(takes)} takes, {time.process_time() - began:.0f} s of CPU time")
        return fitted_model(self._model_dir, self._network.with_biases(list(biases)))

    def _take(self, pcm: Pcm, text: str) -> SpokenTake:
        around = _AROUND_TAKE_SECONDS
        clip = in_condition(
            padded(self._changed(pcm), around, around, None, text), CLEAN, Surroundings()
        )
        edge = round(around * EAR_RATE_HZ)
        return SpokenTake(clip.pcm, slice(edge, clip.pcm.size - edge), text)

    def _clips(self, found: Sequence[Recording], numbers: bool) -> Iterator[Clip]:
        vocabulary: Mapping[str, Command] = self._content.vocabulary
        for one, pcm in readable(found):
            command = vocabulary.get(one.transcript.lower()) if numbers else None
            around = _AROUND_SECONDS
            yield padded(self._changed(pcm), around, around, command, one.name, one.speaker)

    def _changed(self, pcm: Pcm) -> Pcm:
        return resample(pcm, round(EAR_RATE_HZ * self._pitch), EAR_RATE_HZ)

    def _hear(self, model: SpeechModel, clips: Sequence[Clip]) -> list[tuple[bool, float]]:
        """Return for each clip whether the right thing fired, if any, and how surely."""
        ear = LISTENERS[EAR](model, self._content, self._model_dir)
        moment = Listening(_live(self._content))
        found = []
        for clip, decided in zip(
            clips, hear_all(ear, ((c.pcm, moment) for c in clips)), strict=True
        ):
            fired = [one for one in decided if one.command and one.command.name in moment.live]
            wanted = [clip.command] if clip.command else []
            right = [one.command for one in fired] == wanted
            found.append((right, fired[0].confidence if right and fired else 0.0))
        return found


def as_table(lines: Iterable[Line], title: str) -> Table:
    """Return the lines as a table for the terminal."""
    table = Table("speaker", "of", "condition", "before", "after", "surer", title=title)
    for one in lines:
        sure = f"{one.confidence_before:.2f} → {one.confidence_after:.2f}"
        table.add_row(
            *(one.speaker, one.words, one.condition),
            *(f"{right} of {one.said}" for right in (one.right_before, one.right_after)),
            "" if one.words == "talk" else sure,
        )
    return table


def all_together(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the sums over all speakers."""
    for kind, condition in dict.fromkeys((one.words, one.condition) for one in lines):
        of = [one for one in lines if (one.words, one.condition) == (kind, condition)]
        said = [one.said for one in of]
        yield replace(
            of[0],
            speaker="all",
            said=sum(said),
            right_before=sum(one.right_before for one in of),
            right_after=sum(one.right_after for one in of),
            confidence_before=float(
                np.average([one.confidence_before for one in of], weights=said)
            ),
            confidence_after=float(np.average([one.confidence_after for one in of], weights=said)),
        )


def _live(content: Content) -> frozenset[str]:
    return content.live_commands(NUMBER_STATE)


if __name__ == "__main__":
    start(app, "workbench.adaptation")
