"""The German voices that are published for Piper, and what is known of each.

Names and sizes are those of the ``voices.json`` that the package wyoming-piper 2.5.2 brings, sexes
and licences those of each voice's ``MODEL_CARD``; "" stands for a licence that it does not name.
A sha256 is given where several public files agree on it; for all others there is the md5 of
``voices.json``. Nothing is known of the .json beside most of them.
"""

from dataclasses import dataclass

from rueckgrat.fetching.fetch import PublishedFile
from skill.errors import VoiceError
from skill.written.mistakes import suggest

ADDRESS = (
    "https://huggingface.co/rhasspy/piper-voices/resolve/c10ece1aade47bb51c153c893d14e5bf8e5b7117"
)
"""The commit that many projects pin: what lies there does not change."""

CARD = "MODEL_CARD"
"""A text beside each voice: what it was made from, and its licence."""

FEMALE, MALE, BOTH = "weiblich", "männlich", "weiblich und männlich"


@dataclass(frozen=True)
class PublishedVoice:
    """A voice that can be fetched: ``de_DE-SPEAKER-QUALITY``."""

    speaker: str
    quality: str
    sex: str
    licence: str
    sound: str
    size_bytes: int
    checksum: str
    config_checksum: str = ""

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"de_DE-{self.speaker}-{self.quality}"

    @property
    def short_name(self) -> str:
        """What is typed."""
        return next(name for name, voice in PUBLISHED.items() if voice is self)

    @property
    def model(self) -> PublishedFile:
        """The .onnx."""
        return PublishedFile(f"{self._folder}/{self.name}.onnx", self.checksum, self.size_bytes)

    @property
    def config(self) -> PublishedFile:
        """The .onnx.json that belongs to it."""
        return PublishedFile(f"{self._folder}/{self.name}.onnx.json", self.config_checksum)

    @property
    def card(self) -> PublishedFile:
        """The text with its licence."""
        return PublishedFile(f"{self._folder}/{CARD}")

    @property
    def _folder(self) -> str:
        return f"{ADDRESS}/de/de_DE/{self.speaker}/{self.quality}"


_CC0 = "CC0 (gemeinfrei)"

_VOICES = (
    PublishedVoice(
        *("thorsten", "medium", MALE, _CC0, "klar, der Rat für den Anfang"),
        *(63_201_294, "sha256:7e64762d8e5118bb578f2eea6207e1a35a8e0c30595010b666f983fc87bb7819"),
        "sha256:974adee790533adb273a1ac88f49027d2a1b8f0f2cf4905954a4791e79264e85",
    ),
    PublishedVoice(
        *("kerstin", "low", FEMALE, _CC0, "etwas dumpfer (16 kHz)"),
        *(63_104_526, "sha256:d352a7641892cebf2903859af94e9ba81a141110215fe3943bcda7f7da401b7a"),
        "sha256:56e708556b7b9b7a53c4f8957e021421e69f11a600962bba554cffbe72cf2d47",
    ),
    PublishedVoice(
        *("thorsten", "high", MALE, _CC0, "klar; braucht sechsmal so lange"),
        *(113_895_201, "md5:256505fe58fb8b9d6ed78b83f6b8a9d2"),
    ),
    PublishedVoice(
        *("thorsten", "low", MALE, _CC0, "etwas dumpfer (16 kHz), schneller"),
        *(63_104_526, "md5:c06eb96aceb61895fcb09ffc30eef60b"),
    ),
    PublishedVoice(
        *("thorsten_emotional", "medium", MALE, _CC0, "klar, acht Stimmungen: NAME#0 bis NAME#7"),
        *(76_745_905, "md5:7cc67d24d9d0b34d7a4f6224d16236b9"),
    ),
    PublishedVoice(
        *("ramona", "low", FEMALE, "", "etwas dumpfer (16 kHz)"),
        *(63_104_526, "md5:b4aaf3673170a0d96519cdc992c23fda"),
    ),
    PublishedVoice(
        *("eva_k", "x_low", FEMALE, "", "die kleinste: schlichter (16 kHz), am schnellsten"),
        *(20_628_813, "md5:51bfc52a58282c2e4fc01ae66567a708"),
    ),
    PublishedVoice(
        *("karlsson", "low", MALE, "", "etwas dumpfer (16 kHz)"),
        *(63_104_526, "md5:c94b5b8e8c7147b4b2c4a19ca5a3c41b"),
    ),
    PublishedVoice(
        *("pavoque", "low", MALE, "CC BY-NC-SA 4.0 (nicht gewerblich)", "etwas dumpfer (16 kHz)"),
        *(63_104_526, "md5:bc37dccbad87fd65c8501c412c0c31ca"),
    ),
    PublishedVoice(
        *("mls", "medium", BOTH, "CC BY 4.0", "236 Menschen, die vorlesen: NAME#0 bis NAME#235"),
        *(76_961_079, "md5:bb543a8e82b95993cdd2199a0049623b"),
    ),
)


def _by_short_name() -> dict[str, PublishedVoice]:
    """Return the voices by what is typed: the first of a speaker needs no quality."""
    named: dict[str, PublishedVoice] = {}
    for voice in _VOICES:
        named[
            voice.speaker if voice.speaker not in named else f"{voice.speaker}-{voice.quality}"
        ] = voice
    return named


PUBLISHED = _by_short_name()
"""All voices that can be fetched, by their short names."""


def published(name: str) -> PublishedVoice:
    """Return the voice of a short name or a whole one; VoiceError says what may have been meant."""
    for short, voice in PUBLISHED.items():
        if name.lower() in (short, voice.name.lower(), voice.name.lower().removeprefix("de_de-")):
            return voice
    raise VoiceError(
        f"Eine Stimme „{name}“ kann ich nicht holen.",
        suggest(name.lower(), PUBLISHED),
        code="unknown-voice",
        name=name,
    )
