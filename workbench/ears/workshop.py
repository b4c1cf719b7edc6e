"""Builds the clips of a scene from recordings, synthetic voices and noise."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from skill.content.schema import Content
from skill.ear import SpeechModel
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.messages.heard import Command
from skill.models.catalogue import BUILT_IN
from skill.paths import models_dir
from workbench.ears import corpora, scenes
from workbench.ears.clips import Clip, padded
from workbench.ears.conditions import Surroundings, in_condition
from workbench.ears.corpora import Part, Recording, read_corpus, readable
from workbench.ears.cutting import Place, WordCutter, piece, words_of
from workbench.ears.scenes import Scene, spread
from workbench.ears.sounds import SOUNDS
from workbench.ears.store import Store, key_of
from workbench.ears.voices import SyntheticPeople, every_way

_T = TypeVar("_T")

_BEFORE_SECONDS, _AFTER_SECONDS = 0.5, 1.2
_SEED = 20261123

_UNKNOWN_CONTENT = ("misc_",)
"""GCompris' files without transcript are single words named in English, but for these: "misc_quit"
may well be "beenden"."""


_ENGLISH_STOP, _OUR_STOP = "stop", "stopp"


class Workshop:
    """Makes clips; what it reads is kept in memory, where words lie in ``store``."""

    def __init__(self, content: Content, recordings: Path, store: Store) -> None:
        self.content = content
        self._root = recordings
        self._store = store
        self._surroundings: dict[Part, Surroundings] = {}
        self._read: dict[str, list[Recording]] = {}

    def clips(self, scene: Scene) -> list[Clip]:
        """Return the clips of a scene; none where recordings are missing."""
        surroundings = self.surroundings(scene.part)
        if not surroundings.offer(scene.condition):
            return []
        return [
            in_condition(clip, scene.condition, surroundings)
            for clip in self._makers[scene.kind](scene)
        ]

    def surroundings(self, part: Part) -> Surroundings:
        """Return the noise of a part, and all rooms."""
        if part not in self._surroundings:
            rooms = [one for one in self.read("rir") if one.path.name not in corpora.EFFECTS]
            self._surroundings[part] = Surroundings(
                [(one.path.name, pcm) for one, pcm in readable(self._of("noise", part))],
                [(one.path.name, pcm) for one, pcm in readable(rooms)],
            )
        return self._surroundings[part]

    def read(self, corpus: str) -> list[Recording]:
        """Return a corpus's recordings."""
        if corpus not in self._read:
            self._read[corpus] = read_corpus(self._root, corpus)
        return self._read[corpus]

    def cut_words(self, corpus: str, part: Part) -> list[tuple[Recording, Place]]:
        """Return the words that can be cut from a part's sentences, and their recordings.

        Of kerstin only the sentences that no model has learnt from.
        """
        sentences = self._unheard(corpus, part)
        by_file = {one.path.name: one for one in sentences}
        model = models_dir() / BUILT_IN
        network = (model / "am" / "final.mdl").read_bytes()
        written = (f"{one.path.name} {one.transcript}" for one in sentences)
        key = key_of("places 1", network, *written)
        found = self._store.get(key)
        if found is None:
            cutter = WordCutter(SpeechModel(model), self._known_spellings)
            found = [asdict(place) for place in cutter.places(sentences)]
            self._store.put(key, found)
        places = [Place(**place) for place in found]
        return [(by_file[place.file], place) for place in places if place.file in by_file]

    def _unheard(self, corpus: str, part: Part) -> list[Recording]:
        return [one for one in self._of(corpus, part) if not one.heard]

    def _of(self, corpus: str, part: Part) -> list[Recording]:
        return [one for one in self.read(corpus) if one.part == part]

    @property
    def _makers(self) -> Mapping[str, Callable[[Scene], list[Clip]]]:
        return {
            scenes.COMMANDS: self._commands,
            scenes.DIGITS: self._spoken_commands,
            scenes.WORDS: self._spoken_commands,
            scenes.CUT: self._cut_commands,
            scenes.STRANGERS_STOP: self._strangers_stop,
            scenes.SPEECH: self._speech,
            scenes.EVERYBODY: self._speech,
            scenes.NOISE: self._noise,
            scenes.SOUND: self._sound,
        }

    def _commands(self, scene: Scene) -> list[Clip]:
        people = SyntheticPeople(self.content)
        every = every_way(self.content.vocabulary, scene.part)
        chosen = _chosen(scene, every, lambda one: one[0], lambda one: f"{one[0]} {one[1]}")
        return [
            self._clip(people.say(phrase, variant), phrase, f"{phrase} ({variant})", str(variant))
            for phrase, variant in chosen
        ]

    def _spoken_commands(self, scene: Scene) -> list[Clip]:
        """Return recordings whose whole transcript is a command."""
        spoken = [one for one in self._of(scene.source, scene.part) if self._means(one.transcript)]
        chosen = _chosen(
            scene, spoken, lambda one: (one.speaker, one.transcript), lambda one: one.name
        )
        return [self._recorded(one, pcm, one.transcript) for one, pcm in readable(chosen)]

    def _cut_commands(self, scene: Scene) -> list[Clip]:
        cut = [
            (recording, place)
            for recording, place in self.cut_words(scene.source, scene.part)
            if self._means(place.text)
        ]
        chosen = _chosen(
            scene, cut, lambda one: one[1].text, lambda one: f"{one[1].file} {one[1].text}"
        )
        return [
            self._clip(piece(recording.read(), place), place.text, _name(place), recording.speaker)
            for recording, place in chosen
        ]

    def _strangers_stop(self, scene: Scene) -> list[Clip]:
        """Return "stop" as English speakers say it, which is to be heard as ours."""
        said = [
            one for one in self._of(scene.source, scene.part) if one.transcript == _ENGLISH_STOP
        ]
        chosen = _chosen(scene, said, lambda one: one.speaker, lambda one: one.name)
        return [self._recorded(one, pcm, _OUR_STOP) for one, pcm in readable(chosen)]

    def _speech(self, scene: Scene) -> list[Clip]:
        heard_sentences = scene.source == scenes.HEARD_SENTENCES
        corpus = "kerstin" if heard_sentences else scene.source
        innocent = [
            one
            for one in self._of(corpus, scene.part)
            if self._is_innocent(one, scene)
            and (corpus != "kerstin" or one.heard == heard_sentences)
        ]
        chosen = _chosen(scene, innocent, lambda one: one.speaker, lambda one: one.name)
        return [self._recorded(one, pcm, "") for one, pcm in readable(chosen)]

    def _noise(self, scene: Scene) -> list[Clip]:
        """Return noise in one piece: what is cut to a second goes on in the next clip."""
        chosen = _chosen(
            scene,
            self._of("noise", scene.part),
            lambda one: corpora.noise_source(one.path.name),
            lambda one: one.name,
        )
        return self._in_minutes("noise", [pcm for _, pcm in readable(chosen)])

    def _sound(self, scene: Scene) -> list[Clip]:
        seed = _SEED + (scene.part == "test")
        return self._in_minutes(scene.source, [SOUNDS[scene.source](scene.limit, seed)])

    def _in_minutes(self, name: str, sounds: Sequence[Pcm]) -> list[Clip]:
        if not sounds:
            return []
        joined = np.concatenate(sounds)
        size = 60 * EAR_RATE_HZ
        return [
            self._clip(joined[first : first + size], "", f"{name}, minute {first // size + 1}")
            for first in range(0, len(joined), size)
        ]

    def _recorded(self, one: Recording, pcm: Pcm, phrase: str) -> Clip:
        return replace(self._clip(pcm, phrase, one.name, one.speaker), known=one.heard)

    def _clip(self, pcm: Pcm, phrase: str, name: str, speaker: str = "") -> Clip:
        command = self._means(phrase)
        return padded(pcm, _BEFORE_SECONDS, _AFTER_SECONDS, command, name, speaker)

    def _means(self, text: str) -> Command | None:
        return self.content.vocabulary.get(text.lower())

    def _is_innocent(self, recording: Recording, scene: Scene) -> bool:
        """Return whether nothing may be done for this in the states of the scene."""
        text = recording.transcript
        if not text and recording.path.name.startswith(_UNKNOWN_CONTENT):
            return False
        if recording.corpus in corpora.FOREIGN:  # a transcript there is a translation, or English
            return text != _ENGLISH_STOP
        command = self._means(text)
        return command is None or not any(
            command.name in self.content.live_commands(state) for state in scene.states
        )

    @cached_property
    def _known_spellings(self) -> set[str]:
        texts: Iterable[str] = (*self.content.vocabulary, *self.content.decoys)
        sentences = [one.transcript for name in corpora.SENTENCES for one in self.read(name)]
        return {word for text in (*texts, *sentences) for word in words_of(text)}


def _chosen(
    scene: Scene,
    items: Sequence[_T],
    group: Callable[[_T], Hashable],
    name: Callable[[_T], str],
) -> list[_T]:
    """Return the scene's own piece of a sample that is spread over the groups."""
    chosen = spread(items, scene.limit, group, name)
    size = -(-len(chosen) // scene.pieces) or 1
    return chosen[scene.piece * size : (scene.piece + 1) * size]


def _name(place: Place) -> str:
    return f"{place.file} at {place.start_seconds:.2f} s"
