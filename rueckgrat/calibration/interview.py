"""Asks a person for takes, one after the other: pure, with time and blocks as parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rueckgrat.calibration.listener import TakeListener
from rueckgrat.calibration.prompts import Prompt, PromptKind, minutes, plan
from rueckgrat.calibration.quality import Fault, fault, measure
from rueckgrat.calibration.script import InterviewScript
from skill.coach.german import number_word
from skill.coach.prompts import Words
from skill.ear.level import LevelMeter
from skill.messages.blocks import Pcm
from skill.messages.cues import Cue, Earcon, Hush, Say
from skill.messages.heard import Heard

_ANSWER_SECONDS = 8.0
"""How long a yes or no is waited for, twice."""

_TONE_SECONDS = 0.8
"""From the end of a line until a take begins: the tone comes 0.25 s later and lasts 0.42 s; who
answers has heard it first. What still sounds of it then is cut off by ``TakeListener``."""

_ECHO_SECONDS = 0.6
"""From the end of a line until the room is listened to."""

_SILENT_IN_A_ROW = 3
"""After so many unanswered prompts in a row, each asked twice, the interview ends."""


@dataclass(frozen=True)
class RecordedTake:
    """What was recorded (16 kHz) for a prompt, and what is wrong with it, if anything."""

    prompt: Prompt
    pcm: Pcm
    fault: Fault | None


class Interview:
    """Asks for consent and then for everything in ``todo``; satisfies ``skill.parts.CoachLike``.

    ``on_consent`` is called once, when the person has said yes; ``on_take`` with every take that
    is to be kept, never before. Both may raise what ends the session. A take that is silent,
    clipped or too soft is asked for once more, with a hint; a prompt that stays silent is left
    for another day. Blocks come in through ``listen``.
    """

    def __init__(
        self,
        script: InterviewScript,
        todo: Sequence[Prompt],
        consented: bool,
        on_consent: Callable[[], None],
        on_take: Callable[[RecordedTake], None],
    ) -> None:
        self.finished = False
        self._script = script
        self._todo = list(todo)
        self._goes_on = consented and len(self._todo) < len(plan(script))
        self._on_consent = on_consent
        self._on_take = on_take
        self._consented = consented
        self._leaving = False
        self._answer_waited_seconds: float | None = None
        self._asked_again = False
        self._meter = LevelMeter()
        self._listener: TakeListener | None = None
        self._first_try: RecordedTake | None = None
        self._section: tuple[PromptKind, int] | None = None
        self._silent_in_a_row = 0
        self._last_cue = 0
        self._then: Callable[[], list[Cue]] = list

    @property
    def state(self) -> str:
        """What is going on: ``consent``, ``listening`` or ``speaking``."""
        if self.asks_consent:
            return "consent"
        return "listening" if self._listener else "speaking"

    @property
    def complete(self) -> bool:
        """Whether everything has been asked for."""
        return not self._todo

    @property
    def asks_consent(self) -> bool:
        """Whether the question for consent is open: only then words have to be recognised."""
        return not self._consented and not self._leaving

    @property
    def live_commands(self) -> frozenset[str]:
        """The answers that count now."""
        return frozenset({"yes", "no"} if self.asks_consent else ())

    def start(self) -> list[Cue]:
        """Greet; explain and ask for consent, unless the person has given it before."""
        if self._goes_on:
            return self._say(self._line("go_on"), then=self._ask)
        what = self._line("what", minutes=number_word(minutes(self._script)))
        explained = (self._line("hello"), what, self._line("private"))
        if self._consented:
            return self._say(*explained, then=self._ask)
        return self._say(*explained, self._line("consent"), then=self._wait_for_answer)

    def pass_time(self, seconds: float) -> list[Cue]:
        """Wait for an answer; go on when a take is complete."""
        if self._answer_waited_seconds is not None:
            self._answer_waited_seconds += seconds
            if self._answer_waited_seconds >= _ANSWER_SECONDS:
                return self._not_answered()
        if self._listener and self._listener.done:
            return self._judge(self._listener.pcm)
        return []

    def cue_done(self, cue_id: int) -> list[Cue]:
        """Go on after the last line of what was to be said."""
        return self._then() if cue_id == self._last_cue else []

    def hear(self, heard: Heard) -> list[Cue]:
        """Take the answer to the question for consent; nothing else is obeyed."""
        answer = heard.command.name if self.asks_consent and heard.command else ""
        if answer == "no":
            return [Hush(), *self._leave("refused")]
        if answer == "yes":
            self._consented = True
            self._answer_waited_seconds = None
            self._on_consent()
            return [Hush(), *self._ask()]
        return []

    def invite(self) -> list[Cue]:
        """Invite nobody: the person is here."""
        return []

    def lost(self, audible: bool) -> list[Cue]:  # noqa: ARG002
        """Say nothing: without sound no time passes, and a take just takes longer."""
        return []

    def mention_silent_microphone(self) -> list[Cue]:
        """Say nothing: a take that nobody was heard in is told anyway."""
        return []

    def upcoming(self) -> list[str]:
        """Return nothing: its few lines are rendered when they are said."""
        return []

    def back(self) -> list[Cue]:
        """Go on where it was."""
        return []

    def listen(self, block: Pcm) -> None:
        """Take the next block heard (1,600 samples at 16 kHz); kept only while a take is asked."""
        if self._listener:
            self._listener.process(block)

    def _wait_for_answer(self) -> list[Cue]:
        self._answer_waited_seconds = 0.0
        return []

    def _not_answered(self) -> list[Cue]:
        self._answer_waited_seconds = None
        if self._asked_again:
            return self._leave("unanswered")
        self._asked_again = True
        return self._say(self._line("consent_again"), then=self._wait_for_answer)

    def _ask(self, hint: str = "") -> list[Cue]:
        """Ask for the first take of what is left to do."""
        if not self._todo:
            return self._leave("thanks")
        prompt = self._todo[0]
        words = [self._line(hint)] if hint else self._introduction(prompt)
        if prompt.kind is not PromptKind.ROOM:
            words.append(Words(prompt.spoken, "calibration.prompt"))
        return self._say(*words, then=self._record)

    def _introduction(self, prompt: Prompt) -> list[Words]:
        """Return what is said before the first prompt of a section: at most one line."""
        round_number = prompt.number if prompt.kind is PromptKind.WORD else 0
        if (prompt.kind, round_number) == self._section:
            return []
        self._section = (prompt.kind, round_number)
        if prompt.kind is not PromptKind.WORD:
            return [self._line("room" if prompt.kind is PromptKind.ROOM else "sentences")]
        if round_number == 1:
            return [self._line("first_round")]
        last = max(words.takes for words in self._script.words)
        return [self._line("last_round" if round_number == last else "next_round")]

    def _record(self) -> list[Cue]:
        kind = self._todo[0].kind
        if kind is PromptKind.ROOM:
            self._listener = TakeListener(kind, self._meter, _ECHO_SECONDS)
            return []
        self._listener = TakeListener(kind, self._meter, _TONE_SECONDS)
        return [Earcon("ready")]

    def _judge(self, pcm: Pcm) -> list[Cue]:
        """Keep the take, or ask for it once more."""
        self._listener = None
        prompt = self._todo[0]
        wrong = None if prompt.kind is PromptKind.ROOM else fault(measure(pcm))
        take = RecordedTake(prompt, pcm, wrong)
        if wrong and self._first_try is None:
            self._first_try = take
            return self._ask(f"again_{wrong}")
        best = min([take, self._first_try or take], key=_badness)
        self._first_try = None
        self._todo.pop(0)
        if best.fault is Fault.SILENT:
            self._silent_in_a_row += 1
            if self._silent_in_a_row == _SILENT_IN_A_ROW:
                return self._leave("gone")
        else:
            self._silent_in_a_row = 0
            self._on_take(best)
        return self._ask()

    def _leave(self, line: str) -> list[Cue]:
        self._leaving = True
        self._answer_waited_seconds = None
        return self._say(self._line(line), then=self._finish)

    def _finish(self) -> list[Cue]:
        self.finished = True
        return []

    def _line(self, name: str, **values: str) -> Words:
        text: str = getattr(self._script.lines, name)
        return Words(text.format(**values), f"calibration.{name}")

    def _say(self, *lines: Words, then: Callable[[], list[Cue]]) -> list[Cue]:
        """Return the cues of some lines; ``then`` tells what comes after the last."""
        cues: list[Cue] = []
        for line in lines:
            self._last_cue += 1
            cues.append(Say(line.text, self._last_cue, line.line))
        self._then = then
        return cues


def _badness(take: RecordedTake) -> int:
    """Return 0 for a good take; the worse the fault, the more."""
    return 0 if take.fault is None else len(Fault) - list(Fault).index(take.fault)
