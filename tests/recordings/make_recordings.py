"""Makes the recordings of the dialog tests and of the demonstration.

Voices of espeak-ng that differ from the coach's (which is plain ``de``), and noises from a seeded
generator. Everything is written as 16 kHz mono OGG (Vorbis); ``manifest.tsv`` beside the speakers'
folders lists what each file holds. A file whose sound has not changed is left alone, because OGG
streams carry a random serial number.

    python -m tests.recordings.make_recordings
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from rueckgrat.recordings.files import read_recording
from skill.messages.blocks import EAR_RATE_HZ, Pcm, silence

HERE = Path(__file__).resolve().parent
DEMONSTRATION = HERE.parents[1] / "dialogs" / "demonstration" / "recordings"

PEAK = 0.35
"""Peak of a spoken recording: somebody two metres away from a microphone that is turned up."""
PAD_SECONDS = 0.15
SEED = 2026


@dataclass(frozen=True)
class Speaker:
    """A synthetic person: an espeak-ng voice with a pitch (0-99) and a speed (words a minute)."""

    name: str
    voice: str
    pitch: int
    words_per_minute: int


ANNA = Speaker("anna", "de+f2", 50, 150)
BERND = Speaker("bernd", "de+m3", 38, 140)
CLARA = Speaker("clara", "de+f4", 62, 165)
EMIL = Speaker("emil", "de+m1", 45, 150)

COMMANDS = (
    "ja", "nein", "weiter", "wiederholen", "nochmal", "zurück", "pause", "weiter machen", "stopp",
    "beenden", "überspringen", "langsamer", "schneller", "lauter", "leiser", "hilfe",
    "wie viele noch", "welche übung", "fertig", "aua", "ich habe schmerzen", "brücke", "roll up",
    "bein anheben", "alle drei", "andere übung", "warnzeichen",
    "zwei", "drei", "acht", "zwölf",
)  # fmt: skip
ANSWERS = (
    "mehr", "leicht", "gut", "schwer", "einfacher", "schwieriger", "genauer",
    "unter vierzig", "vierzig bis sechzig", "über sechzig", "wie war meine woche",
    "hallo trainer", "ich bin anna", "ich bin bernd", "ich bin gast",
)  # fmt: skip
NAMES = (
    "katze und kuh", "knie pendeln", "vierfüßler", "seitstütz", "unterarmstütz", "wandstütz",
    "kniebeuge", "rückenstrecker", "rudern", "band auseinander", "intervalle", "muskelentspannung",
    "rückentraining", "kurzes rückentraining", "langes rückentraining", "beweglichkeit",
    "intervalltraining", "entspannung", "widerstand",
)  # fmt: skip
"""Exercises and programmes, besides the three exercises above."""
QUESTIONS = (
    "was tun die rückenmuskeln", "welche rückenmuskeln gibt es", "was ist die tiefenmuskulatur",
    "wie heißen die tiefen muskeln", "was sind faszien", "wie häufig ist rückenweh",
    "kann ich mit einem bandscheibenvorfall üben", "kann ich mit bechterew üben",
    "kann ich mit osteoporose üben", "kann ich in der schwangerschaft üben",
    "warum tut mein rücken weh", "ist mein gewicht schuld", "macht stress rückenweh",
    "wie hebe ich richtig", "wie sitze ich richtig", "wann muss ich zum arzt",
    "kann ich mit rheuma üben", "was hilft gegen rückenweh", "was ist intervalltraining",
    "was ist muskelentspannung", "hilft yoga dem rücken", "wie stärke ich meinen rücken",
    "was ist widerstandstraining", "was ist pilates", "ist pilates etwas für mich",
    "wo lerne ich pilates", "wie oft soll ich üben", "wie übe ich richtig", "wie atme ich richtig",
)  # fmt: skip
"""One of each topic, asked by one speaker: they are long."""
SENTENCES = (
    "heute ist das wetter wirklich schön",
    "ich muss später noch einkaufen gehen",
    "weiter hinten im garten steht ein alter baum",
    "kannst du bitte das fenster aufmachen",
    "der zug kommt heute eine halbe stunde später",
)
NATURAL = {
    ANNA: (
        "also hallo trainer", "hallo ich bin die anna", "ja mein arzt ist einverstanden",
        "ich möchte die brücke machen", "acht bitte", "ein kurzes rückentraining bitte",
        "ja da weiter", "ja los", "warte ich bin noch nicht so weit", "okay weiter gehts",
        "nein stopp", "stopp stopp", "aua mein rücken", "das tut sehr weh", "mir ist schwindlig",
        "keine pause bitte", "zu schnell", "wie viele sind es noch", "das reicht mir",
        "das war leicht", "lieber eine andere übung", "der bus hält an der nächsten haltestelle",
        "was kann ich alles sagen", "nochmal die position bitte", "ich habe keine schmerzen mehr",
        "erklär mir was die tiefenmuskulatur ist", "das hat weh getan",
    ),
    BERND: (
        "nein noch nicht", "ja hat er", "los gehts", "mach mit mir die brücke", "ich mache acht",
        "bein anheben bitte", "ich möchte intervalltraining machen", "ich bin über sechzig",
        "mein knie tut weh", "stopp bitte", "aua aua", "halt stopp", "ich bekomme keine luft",
        "kannst du bitte eine pause machen", "ich bin wieder da", "etwas leiser bitte",
        "nicht so schnell", "das war anstrengend", "bin bereit", "weiter zur nächsten übung",
        "eine pause bitte", "doch nicht heute", "er hat gesagt ich soll aufhören zu rauchen",
        "lass uns aufhören", "ich kann nicht mehr", "passt", "das war normal",
        "ja ich höre dich gut", "die lautstärke passt", "also hallo trainer",
    ),
    CLARA: (
        "mach mit mir die brücke", "ich bin so weit", "autsch das tut weh", "stopp stopp stopp",
        "mein bein kribbelt", "ich möchte mich entspannen", "lieber beenden",
    ),
    EMIL: (
        "ja", "weiter", "nein heute lieber nicht", "welche warnzeichen gibt es",
        "alles klar weiter", "ja klar", "die brücke bitte", "sagen wir zwölf",
        "ich möchte widerstandstraining machen", "ja ein band habe ich", "nein stopp",
        "oh das tut weh", "hör auf damit", "mir wird schlecht", "moment mal", "weiter bitte",
        "das ist mir zu langsam", "das wetter ist heute schön",
        "wir müssen leiser sein die kinder schlafen sagte sie",
    ),
}  # fmt: skip
"""What people say of themselves, instead of the phrases that the trainer teaches."""
SPOKEN = {
    ANNA: COMMANDS + SENTENCES + ANSWERS + NAMES + QUESTIONS + ("guten morgen",) + NATURAL[ANNA],
    BERND: COMMANDS + SENTENCES + ANSWERS + NAMES + NATURAL[BERND],
    CLARA: (
        *("ja", "weiter", "wiederholen", "pause", "weiter machen", "stopp", "aua"),
        *SENTENCES,
        *NATURAL[CLARA],
    ),
    EMIL: NATURAL[EMIL],
}
SPELLINGS = {"roll up": "rohl app"}
"""How a phrase is written for espeak-ng, where it would not say it as people do."""

DEMONSTRATION_SPOKEN = (
    "ich bin anna", "ja mein arzt ist einverstanden", "was ist die tiefenmuskulatur",
    "ich möchte das kurze rückentraining machen", "ja ich bin bereit", "kannst du mal kurz warten",
    "okay weiter gehts", "das war leicht", "weiter", "nicht so schnell bitte", "aua mein rücken",
    "beenden",
)  # fmt: skip


def main(folder: Path = HERE, demonstration: Path = DEMONSTRATION) -> None:
    """Make everything; say which files have changed."""
    rows = []
    for speaker, phrases in SPOKEN.items():
        for phrase in phrases:
            file = f"{speaker.name}/{file_name(phrase)}"
            _write(folder / file, say(speaker, phrase))
            options = f"{speaker.voice} -p {speaker.pitch} -s {speaker.words_per_minute}"
            rows.append((file, phrase, options))
    for name, sound in noises():
        _write(folder / f"noise/{name}.ogg", sound)
        rows.append((f"noise/{name}.ogg", "", f"numpy, seed {SEED}"))
    for phrase in DEMONSTRATION_SPOKEN:
        _write(demonstration / file_name(phrase), say(ANNA, phrase))
    lines = ["\t".join(row) for row in (("file", "text", "made with"), *rows)]
    (folder / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def file_name(phrase: str) -> str:
    """Return ``ueberspringen.ogg`` for "überspringen": plain letters and hyphens."""
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    return re.sub(r"[^a-z0-9]+", "-", phrase.lower().translate(umlauts)) + ".ogg"


def say(speaker: Speaker, text: str) -> Pcm:
    """Return ``text`` spoken by ``speaker``, 16 kHz, with a short silence on both sides."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        options = ["-v", speaker.voice, "-p", str(speaker.pitch)]
        options += ["-s", str(speaker.words_per_minute), "-w", str(path)]
        subprocess.run(["espeak-ng", *options, SPELLINGS.get(text, text)], check=True)
        spoken = read_recording(path)
    pad = silence(round(PAD_SECONDS * EAR_RATE_HZ))
    return np.concatenate([pad, _scaled(_trimmed(spoken).astype(np.float64), PEAK), pad])


