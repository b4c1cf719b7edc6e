"""Learns a person's voice at the terminal: asks, records, measures, shows, deletes."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from skill.audio.devices import SoundCard
from skill.audio.live import run_live
from skill.audio.one_way import play_blocks
from skill.audio.portaudio import PortAudio
from skill.calibration.dialog_test import DialogTemplate, surest, write_dialog_test
from skill.calibration.evaluation import Evaluation, evaluate
from skill.calibration.interview import Interview
from skill.calibration.measuring import ask
from skill.calibration.own_ear import forget_thresholds, keep_thresholds, open_ears
from skill.calibration.prompts import Kind, Prompt, plan
from skill.calibration.recordings import Recording, read_folder
from skill.calibration.report import PAGE, TEXT, report_files, spoken_result
from skill.calibration.script import Script, load_script
from skill.calibration.session import InterviewEar
from skill.calibration.store import Person, write_text
from skill.cli.views.transcript import NOTHING_DELETED, YES, Transcript, agrees, notice
from skill.errors import AudioError, SkillError
from skill.messages.blocks import Pcm
from skill.messages.cues import Say
from skill.replay.record import Record
from skill.replay.report import report
from skill.replay.run import run_dialog
from skill.replay.sessions import session_maker
from skill.session import Session
from skill.settings import Settings
from skill.trainer import Trainer
from skill.voice import Voice
from skill.written.spoken import words

_log = logging.getLogger(__name__)

_NO = frozenset({"n", "nein", "no"})

BROKEN_OFF = "Was aufgenommen ist, ist gespeichert. Mit demselben Befehl geht es weiter."
MISSING = "Es fehlen noch {count} Aufnahmen. Mit demselben Befehl geht es weiter."
MEASURING = "Ich höre mir {count} Aufnahmen an; das kann eine Minute dauern."
TYPED = "Du kannst mir auch am Bildschirm antworten: ja oder nein."


class Desk:
    """Everything that ``calibrate`` can do for one person.

    Each returns whether it was done; what a person has to mend is a SkillError.
    """

    def __init__(
        self,
        settings: Settings,
        console: Console,
        person: Person,
        yes: bool = False,
        card: SoundCard | None = None,
    ) -> None:
        self._settings = settings
        self._console = console
        self._person = person
        self._yes = yes
        self._card = card
        self._trainer = Trainer(settings)

    def calibrate(self, redo: bool = False) -> bool:
        """Record what is missing, measure, choose thresholds, report."""
        content = self._trainer.content
        script = load_script(content.vocabulary, self._settings.dialog_folders)
        if redo and not self._begin_anew():
            return False
        voice = self._trainer.voice()
        todo = self._person.left_to_do(plan(script))
        if todo and not self._record(script, todo, voice):
            return False
        found = self._evaluate(script)
        lines = spoken_result(found, script)
        for line in lines:
            notice(self._console, line)
        notice(self._console, f"Der Bericht mit Bildern: {self._person.folder / PAGE}")
        self._say(voice, lines)
        return True

    def show_report(self) -> bool:
        """Print the last report."""
        self._person.must_be_known()
        path = self._person.folder / TEXT
        if not path.is_file():
            raise SkillError(
                f"There is no report of {self._person.name!r} yet.", "Calibrate first."
            )
        self._console.print(path.read_text(encoding="utf-8"), soft_wrap=True)
        notice(self._console, f"Mit Bildern: {self._person.folder / PAGE}")
        return True

    def delete(self) -> bool:
        """Delete everything that is kept of the person, after a question."""
        person = self._person
        person.must_be_known()
        if not self._agrees(f"Alle Aufnahmen, Schwellen und Berichte von {person.name} löschen?"):
            notice(self._console, NOTHING_DELETED)
            return False
        forget_thresholds(person.name)
        notice(self._console, f"Alles gelöscht, Aufnahmen: {person.delete()}.")
        return True

    def make_dialog_test(self, out: Path) -> bool:
        """Write a dialog test of the person's surest recordings, and run it."""
        self._person.must_be_known()
        template = DialogTemplate()
        takes = [one for one in self._recordings() if words(one.transcript) in template.wanted]
        heard = ask(self._trainer.plain_ear(), takes, self._trainer.content.commands)
        spoken = surest(heard, template.wanted)
        recordings = self._person.recordings
        path = write_dialog_test(out, self._person.name, recordings, spoken, template)
        transcript = Transcript(self._console)
        result = run_dialog(path, session_maker(self._settings), transcript.show)
        if not result.passed:
            self._console.print(f"\n{report(result)}", style="red", soft_wrap=True)
        notice(self._console, f"Der Dialogtest: {path}")
        return result.passed

    def _begin_anew(self) -> bool:
        if not self._agrees(f"Alle Aufnahmen von {self._person.name} löschen und neu beginnen?"):
            notice(self._console, NOTHING_DELETED)
            return False
        self._person.delete_recordings()
        return True

    def _record(self, script: Script, todo: Sequence[Prompt], voice: Voice) -> bool:
        """Ask for what is missing; return whether all of it has been asked for."""
        person = self._person
        if self._yes and not person.consented:
            person.consent("by the option --yes", datetime.now())
        interview = Interview(
            script,
            _with_room(script, todo),
            person.consented,
            lambda: person.consent("spoken or typed", datetime.now()),
            person.add,
        )
        ear = InterviewEar(self._trainer.ear(), interview)
        if interview.asks_consent and sys.stdin.isatty():
            notice(self._console, TYPED)
            _read_answer(ear.typed.put)
        record = Record(Transcript(self._console).show)
        session = Session(ear, interview, voice, record.add)
        try:
            run_live(
                session,
                self._settings.microphone or None,
                self._settings.speaker or None,
                on_status=lambda sentence: notice(self._console, sentence),
                on_block=lambda *_: record.pass_to(session.now_seconds),
                card=self._card,
            )
        except (KeyboardInterrupt, SkillError):
            if person.consented:
                notice(self._console, BROKEN_OFF)
            raise
        if person.consented and not interview.complete:
            missing = len(person.left_to_do(plan(script)))
            notice(self._console, MISSING.format(count=missing))
        return person.consented and interview.complete

    def _evaluate(self, script: Script) -> Evaluation:
        """Measure, and keep thresholds and report."""
        recordings = self._recordings()
        notice(self._console, MEASURING.format(count=len(recordings)))
        model_dir, content = self._trainer.model_dir, self._trainer.content
        found = evaluate(recordings, open_ears(model_dir, self._trainer.model, content))
        person = self._person
        keep_thresholds(model_dir, content, person.name, found.thresholds)
        when = datetime.now().strftime("%d.%m.%Y")
        for name, text in report_files(found, script, person.name, when).items():
            write_text(person.folder / name, text)
        return found

    def _recordings(self) -> tuple[Recording, ...]:
        if not self._person.recordings.is_dir():
            raise SkillError(
                f"Nothing of {self._person.name!r} is recorded yet.", "Calibrate first."
            )
        found = read_folder(self._person.recordings, self._trainer.content.vocabulary)
        for problem in found.problems:
            notice(self._console, problem)
        return found.recordings

    def _say(self, voice: Voice, lines: Sequence[str]) -> None:
        """Say the result. It stands on the terminal as well: a speaker that fails is no error."""
        speaker = self._settings.speaker or None
        try:
            play_blocks(self._card or PortAudio(), speaker, _spoken(voice, lines))
        except AudioError as error:
            _log.info("The result was not said: %s", error)

    def _agrees(self, question: str) -> bool:
        return self._yes or agrees(self._console, question)


def _with_room(script: Script, todo: Sequence[Prompt]) -> list[Prompt]:
    """Return what is to be asked for; the room comes first on every day anew."""
    return [
        *(prompt for prompt in plan(script) if prompt.kind is Kind.ROOM),
        *(prompt for prompt in todo if prompt.kind is not Kind.ROOM),
    ]


def _read_answer(put: Callable[[str], None]) -> None:
    """Wait for a typed answer beside the spoken one; ends with the program.

    Reads the descriptor: a thread that waits in ``sys.stdin`` would hold its lock, without which
    Python cannot end.
    """

    def read() -> None:
        while line := os.read(sys.stdin.fileno(), 1_000).decode(errors="replace"):
            answer = line.strip().lower()
            if answer in YES | _NO:
                put("yes" if answer in YES else "no")
                return

    threading.Thread(target=read, daemon=True).start()


def _spoken(voice: Voice, lines: Sequence[str]) -> Iterator[Pcm]:
    for number, line in enumerate(lines):
        voice.perform(Say(line, cue_id=number))
    said = 0
    while said < len(lines):
        yield voice.next_block()
        said += len(voice.finished_cues())
