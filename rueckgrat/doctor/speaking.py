"""The voice: is its engine there, has it this voice, and how fast does it speak?"""

import time
from dataclasses import dataclass

import numpy as np

from rueckgrat.doctor.finding import Figures, Finding, decimal, failure, ok, warning
from skill.audio.waves import frame_levels_dbfs
from skill.content.schema import Content
from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.settings import Settings
from skill.voice import open_synthesiser
from skill.voice.choice import read_choice
from skill.voice.polish import polish
from skill.voice.respelling import Respeller

SENTENCE = (
    "Das ist die Tonprobe. Ich spreche einen Satz und höre mir dabei selbst zu. Gleich sind wir"
    " damit fertig."
)

_SLOW_SHARE = 0.5
"""Of the sentence's length: a line that is rendered so slowly comes late, unless it is kept."""

_FAINT_DBFS = -50.0


@dataclass(frozen=True)
class Rendered:
    """The test sentence, ready to be played (22,050 Hz), its raw level and what it took."""

    pcm: Pcm
    loudest_dbfs: float
    render_seconds: float

    @property
    def share(self) -> float:
        """Real-time factor: seconds of work per second of speech."""
        return self.render_seconds * VOICE_RATE_HZ / max(self.pcm.size, 1)


def render(settings: Settings, content: Content) -> Rendered:
    """Render the test sentence anew, never from the cache; VoiceError when that is impossible."""
    choice = read_choice(settings.voice)
    voice = open_synthesiser(choice, settings.words_per_minute)
    respellings = content.natural_respellings if choice.natural else content.respellings
    spoken = Respeller(respellings)(SENTENCE)
    voice.render(spoken)  # the first line loads what the others find loaded
    began = time.perf_counter()
    raw = voice.render(spoken)
    seconds = time.perf_counter() - began
    loudest = float(np.max(frame_levels_dbfs(raw, VOICE_RATE_HZ), initial=-120.0))
    return Rendered(polish(raw), loudest, seconds)


def check_own_voices(settings: Settings) -> Finding | None:
    """Judge the voices that single people have chosen; None if all of them can be had."""
    for person, voice in settings.own_voices.items():
        try:
            open_synthesiser(read_choice(voice), settings.words_per_minute)
        except VoiceError as error:
            problem = f"{person} hört die übliche Stimme statt „{voice}“: {error.problem}"
            return warning("voice", problem, error.mend, voice=voice)
    return None


def check_voice(rendered: Rendered | VoiceError, voice_name: str) -> Finding:
    """Judge the rendered sentence, or why there is none."""
    if isinstance(rendered, VoiceError):
        return failure("voice", rendered.problem, rendered.mend, voice=voice_name)
    figures: Figures = {
        "voice": voice_name,
        "loudest_dbfs": round(rendered.loudest_dbfs, 1),
        "realtime_factor": round(rendered.share, 4),
    }
    if rendered.loudest_dbfs < _FAINT_DBFS:
        return failure(
            "voice",
            f"Die Stimme „{voice_name}“ gibt keinen Ton von sich.",
            "Nimm die übliche: Streich voice aus den Einstellungen.",
            **figures,
        )
    share = decimal(100 * rendered.share, 1)
    measured = f"„{voice_name}“ spricht; eine Sekunde Sprache kostet {share} % davon."
    if rendered.share > _SLOW_SHARE:
        mend = "Nimm eine einfachere Stimme: Streich voice aus den Einstellungen."
        if read_choice(voice_name).natural:
            mend = "Lass sie alles vorher sprechen: „rueckgrat voice prepare“."
        return warning("voice", measured, mend, **figures)
    return ok("voice", measured, **figures)