def noises() -> Iterator[tuple[str, Pcm]]:
    """Yield sounds of a living room that are no speech."""
    random = np.random.default_rng(SEED)
    yield "atem", _scaled(_breath(random), 0.08)
    yield "klick", _scaled(_clicks(random, seconds=0.6, count=2), 0.5)
    yield "brummen", _scaled(_hum(seconds=2.0), 0.2)
    yield "kueche", _scaled(_kitchen(random, seconds=6.0), 0.3)


def _breath(random: np.random.Generator) -> NDArray[np.float64]:
    """Return somebody breathing out: 1.5 s of soft noise, without low rumble."""
    return np.diff(_soft_noise(random, 1.5, smooth=6)) * _swell(1.5)[1:]


def _clicks(random: np.random.Generator, seconds: float, count: int) -> NDArray[np.float64]:
    """Return short ringing knocks, as of a cup on a table."""
    sound = np.zeros(round(seconds * EAR_RATE_HZ))
    for start in random.integers(0, sound.size - 2_000, count):
        time = np.arange(2_000) / EAR_RATE_HZ
        pitch = random.uniform(1_500, 4_000)
        knock = np.sin(2 * np.pi * pitch * time) * np.exp(-time * 60)
        sound[start : start + knock.size] += knock * random.uniform(0.3, 1.0)
    return sound


