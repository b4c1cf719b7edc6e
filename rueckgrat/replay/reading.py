"""Dialog tests from their files: the YAML, and the recordings it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rueckgrat.recordings.files import read_recording
from rueckgrat.replay.dialog import Dialog
from rueckgrat.replay.names import wrong_names
from rueckgrat.replay.scripted_user import Utterance
from skill.audio.waves import sound_end_seconds
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.errors import AudioError
from skill.files import as_it_lies, is_file, is_folder
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.written.mistakes import suggest
from skill.written.yaml_model import validate
from skill.written.yaml_source import Location, YamlSource, first_of, read_yaml

SUFFIXES = (".flac", ".ogg", ".wav", ".mp3")
"""What a recording may be called when its name is written without an ending."""


@dataclass(frozen=True)
class Script:
    """A dialog test with everything it needs: its file, its recordings, its noise (16 kHz)."""

    source: YamlSource
    dialog: Dialog
    utterances: Mapping[str, Utterance]
    noise: Pcm | None


def read_dialog(path: Path, content: Content | None = None) -> Script:
    """Read a dialog test and its recordings; ``content`` is what it talks to, or what is shipped.

    Raises ContentError with file, line and mend for whatever is wrong in it, also for a name that
    stands for nothing in ``content``, and for a recording that is missing or cannot be read.
    """
    source = read_yaml(path)
    dialog = validate(source, Dialog)
    if wrong := wrong_names(source, dialog, content or load_content()):
        raise first_of(wrong)
    folder = _folder(source, dialog)
    utterances = {
        step.user: _utterance(_recording(source, ("steps", number, "user"), folder, step.user))
        for number, step in enumerate(dialog.steps)
        if step.user
    }
    noise = None
    if dialog.noise:
        noise = _recording(source, ("noise", "file"), folder, dialog.noise.file)
    return Script(source, dialog, utterances, noise)


def _folder(source: YamlSource, dialog: Dialog) -> Path:
    """Return the folder of the recordings; it must be there if one of them is wanted."""
    folder = source.path.parent / dialog.recordings
    if not is_folder(folder) and (dialog.noise or any(step.user for step in dialog.steps)):
        beside = [one.name for one in folder.parent.glob("*") if is_folder(one)]
        raise source.error(
            ("recordings",),
            f"nennt einen Ordner, den es nicht gibt: „{folder}“",
            suggest(folder.name, beside, otherwise="Leg ihn an und die Aufnahmen hinein."),
        )
    return folder


def _recording(source: YamlSource, location: Location, folder: Path, name: str) -> Pcm:
    path = _find(folder, name)
    if path is None:
        problem = f"nennt eine Aufnahme, die nicht in {folder} liegt: „{name}“"
        known = [path.stem for path in folder.glob("*.*") if path.suffix in SUFFIXES]
        mend = suggest(name, known) if known else "Leg sie hinein; noch ist dort keine Aufnahme."
        raise source.error(location, problem, mend)
    try:
        return read_recording(path)
    except AudioError as error:
        problem = f"geht so nicht: {error.problem.removesuffix('.')}"
        raise source.error(location, problem, error.mend) from error


def _find(folder: Path, name: str) -> Path | None:
    names = [name, *(f"{name}{suffix}" for suffix in SUFFIXES)]
    candidates = (as_it_lies(folder / one) for one in names)
    return next((path for path in candidates if is_file(path)), None)


def _utterance(pcm: Pcm) -> Utterance:
    return Utterance(pcm, sound_end_seconds(pcm, EAR_RATE_HZ))
