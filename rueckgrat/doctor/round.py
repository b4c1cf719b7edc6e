"""Runs all checks in order, and hands results of one check to later ones."""

import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any, Protocol, TypeVar

from rueckgrat.calibration.script import MicrophoneAdvice, load_script
from rueckgrat.doctor.cards import check_device
from rueckgrat.doctor.configuration import check_dialogs, check_home, check_settings
from rueckgrat.doctor.echo import check_echo, check_loop, has_canceller
from rueckgrat.doctor.finding import Finding, Verdict, failure, guarded
from rueckgrat.doctor.hearing import Sample, check_level, listen
from rueckgrat.doctor.load import MachineLoad, check_load, check_memory, measure_load
from rueckgrat.doctor.loop import Loop, chirp, run_loop, seconds_of
from rueckgrat.doctor.permissions import check_permissions, is_in_group_audio, sound_files
from rueckgrat.doctor.speaking import Rendered, check_own_voices, check_voice, render
from rueckgrat.doctor.storage import check_history, check_storage
from rueckgrat.doctor.system import check_clock, check_platform, check_python
from rueckgrat.doctor.understanding import check_model
from rueckgrat.history import history_file
from skill.audio.background import BackgroundTask
from skill.audio.devices import Role, SoundCard
from skill.content.loader import load_content
from skill.content.own import content_for
from skill.content.personal import personal
from skill.content.schema import Content
from skill.errors import AudioError, SettingsError, SkillError, VoiceError
from skill.messages.blocks import Pcm
from skill.paths import user_dir
from skill.settings import Settings, load_in_spite_of_the_file
from skill.trainer import Trainer

LISTEN_SECONDS = 5.0

_PATIENCE_SECONDS = 15.0
"""A sound system that answers needs 4 s at most, with a device that has to wake up."""

_T = TypeVar("_T")

SPEAK = (
    "Ich höre {seconds:.0f} Sekunden zu. Sprich dabei so, wie du beim Training sprichst; bist du"
    " still, messe ich nur den Raum."
)
LISTEN = "Jetzt spiele ich etwas ab und höre mir selbst zu."
MEASURE = "Ich messe, wie schnell dieser Rechner ist. Einen Moment."


class Watcher(Protocol):
    """Who watches the doctor at work."""

    def tell(self, sentence: str) -> None:
        """Take a German sentence on what comes next."""
        ...

    def level(self, dbfs: float) -> None:
        """Take the level of each block while the doctor listens; called from another thread."""
        ...