def _hum(seconds: float) -> NDArray[np.float64]:
    """Return the hum of the mains with its harmonics."""
    time = np.arange(round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ
    return np.sum([np.sin(2 * np.pi * 50 * n * time) / n for n in (1, 2, 3, 5)], axis=0)


def _kitchen(random: np.random.Generator, seconds: float) -> NDArray[np.float64]:
    """Return running water, a fan and dishes."""
    water = _soft_noise(random, seconds, smooth=3)
    fan = _soft_noise(random, seconds, smooth=60) * 4
    dishes = _clicks(random, seconds, count=14) * 1.5
    return water + fan + dishes


def _soft_noise(random: np.random.Generator, seconds: float, smooth: int) -> NDArray[np.float64]:
    white = random.normal(size=round(seconds * EAR_RATE_HZ) + smooth - 1)
    return np.convolve(white, np.ones(smooth) / smooth, mode="valid")


def _swell(seconds: float) -> NDArray[np.float64]:
    return np.sin(np.linspace(0, np.pi, round(seconds * EAR_RATE_HZ))) ** 2


def _trimmed(pcm: Pcm) -> Pcm:
    """Return the recording without the silence around it."""
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > 200)
    return pcm[loud[0] : loud[-1] + 1]


def _scaled(sound: NDArray[np.float64], peak: float) -> Pcm:
    return np.rint(sound / np.abs(sound).max() * peak * 32_767).astype(np.int16)


def _write(path: Path, pcm: Pcm) -> None:
    """Write an OGG file, unless the one that is there sounds the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(".new")
    soundfile.write(made, pcm, EAR_RATE_HZ, format="OGG", subtype="VORBIS")
    if path.exists() and np.array_equal(read_recording(path), read_recording(made)):
        made.unlink()
        return
    made.replace(path)
    print(path)


if __name__ == "__main__":
    main()
