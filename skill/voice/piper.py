"""Text to samples by a neural voice: the one module that knows Piper (extra ``natural``).

Piper is published under the GPL-3.0-or-later. It is imported when the first line is rendered, and
only where a natural voice was chosen.
"""

import functools
import platform
import threading
from typing import Any

import numpy as np

from skill.audio.resample import resample
from skill.errors import VoiceError
from skill.extras import NATURAL
from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.voice.voice_files import VoiceFile
from skill.written.text import composed

NORMAL_WORDS_PER_MINUTE = 130
"""The speed at which a natural voice speaks as it was recorded: see docs/voice.md."""

SENTENCE_GAP_SECONDS = 0.2
"""Silence between two sentences, on top of the 0.2 s that a voice leaves around each by itself."""

PROCESSORS = ("x86_64", "aarch64")
"""What the runtime is published for."""

_one_at_a_time = threading.Lock()


class PiperSynthesiser:
    """A natural voice at one speed; satisfies ``skill.voice.synthesis.Synthesiser``.

    Opening reads and checks, rendering loads the model: of all voices the last one used stays
    loaded. May be called from any thread and sent to another process. VoiceError when the extra
    is missing, this voice has no such speaker, or a line cannot be rendered.
    """

    def __init__(self, voice: VoiceFile, speaker: str, words_per_minute: int) -> None:
        _check_installed()
        self._voice = voice
        self._speaker = voice.speaker(speaker)
        self._length_scale = voice.length_scale * NORMAL_WORDS_PER_MINUTE / words_per_minute
        self.identity = f"piper {voice.digest} {self._speaker} {words_per_minute}"

    def render(self, text: str) -> Pcm:
        """Return ``text`` spoken, at 22,050 Hz; 0.1 s of work for each second of it and more."""
        spoken = composed(text).strip()  # of "u" and two dots it reads the "u"
        if not spoken:
            return silence(0)
        try:
            with _one_at_a_time:
                sentences = self._sentences(spoken)
        except Exception as error:  # Piper and its runtime name none
            raise VoiceError(
                f"„{text}“ konnte die Stimme {self._voice.path.stem} nicht sprechen.",
                "Sie oder Piper ist beschädigt: Hol sie noch einmal, oder nimm eine andere.",
                code="not-spoken",
                detail=str(error),
            ) from error
        if not sentences:
            said = f"An „{text}“ ist nichts zu sprechen."
            raise VoiceError(said, "Schreib es in Wörtern.", code="not-spoken")
        gap = silence(round(SENTENCE_GAP_SECONDS * self._voice.rate_hz))
        with_gaps = [part for sentence in sentences for part in (sentence, gap)]
        return resample(np.concatenate(with_gaps), self._voice.rate_hz, VOICE_RATE_HZ)

    def _sentences(self, text: str) -> list[Pcm]:
        from piper import SynthesisConfig

        model = _load(self._voice)
        # Not normalised: that would make the shortest sentence as loud as the longest.
        how = SynthesisConfig(
            speaker_id=self._speaker, length_scale=self._length_scale, normalize_audio=False
        )
        return [chunk.audio_int16_array for chunk in model.synthesize(text, how)]


def _check_installed() -> None:
    if NATURAL.is_here:
        return
    if platform.machine() not in PROCESSORS:
        raise VoiceError(
            f"Für diesen Prozessor ({platform.machine()}) gibt es keine natürlichen Stimmen.",
            "Nimm eine Stimme von espeak-ng, oder ein System mit 64 Bit.",
            code="no-natural-voices",
        )
    raise VoiceError(
        "Für natürliche Stimmen fehlt noch Piper.",
        f"Installier es: {NATURAL.command}",
        code="no-piper",
    )


@functools.lru_cache(maxsize=1)
def _load(voice: VoiceFile) -> Any:
    """Return a voice with its model: 100 to 300 MB, as long as the longest sentence; never two."""
    import json

    import onnxruntime
    from piper import PiperConfig, PiperVoice

    # A voice breathes at random; from the same seed the same lines in the same order are the same.
    onnxruntime.set_seed(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # no two lines are of one length
    options.log_severity_level = 4
    model = onnxruntime.InferenceSession(str(voice.path), options, ["CPUExecutionProvider"])
    described = json.loads(voice.description.read_bytes())
    return PiperVoice(session=model, config=PiperConfig.from_dict(described))