class Doctor:
    """Looks at everything that training needs.

    ``options`` are settings from the command line. Without a ``card`` whatever makes or needs
    sound is left out. Findings come as they are made; no check ever raises.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        watcher: Watcher,
        card: SoundCard | None,
        listen_seconds: float = LISTEN_SECONDS,
    ) -> None:
        self._options = options
        self._watcher = watcher
        self._card = card
        self._listen_seconds = listen_seconds
        self._settings = Settings()
        self._content: Content | None = None
        self._said: Pcm = chirp()
        self._load: MachineLoad | None = None

    def examine(self) -> Iterator[Finding]:
        """Yield one finding after the other; with sound last, as a person has to listen then."""
        yield guarded("python", lambda: check_python(sys.version_info[:3]))
        yield guarded("platform", _check_platform)
        yield guarded("clock", lambda: check_clock(datetime.now().astimezone()))
        yield guarded("settings", self._read_settings)
        yield guarded("dialogs", self._read_dialogs)
        for kind in ("data", "config", "cache"):
            yield guarded(f"storage_{kind}", partial(_check_storage, kind))
        yield guarded("history", lambda: check_history(history_file()))
        if self._settings.broker:
            yield guarded("home", lambda: check_home(self._settings))
        yield guarded("permissions", _check_permissions)
        yield guarded("voice", self._check_voice)
        if self._content:
            trainer = Trainer(self._settings, content=self._content)
            model = guarded("model", lambda: check_model(trainer))
            yield model
            if model.verdict is not Verdict.FAILURE:
                yield from self._measure_load(trainer)
        yield from self._with_sound() if self._card else self._without_sound()

    def _read_settings(self) -> Finding:
        try:
            self._settings, wrong = load_in_spite_of_the_file(self._options)
        except SettingsError as error:
            problem = f"Mit diesen Einstellungen fange ich nicht an: {error.problem}"
            return failure("settings", problem, f"Ändere das, oder lass es weg. {error.mend}")
        return check_settings(wrong)

    def _read_dialogs(self) -> Finding:
        left_out: list[str] = []
        try:
            content = content_for(self._settings.dialog_folders, left_out.append)
            self._content = personal(content, self._settings.people, self._settings.wake)
        except SkillError as error:
            self._content = load_content()
            problem = f"Die Übungen und Sätze sind nicht zu lesen: {error.problem}"
            return failure("dialogs", problem, f"Bring den Ordner in Ordnung. {error.mend}")
        return check_dialogs(left_out)

    def _check_voice(self) -> Finding:
        rendered: Rendered | VoiceError
        try:
            rendered = render(self._settings, self._content or load_content())
            self._said = rendered.pcm if rendered.pcm.size else self._said
        except VoiceError as error:
            rendered = error
        finding = check_voice(rendered, self._settings.voice)
        if finding.verdict is Verdict.OK:
            return check_own_voices(self._settings) or finding
        return finding

    def _measure_load(self, trainer: Trainer) -> Iterator[Finding]:
        self._watcher.tell(MEASURE)
        yield guarded("load", lambda: self._check_load(trainer))
        if self._load:
            memory = self._load.memory
            yield guarded("memory", lambda: check_memory(memory))

    def _check_load(self, trainer: Trainer) -> Finding:
        self._load = measure_load(trainer, self._said)
        return check_load(self._load)

    def _without_sound(self) -> Iterator[Finding]:
        yield guarded("echo", lambda: check_echo(None, has_canceller()))

    def _with_sound(self) -> Iterator[Finding]:
        microphone = self._device(Role.MICROPHONE, self._settings.microphone)
        yield microphone
        speaker = self._device(Role.SPEAKER, self._settings.speaker)
        yield speaker
        hears = microphone.verdict is not Verdict.FAILURE
        sample = loop = None
        if hears:
            sample = self._recorded("level", self._listen)
        if hears and speaker.verdict is not Verdict.FAILURE:
            loop = self._recorded("loop", self._run_loop)
        if isinstance(sample, Finding):
            yield sample
        elif sample:
            alive = isinstance(loop, Loop) and not loop.silent
            heard = sample
            yield guarded("level", lambda: check_level(heard, self._advice(), alive))
        if isinstance(loop, Finding):
            yield loop
            loop = None
        elif loop:
            played = loop
            yield guarded("loop", lambda: check_loop(played))
        yield guarded("echo", lambda: check_echo(loop, has_canceller()))

    def _device(self, role: Role, wanted: str) -> Finding:
        return guarded(
            role.value,
            lambda: self._patiently(
                lambda card, _stop: check_device(card, role, wanted or None), _PATIENCE_SECONDS
            ),
        )

    def _listen(self) -> Sample:
        self._watcher.tell(SPEAK.format(seconds=self._listen_seconds))
        return self._patiently(
            lambda card, stop: listen(
                card,
                self._settings.microphone or None,
                self._listen_seconds,
                self._watcher.level,
                stop,
            ),
            _PATIENCE_SECONDS + self._listen_seconds,
        )

    def _run_loop(self) -> Loop:
        self._watcher.tell(LISTEN)
        microphone, speaker = self._settings.microphone or None, self._settings.speaker or None
        return self._patiently(
            lambda card, stop: run_loop(card, microphone, speaker, self._said, stop),
            _PATIENCE_SECONDS + 2 * seconds_of(self._said),
        )

    def _advice(self) -> MicrophoneAdvice:
        return load_script((self._content or load_content()).vocabulary).advice

    def _recorded(self, name: str, record: Callable[[], _T]) -> _T | Finding:
        """Return the recording, or the failure that it ended in."""
        recordings: list[_T] = []

        def attempt() -> Finding:
            try:
                recordings.append(record())
            except AudioError as error:
                return failure(
                    name,
                    f"Beim Zuhören ist etwas abgerissen: {error.problem}",
                    "Sieh nach, ob alles fest eingesteckt ist, und versuch es noch einmal.",
                )
            return failure(name, "", "")  # not looked at: there is a recording

        finding = guarded(name, attempt)
        return recordings[0] if recordings else finding

    def _patiently(self, call: Callable[[SoundCard, Event], _T], most_seconds: float) -> _T:
        """Call in a thread of its own; AudioError, and this card is used no more, when it hangs."""
        card = self._card
        assert card is not None
        results: list[_T] = []
        stop = Event()
        task = BackgroundTask(lambda: results.append(call(card, stop)))
        try:
            ended = task.wait(most_seconds)
        except BaseException:  # Ctrl-C: let the devices be closed
            stop.set()
            task.wait(1.0)
            raise
        if not ended:
            stop.set()
            card.abandon()
            raise AudioError(
                "Das Soundsystem hängt.",
                "Starte das Gerät neu, oder das Soundsystem: „systemctl --user restart pipewire“.",
            )
        if task.error:
            raise task.error
        return results[0]


def _check_platform() -> Finding:
    bits = 64 if sys.maxsize > 2**32 else 32
    return check_platform(sys.platform, platform.machine(), bits)


def _check_storage(kind: str) -> Finding:
    return check_storage(kind, user_dir(kind))


def _check_permissions() -> Finding:
    return check_permissions(sound_files(), is_in_group_audio())
