"""What the microphone hears: recorded people, synthetic ones, noise, and a quiet room."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rueckgrat.recordings.files import read_recording
from rueckgrat.replay.room import at_snr
from skill.audio.hiss import with_hiss
from skill.audio.waves import sound_end_seconds
from skill.content.schema import Content
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence
from workbench.ears.voices import SyntheticPeople, Variant
from workbench.recordings import FOLDER, manifest

_PEAK = 0.35 * 32_768
"""As loud as the recordings of ``tests/recordings``."""

_VARIANTS = {"anna": Variant("f3", 160), "bernd": Variant("m2", 125), "gast": Variant("Annie", 160)}
"""Who says what nobody has recorded: voices that the speech model was not trained with."""

_KITCHEN_SNR_DB = 15.0
"""Below somebody who trains: the kitchen is next door, or the trainer would hear nobody."""

_KEPT = 64
_HISS_BLOCKS = 600


class Sounds:
    """Phrases, sentences and noises by name, at 16 kHz.

    A phrase comes from ``tests/recordings`` where that person has recorded it. SkillError outside a
    checkout, VoiceError without espeak-ng.
    """

    def __init__(self, content: Content) -> None:
        self._files = {(file.partition("/")[0], text): file for file, text in manifest()}
        self.sentences = tuple(
            (who, text)
            for who, text in self._files
            if text and text not in content.vocabulary and who != "noise"
        )
        self._people = SyntheticPeople(content)
        self._hiss = with_hiss(silence(0), _HISS_BLOCKS)
        kitchen = read_recording(FOLDER / "noise" / "kueche.ogg")
        self._kitchen = at_snr(kitchen, [self._say("anna", "weiter")], _KITCHEN_SNR_DB)
        self.say = lru_cache(_KEPT)(self._say)

    def _say(self, who: str, text: str) -> Pcm:
        """Return a phrase or sentence, said by a person (in lower case)."""
        file = self._files.get((who, text))
        if file:
            return read_recording(FOLDER / file)
        spoken = self._people.say(text, _VARIANTS.get(who, _VARIANTS["gast"])).astype(np.float64)
        loudest = max(1.0, float(np.abs(spoken).max(initial=0.0)))
        return np.rint(spoken * (_PEAK / loudest)).astype(np.int16)

    def background(self, block: int, kitchen: bool) -> NDArray[np.int32]:
        """Return what is heard in a block where nobody speaks."""
        heard = self._hiss[block * 7 % _HISS_BLOCKS].astype(np.int32)
        if kitchen:
            first = block * EAR_BLOCK_SAMPLES
            places = np.arange(first, first + EAR_BLOCK_SAMPLES) % self._kitchen.size
            heard += self._kitchen[places]
        return np.asarray(heard)


def spoken_seconds(pcm: Pcm) -> float:
    """Return when the last word of a recording ends."""
    return sound_end_seconds(pcm, EAR_RATE_HZ)
