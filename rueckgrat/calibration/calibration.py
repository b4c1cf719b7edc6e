"""Learns a person's voice: asks for takes, records, measures, keeps thresholds, deletes."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from rueckgrat.calibration.dialog_test import DialogTemplate, surest, write_dialog_test
from rueckgrat.calibration.evaluation import Evaluation, evaluate
from rueckgrat.calibration.fitting import fit_voice, forget_voice, voice_now
from rueckgrat.calibration.interview import Interview
from rueckgrat.calibration.interview_ear import InterviewEar
from rueckgrat.calibration.measuring import ask
from rueckgrat.calibration.own_ear import forget_thresholds, keep_thresholds, open_ears
from rueckgrat.calibration.prompts import Prompt, PromptKind, plan
from rueckgrat.calibration.recordings import Recording, read_folder
from rueckgrat.calibration.report import PAGE, TEXT, report_files, spoken_result
from rueckgrat.calibration.script import InterviewScript, load_script
from rueckgrat.calibration.store import Person, write_text
from rueckgrat.observers.record import Record
from rueckgrat.replay.run import Result, run_dialog
from rueckgrat.replay.sessions import session_maker
from skill.audio.devices import SoundCard
from skill.audio.live import run_live
from skill.audio.one_way import play_blocks
from skill.audio.portaudio import PortAudio
from skill.errors import AudioError, SkillError, reason
from skill.files import is_file, is_folder
from skill.messages.blocks import Pcm
from skill.messages.cues import Say
from skill.messages.events import Event
from skill.observers import Observers
from skill.session import Session
from skill.settings import Settings
from skill.trainer import Trainer, the_only_one
from skill.voice import Voice
from skill.written.spoken import words
from skill.written.text import NotTextError, read_text

_log = logging.getLogger(__name__)

FIRST = "Nimm erst etwas auf: rueckgrat calibrate"
BROKEN_OFF = "Was aufgenommen ist, ist gespeichert. Mit demselben Befehl geht es weiter."
MISSING = "Es fehlen noch {count} Aufnahmen. Mit demselben Befehl geht es weiter."
LEARNING = "Jetzt lerne ich deine Stimme; auf kleinen Rechnern dauert das ein paar Minuten."
UNDONE = (
    "Was ich von der Stimme von {name} gelernt habe, gilt nicht mehr. Die Aufnahmen sind noch da:"
    " „rueckgrat calibrate“ lernt sie wieder."
)
MEASURING = "Ich höre mir {count} Aufnahmen an; das kann eine Minute dauern."


class Screen(Protocol):
    """How a calibration talks to the person at the screen, beside the coach's voice."""

    def tell(self, sentence: str) -> None:
        """Show a German sentence."""
        ...

    def agrees(self, question: str) -> bool:
        """Ask a German question; return whether the answer is yes."""
        ...

    def show(self, event: Event) -> None:
        """Show an event of the session as its time comes."""
        ...

    def read_answer(self, put: Callable[[str], None]) -> None:
        """Begin to wait for a typed answer, where one can be typed; returns at once.

        ``put`` is called once, from another thread, with "yes" or "no".
        """
        ...


