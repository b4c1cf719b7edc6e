"""The only module that knows Vosk: speech model and recogniser behind ``Recogniser``."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vosk

from skill.audio.quiet import quiet
from skill.ear.grammar import UNKNOWN_WORD
from skill.ear.recogniser import Hypothesis, Word
from skill.errors import ModelError
from skill.messages.blocks import EAR_RATE_HZ, Pcm, silence
from skill.models.fitted import with_network
from skill.models.whole import check_model_dir

_KALDI_SILENT = -3
"""Kaldi prints a message unless its severity (error -2, warning -1, log 0) is above the level.

``SetLogLevel(-1)``, the advice found everywhere, still lets warnings and errors through. OpenFst
writes past that level, to ``std::cerr``: hence ``quiet`` around loading.
"""

_PUBLISHED = "vosk-model-"
"""How the folders of the models on alphacephei.com/vosk/models begin.

They know the word ``[unk]``, but it was never trained to stand for anything (vosk-api #1017, #353).
"""

_WARM_UP_SECONDS = 0.3


class SpeechModel:
    """A speech model in memory; recognisers share it.

    ``network`` is an acoustic model in place of its own, fitted to a person's voice. Raises
    ModelError when the directory holds no whole model, or the network is none.
    """

    def __init__(self, model_dir: Path, network: Path | None = None) -> None:
        check_model_dir(model_dir)
        self._published = model_dir.resolve().name.startswith(_PUBLISHED)
        vosk.SetLogLevel(_KALDI_SILENT)
        try:
            with quiet(), with_network(model_dir, network) as folder:
                self._model = vosk.Model(str(folder))
        except Exception as error:  # libvosk raises nothing more specific
            raise ModelError(
                f"Das Sprachmodell in {model_dir} kann ich nicht lesen.",
                "Hol es noch einmal mit „rueckgrat model fetch“, oder nimm ein anderes mit"
                " „rueckgrat model use“.",
            ) from error

    @property
    def rejects(self) -> bool:
        """Return whether ``[unk]`` can be recognised, and then means any other word."""
        return not self._published and self.knows(UNKNOWN_WORD)

    def knows(self, word: str) -> bool:
        """Return whether the model can recognise this word. Umlauts and ß count as written."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def open_recogniser(self, grammar: Sequence[str]) -> "VoskRecogniser":
        """Return a warmed-up recogniser of these phrases; of any words when there are none."""
        return VoskRecogniser(self._model, grammar)


class VoskRecogniser:
    """A ``vosk.KaldiRecognizer`` as a ``Recogniser``.

    Partial results carry no word times here on purpose: with ``SetPartialWords(True)`` Vosk reads
    them from the part of the lattice that is already determinised, and they come 0.7 to 1.0 s
    late.
    """

    def __init__(self, model: Any, grammar: Sequence[str]) -> None:
        self._model = model
        self._grammar = json.dumps(list(grammar), ensure_ascii=False) if grammar else ""
        self._fed_samples = 0
        self._start_samples = 0
        self._open()
        self._warm_up()

    def _open(self) -> None:
        arguments = [self._model, EAR_RATE_HZ]
        if self._grammar:
            arguments.append(self._grammar)
        with quiet():
            self._vosk = vosk.KaldiRecognizer(*arguments)
        self._vosk.SetWords(True)
        self._start_samples = self._fed_samples

    def _warm_up(self) -> None:
        """Decode a little silence, so that the first word is not the slow first decode."""
        self._vosk.AcceptWaveform(silence(round(_WARM_UP_SECONDS * EAR_RATE_HZ)).tobytes())
        self._vosk.FinalResult()
        self._open()

    def accept(self, block: Pcm) -> Hypothesis:
        """See ``Recogniser.accept``."""
        self._fed_samples += len(block)
        if self._vosk.AcceptWaveform(block.tobytes()):
            return self._final(self._vosk.Result())
        return Hypothesis(json.loads(self._vosk.PartialResult())["partial"])

    def finish(self) -> Hypothesis:
        """See ``Recogniser.finish``."""
        return self._final(self._vosk.FinalResult())

    def renew(self) -> None:
        """See ``Recogniser.renew``."""
        self._open()

    def _final(self, answer: str) -> Hypothesis:
        result = json.loads(answer)
        offset_seconds = self._start_samples / EAR_RATE_HZ
        return Hypothesis(
            text=result.get("text", ""),
            words=tuple(
                Word(
                    word["word"],
                    float(word["conf"]),
                    word["start"] + offset_seconds,
                    word["end"] + offset_seconds,
                )
                for word in result.get("result", ())
            ),
            final=True,
        )
