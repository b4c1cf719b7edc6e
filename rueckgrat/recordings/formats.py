"""What a file is that is no recording we can read: its format, by name."""

from pathlib import Path

from rueckgrat.recordings.wav_header import PLAIN, Data, wav_parts
from skill.errors import AudioError

CODECS = {
    0x0002: "Microsoft ADPCM",
    0x0011: "IMA ADPCM",
    0x0022: "TrueSpeech",
    0x0031: "GSM",
    0x0042: "G.723",
    0x0045: "G.726",
    0x0050: "MPEG",
    0x0055: "MP3",
    0x0064: "G.726",
    0x0065: "G.722",
    0x0083: "G.729",
    0x00FF: "AAC",
    0x0160: "Windows Media Audio",
    0x0161: "Windows Media Audio",
    0x0162: "Windows Media Audio",
    0x1610: "AAC",
    0x2000: "AC-3",
    0x2001: "DTS",
}
"""How formats are called that a WAV may hold besides plain samples."""


_SIGNS = (
    (4, b"ftyp3g", "3GP"),
    (4, b"ftyp", "M4A/MP4"),
    (0, b"\x30\x26\xb2\x75", "Windows Media (WMA)"),
    (0, b"\x1a\x45\xdf\xa3", "WebM/Matroska"),
    (0, b"#!AMR", "AMR"),
    (0, b"#!SILK", "SILK"),
    (0, b"\xff\xf1", "AAC"),
    (0, b"\xff\xf9", "AAC"),
    (0, b"ADIF", "AAC"),
    (0, b"MThd", "MIDI"),
    (0, b"wvpk", "WavPack"),
    (0, b"MAC ", "Monkey's Audio"),
    (0, b"FORM", "AIFF"),
    (0, b".RMF", "RealAudio"),
    (28, b"Speex", "Speex"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"%PDF", "PDF"),
    (0, b"\x89PNG", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
)
"""By which bytes, and where, formats are known."""

_CONVERT = "Wandle sie um in WAV, FLAC, OGG oder MP3, zum Beispiel mit Audacity."


def unreadable(path: Path, data: Data) -> AudioError:
    """Return the error for a file that no reader takes: what it is, and what to do with it."""
    problem, mend = _words(data)
    return AudioError(f"{path} {problem}.", mend, code="recording-unreadable", path=path)


def _words(data: Data) -> tuple[str, str]:
    if parts := wav_parts(data):
        codec = CODECS.get(parts.tag, "" if parts.tag in PLAIN else f"Nummer {parts.tag:#06x}")
        if codec:
            return (
                f"ist eine WAV-Datei, aber darin steckt ein Format, das ich nicht lese ({codec})",
                "Speichere sie als WAV mit 16 Bit (PCM), zum Beispiel mit Audacity.",
            )
    head = data[:64]
    if parts or (head.startswith(b"RIFF") and head[8:12] == b"WAVE"):
        return (
            "ist eine WAV-Datei, aber so beschädigt, dass ich darin keinen Ton finde",
            "Nimm sie neu auf, oder öffne sie in Audacity und speichere sie noch einmal.",
        )
    kind = next((name for at, sign, name in _SIGNS if head.startswith(sign, at)), "")
    if kind:
        return f"ist im Format {kind}, und das kann ich nicht lesen", _CONVERT
    return (
        "ist keine Aufnahme, die ich lesen kann",
        "Nimm eine Datei in WAV, FLAC, OGG oder MP3.",
    )