class Calibration:
    """Everything that ``calibrate`` can do for one person.

    Raises SkillError for what the person has to mend.
    """

    def __init__(
        self,
        settings: Settings,
        person: Person,
        screen: Screen,
        card: SoundCard | None = None,
    ) -> None:
        self._settings = settings
        self._person = person
        self._screen = screen
        self._card = card
        self._trainer = Trainer(settings, plain=True)

    def calibrate(self, redo: bool = False, consents: bool = False) -> bool:
        """Record what is missing, measure, choose thresholds, report; return whether all was done.

        ``redo`` deletes what was recorded before, if the person agrees. With ``consents`` the
        person has already agreed to being recorded, and is not asked.
        """
        content = self._trainer.content
        script = load_script(content.vocabulary, self._settings.dialog_folders)
        if redo and not self._begin_anew():
            return False
        voice = self._trainer.voice()
        todo = self._person.left_to_do(plan(script))
        if todo and not self._record(script, todo, voice, consents):
            return False
        found = self._evaluate(script)
        if found.voice:
            self._screen.tell(found.voice.sentence)
        lines = spoken_result(found, script)
        for line in lines:
            self._screen.tell(line)
        self._screen.tell(f"Der Bericht mit Bildern: {self._person.folder / PAGE}")
        self._say(voice, lines)
        return True

    def report(self) -> str:
        """Return the last report as text."""
        self._person.must_be_known()
        path = self._person.folder / TEXT
        if not is_file(path):
            raise SkillError(f"Von „{self._person.name}“ gibt es noch keinen Bericht.", FIRST)
        try:
            text = read_text(path)
        except (OSError, NotTextError) as error:
            raise SkillError(
                f"Den Bericht {path} kann ich nicht lesen ({reason(error)}).",
                "Mach ihn lesbar, oder miss noch einmal: rueckgrat calibrate",
                code="unreadable",
                path=path,
            ) from error
        return f"{text}\n{voice_now(self._trainer.model_dir, self._person.name)}"

    def undo(self) -> None:
        """Take back what was learnt of the person: thresholds and voice; recordings stay."""
        person = self._person
        person.must_be_known()
        forget_thresholds(person.name)
        forget_voice(person.name)
        self._screen.tell(UNDONE.format(name=person.name))

    def delete(self) -> bool:
        """Delete everything that is kept of the person, if they agree; return whether they did."""
        person = self._person
        person.must_be_known()
        question = f"Alle Aufnahmen und Berichte von {person.name} löschen, und alles Gelernte?"
        if not self._screen.agrees(question):
            return False
        forget_thresholds(person.name)
        forget_voice(person.name)
        self._screen.tell(f"Alles gelöscht, Aufnahmen: {person.delete()}.")
        return True

    def make_dialog_test(self, out: Path) -> tuple[Path, Result]:
        """Write a dialog test of the person's surest recordings, and run it.

        Returns the file that was written, and what came of running it.
        """
        self._person.must_be_known()
        template = DialogTemplate()
        takes = [one for one in self._recordings() if words(one.transcript) in template.wanted]
        heard = ask(self._trainer.plain_ear(), takes, self._trainer.content.commands)
        spoken = surest(heard, template.wanted)
        recordings = self._person.recordings
        path = write_dialog_test(out, self._person.name, recordings, spoken, template)
        return path, run_dialog(path, session_maker(self._settings), self._screen.show)

    def _begin_anew(self) -> bool:
        question = f"Alle Aufnahmen von {self._person.name} löschen und neu beginnen?"
        if not self._screen.agrees(question):
            return False
        self._person.delete_recordings()
        return True

    def _record(
        self, script: InterviewScript, todo: Sequence[Prompt], voice: Voice, consents: bool
    ) -> bool:
        """Ask for what is missing; return whether all of it has been asked for."""
        person = self._person
        if consents and not person.consented:
            person.consent("mit der Option --yes", datetime.now())
        interview = Interview(
            script,
            _with_room(script, todo),
            person.consented,
            lambda: person.consent("gesprochen oder getippt", datetime.now()),
            person.add,
        )
        ear = InterviewEar(self._trainer.ear(), interview)
        if interview.asks_consent:
            self._screen.read_answer(ear.typed.put)
        record = Record(self._screen.show)
        session = Session(ear, interview, voice, Observers([record]))
        try:
            with the_only_one():
                run_live(
                    session,
                    self._settings.microphone or None,
                    self._settings.speaker or None,
                    on_status=self._screen.tell,
                    card=self._card,
                )
        except (KeyboardInterrupt, SkillError):
            if person.consented:
                self._screen.tell(BROKEN_OFF)
            raise
        if person.consented and not interview.complete:
            missing = len(person.left_to_do(plan(script)))
            self._screen.tell(MISSING.format(count=missing))
        return person.consented and interview.complete

    def _evaluate(self, script: InterviewScript) -> Evaluation:
        """Measure, and keep thresholds and report."""
        recordings = self._recordings()
        self._screen.tell(MEASURING.format(count=len(recordings)))
        model_dir, content = self._trainer.model_dir, self._trainer.content
        person = self._person
        ears = open_ears(model_dir, self._trainer.model, content)
        found = evaluate(recordings, ears)
        several = len(self._trainer.household.people) > 1
        if not several:
            self._screen.tell(LEARNING)
        found = fit_voice(model_dir, content, person.name, found, ears, several)
        keep_thresholds(model_dir, content, person.name, found.thresholds)
        when = datetime.now().strftime("%d.%m.%Y")
        for name, text in report_files(found, script, person.name, when).items():
            write_text(person.folder / name, text)
        return found

    def _recordings(self) -> tuple[Recording, ...]:
        if not is_folder(self._person.recordings):
            raise SkillError(f"Von „{self._person.name}“ ist noch nichts aufgenommen.", FIRST)
        found = read_folder(self._person.recordings, self._trainer.content.vocabulary)
        for problem in found.problems:
            self._screen.tell(problem)
        return found.recordings

    def _say(self, voice: Voice, lines: Sequence[str]) -> None:
        """Say the result. It stands on the terminal as well: a speaker that fails is no error."""
        speaker = self._settings.speaker or None
        try:
            play_blocks(self._card or PortAudio(), speaker, _spoken(voice, lines))
        except AudioError as error:
            _log.info("The result was not said: %s", error)


def _with_room(script: InterviewScript, todo: Sequence[Prompt]) -> list[Prompt]:
    """Return what is to be asked for; the room comes first on every day anew."""
    return [
        *(prompt for prompt in plan(script) if prompt.kind is PromptKind.ROOM),
        *(prompt for prompt in todo if prompt.kind is not PromptKind.ROOM),
    ]


def _spoken(voice: Voice, lines: Sequence[str]) -> Iterator[Pcm]:
    for number, line in enumerate(lines):
        voice.perform(Say(line, cue_id=number))
    said = 0
    while said < len(lines):
        yield voice.next_block()
        said += len(voice.finished_cues())
